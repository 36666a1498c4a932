"""Entering a delegation that cannot register itself: when staff may, with which time and reason.

The number is the next one, as for a press, and the numbers of others never change. The place is
the one that goes with the time at which the request came.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from rostrum.domain.checks import check_said
from rostrum.domain.debates.debate import Debate
from rostrum.domain.debates.lifecycle import check_takes_presses
from rostrum.domain.errors import Conflict, RuleBroken
from rostrum.domain.registrations.registration import (
    CHANNEL_LABELS,
    COUNCIL_MEMBERS_DO_NOT_QUEUE,
    Draft,
    Entered,
    Registration,
)
from rostrum.domain.sentences import S_
from rostrum.domain.speakers import Speaker


@dataclass(frozen=True)
class Request:
    """What staff enter about a request that reached them."""

    channel: str
    """A `Channel`, or empty if they gave only their own words."""
    words: str
    received_at: datetime | None = None
    """When it came; None: now."""
    speaker: Speaker | None = None
    """None: the speaker that the delegation prepared."""


def check_is_free(held: Registration | None) -> None:
    """Refuses to enter a delegation that holds a place (Conflict)."""
    if held is not None:
        raise Conflict(
            S_("This delegation is registered already: number %(number)s, since %(time)s."),
            number=held.place,
            time=held.received_at,
        )


def check_takes_entries(debate: Debate, is_council_member: bool, now: datetime) -> None:
    """Refuses Council members, everybody before `opens_at`, and while the debate is postponed,
    cancelled or archived. The mission may still enter a delegation after the list has closed."""
    if is_council_member:
        raise RuleBroken("press", COUNCIL_MEMBERS_DO_NOT_QUEUE)
    check_takes_presses(debate)
    if now < debate.opens_at:
        raise RuleBroken(
            "press",
            S_(
                "The list opens on %(opens_at)s. Until then nobody gets a place, not even through "
                "the Presidency."
            ),
            opens_at=debate.opens_at,
        )


def check_received_at(debate: Debate, received_at: datetime, now: datetime) -> None:
    """Refuses a time before the opening or in the future (RuleBroken on its field)."""
    if received_at > now:
        raise RuleBroken(
            "received_at", S_("This time is still to come. Leave it empty for a request of now.")
        )
    if received_at < debate.opens_at:
        raise RuleBroken(
            "received_at",
            S_(
                "The list opened %(opens_at)s: a request that came before gives no place. Leave "
                "the time empty, or give that of a later request."
            ),
            opens_at=debate.opens_at,
        )


def check_reason(channel: str, words: str) -> str:
    """Staff's own words, trimmed; refused if neither words nor a channel are given."""
    needed = S_("Choose how the request came, or say it here: the delegation reads this.")
    return check_said(words, needed, is_optional=channel in CHANNEL_LABELS)


def check_is_complete(draft: Draft, *, brings_letter: bool) -> None:
    """Refuses an entry without a speaker, or without a letter prepared or brought (RuleBroken)."""
    if not draft.speaker.is_complete:
        raise RuleBroken("name", S_("Fill in the speaker."))
    if draft.letter is None and not brings_letter:
        raise RuleBroken("letter", S_("Add the letter: a PDF, or photos of its pages."))


def check_key(key: str, used_keys: frozenset[str]) -> None:
    """Refuses an entry from a page that is older than the withdrawal of an earlier place."""
    if key in used_keys:
        raise Conflict(
            S_("The delegation had a place and has since given it up. Open this page again.")
        )


def is_same_entry(held: Registration, key: str, staff: str, request: Request) -> bool:
    """Whether this same entry made the registration: it was sent twice, or its answer was lost."""
    is_same_form = held.idempotency_key == key and request.speaker in (None, held.speaker)
    return is_same_form and held.entered is not None and held.entered.by == staff


def entered_by(staff: str, at: datetime, request: Request) -> Entered:
    """The record of an entry made at this instant."""
    return Entered(staff, at, request.channel, request.words)
