"""The signed letter: its states, and what may be decided about it when."""

from __future__ import annotations

import hashlib
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
class LetterFile:
    """A file of a letter, kept as it was sent. `stored_name` is ours, `original_name` theirs."""

    stored_name: str
    original_name: str
    kind: str
    size: int
    sha256: str
    pages: int | None = None
    """Pages found by the inspection; None while it has not ended."""
    marks: frozenset[str] = frozenset()
    """What staff must know of it: the values of `rostrum.letters.marks.Mark`."""


@dataclass(frozen=True)
class Letter:
    """One version of a delegation's letter: its files, in their order, are read as one document."""

    id: int
    debate_id: int
    delegation_id: int
    version: int
    """1, 2, ... of this delegation in this debate."""
    uploaded_at: datetime
    opened_at: datetime | None
    """When staff opened it first."""
    state: LetterState
    reasons: tuple[str, ...]
    """Why it came back: values of `ReturnReason`, or of what an inspection refuses."""
    remark: str
    """What staff added in their own words."""
    decided_by: str
    decided_at: datetime | None
    files: tuple[LetterFile, ...]

    @property
    def pages(self) -> int | None:
        """Pages of all files together; None while one of them is unread."""
        counts = [file.pages for file in self.files]
        return None if None in counts else sum(counts)

    @property
    def size(self) -> int:
        return sum(file.size for file in self.files)

    @property
    def marks(self) -> frozenset[str]:
        """The marks of all its files."""
        return frozenset().union(*(file.marks for file in self.files))

    @property
    def stored_name(self) -> str:
        """That of its first file."""
        return self.files[0].stored_name

    @property
    def original_name(self) -> str:
        """That of its first file."""
        return self.files[0].original_name

    @property
    def sha256(self) -> str:
        """Of one file its own; of several, the SHA-256 of their hex digests joined by newlines."""
        digests = [file.sha256 for file in self.files]
        return digests[0] if len(digests) == 1 else _digest_of(digests)

    def find_page(self, number: int) -> tuple[LetterFile, int] | None:
        """The file that holds a page of the whole letter, and which of its own pages that is."""
        for file in self.files:
            if 1 <= number <= (file.pages or 0):
                return file, number
            number -= file.pages or 0
        return None


def _digest_of(digests: list[str]) -> str:
    return hashlib.sha256("\n".join(digests).encode()).hexdigest()


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
