"""The way of a debate from its first settings to its archive: what is done, and what comes next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from rostrum.domain.debates.debate import Debate, Phase, Status
from rostrum.domain.debates.settings import COUNCIL_SIZE
from rostrum.domain.sentences import S_


class Step(StrEnum):
    """A step on the way, in order."""

    PREPARED = "prepared"
    CONTACT = "contact"
    TRANSLATED = "translated"
    INVITED = "invited"
    REHEARSED = "rehearsed"
    OPENED = "opened"
    LETTERS = "letters"
    ORDER = "order"
    MEETING = "meeting"
    OVER = "over"


STEP_LABELS = {
    Step.PREPARED: S_("Council chosen"),
    Step.CONTACT: S_("Contact given"),
    Step.TRANSLATED: S_("Notice translated"),
    Step.INVITED: S_("Delegations invited"),
    Step.REHEARSED: S_("Rehearsed"),
    Step.OPENED: S_("List opened"),
    Step.LETTERS: S_("Letters read"),
    Step.ORDER: S_("Order of the Council set"),
    Step.MEETING: S_("Meeting held"),
    Step.OVER: S_("Archived"),
}
_BY_STAFF_BEFORE = (Step.PREPARED, Step.CONTACT, Step.TRANSLATED, Step.INVITED, Step.REHEARSED)


@dataclass(frozen=True)
class Progress:
    """What there is of a debate besides its settings, as counts."""

    council: int
    has_council_order: bool
    invited: int
    rehearsals: int
    """Those whose list has opened."""
    registered: int
    to_read: int
    has_contact: bool = False
    """Whether delegations read whom to call or to write to."""


@dataclass(frozen=True)
class Way:
    """The steps that are done, and the one to take or to wait for; None where there is none."""

    done: frozenset[Step]
    current: Step | None


def way_of(debate: Debate, progress: Progress, languages: int, now: datetime) -> Way:
    """Where a debate stands; its notice is translated if it is in `languages` besides English.

    What staff left out before the opening is not asked for any more once the list has opened.
    """
    done = frozenset(_done(debate, progress, languages, now))
    if debate.status in (Status.CANCELLED, Status.ARCHIVED):
        return Way(done, None)
    is_before = debate.phase(now) is Phase.BEFORE
    open_ones = [
        step for step in Step if step not in done and (is_before or step not in _BY_STAFF_BEFORE)
    ]
    return Way(done, open_ones[0])


def _done(debate: Debate, progress: Progress, languages: int, now: datetime) -> list[Step]:
    has_opened = debate.phase(now) is not Phase.BEFORE
    is_known = not debate.dates_are_open
    translated = sum(bool(each.title) for each in debate.notice.translations)
    facts = {
        Step.PREPARED: progress.council == COUNCIL_SIZE,
        Step.CONTACT: progress.has_contact,
        Step.TRANSLATED: translated >= languages,
        Step.INVITED: progress.invited > 0,
        Step.REHEARSED: progress.rehearsals > 0 or debate.is_rehearsal,
        Step.OPENED: has_opened,
        Step.LETTERS: has_opened and not progress.to_read,
        Step.ORDER: progress.has_council_order,
        Step.MEETING: is_known and now >= debate.day_ends_at,
        Step.OVER: debate.status is Status.ARCHIVED,
    }
    return [step for step, is_done in facts.items() if is_done]
