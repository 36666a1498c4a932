"""The signed letter: its states, and what may be decided about it when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from rostrum.domain.debates import Debate
from rostrum.domain.errors import Conflict, RuleBroken
from rostrum.domain.words import N_, Sentence


class LetterState(StrEnum):
    """What the mission has said of a letter."""

    PENDING = "pending"
    ACCEPTED = "accepted"
    RETURNED = "returned"


LETTER_LABELS = {
    LetterState.PENDING: N_("Being read by the mission"),
    LetterState.ACCEPTED: N_("Accepted"),
    LetterState.RETURNED: N_("Returned"),
}


@dataclass(frozen=True)
class Letter:
    """One version of a delegation's letter. `stored_name` is ours, `original_name` theirs."""

    id: int
    debate_id: int
    delegation_id: int
    stored_name: str
    original_name: str
    kind: str
    size: int
    sha256: str
    pages: int | None
    """Pages found by the inspection; None while it has not ended."""
    uploaded_at: datetime
    state: LetterState
    reason: str
    decided_by: str
    decided_at: datetime | None


def check_takes_letters(debate: Debate, now: datetime) -> None:
    """Refuses a letter after `letter_deadline` (RuleBroken on the letter field)."""
    if not debate.takes_letters(now):
        raise RuleBroken(
            "letter",
            N_("Letters were due by %(deadline)s. Call the mission."),
            deadline=debate.letter_deadline,
        )


def check_decision(letter: Letter, *, is_current: bool) -> None:
    """Refuses a decision about a letter that was replaced, withdrawn or decided (Conflict).

    Two staff cannot cross: the second is told who decided what, and when.
    """
    if not is_current:
        raise Conflict(
            N_("This letter is no longer the current one: it was replaced or withdrawn.")
        )
    if letter.state is not LetterState.PENDING:
        raise Conflict(
            N_("%(staff)s already decided at %(time)s: %(decision)s."),
            staff=letter.decided_by,
            time=letter.decided_at,
            decision=Sentence(LETTER_LABELS[letter.state]),
        )


def check_reason(reason: str) -> str:
    """The reason for returning a letter, trimmed; refused when empty."""
    trimmed = reason.strip()
    if not trimmed:
        raise RuleBroken("reason", N_("Say why the letter goes back: the delegation reads this."))
    return trimmed
