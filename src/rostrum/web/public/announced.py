"""Which changes of what was told about a debate a page still shows."""

from __future__ import annotations

from rostrum.domain.debates.announced import (
    ANNOUNCED,
    LETTERS,
    MEETING,
    OPENING,
    VENUE,
    AnnouncedChange,
    still_told,
)
from rostrum.domain.debates.debate import Debate
from rostrum.domain.letters.letter import LetterState
from rostrum.domain.registrations.deadlines import deadline_of
from rostrum.domain.registrations.registration import Registration
from rostrum.store.announced import list_last_changes
from rostrum.web.context import db, parts

Told = list[list[AnnouncedChange]]


def told_to(debate: Debate, held: Registration | None, *, is_member: bool) -> Told:
    """What a delegation still needs to read: with a place nothing about the opening, with an
    accepted letter or a deadline of its own nothing about the letters of all, and a Council member
    nothing about either."""
    if is_member:
        return _told(debate, (MEETING, VENUE))
    if held is None:
        return _told(debate, ANNOUNCED)
    has_own = deadline_of(debate, held) != deadline_of(debate, None)
    is_done = has_own or held.letter.state is LetterState.ACCEPTED
    return _told(debate, (MEETING, VENUE) if is_done else (MEETING, VENUE, LETTERS))


def told_to_everybody(debate: Debate) -> Told:
    """What readers of the public list need: nothing about letters."""
    return _told(debate, (MEETING, OPENING, VENUE))


def _told(debate: Debate, about: tuple[str, ...]) -> Told:
    return still_told(list_last_changes(db(), debate.id), debate, parts().clock.now(), about)
