"""The signed letter: its files, versions and states."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from rostrum.domain.sentences import N_


class LetterState(StrEnum):
    """The mission's decision about a letter."""

    PENDING = "pending"
    ACCEPTED = "accepted"
    RETURNED = "returned"
    AWAITED = "awaited"
    """Not here yet: staff entered the delegation, and its letter follows. It has no files."""


LETTER_LABELS = {
    LetterState.PENDING: N_("Being read by the Presidency"),
    LetterState.ACCEPTED: N_("Accepted"),
    LetterState.RETURNED: N_("Returned"),
    LetterState.AWAITED: N_("To follow"),
}


Whose = tuple[int, int]
"""Ids of debate and delegation."""


@dataclass(frozen=True)
class LetterFile:
    """A file of a letter, as it was sent: `stored_name` is ours, `original_name` the sender's."""

    stored_name: str
    original_name: str
    kind: str
    size: int
    sha256: str
    pages: int | None = None
    """Pages found by the inspection; None while it has not ended."""
    marks: frozenset[str] = frozenset()
    """What staff must know about it: values of `rostrum.letters.marks.Mark`."""
    blank_pages: tuple[int, ...] = ()
    """Its pages on which nothing can be seen."""
    signers: tuple[str, ...] = ()
    """Who is said to have signed it electronically; an empty name is unknown."""


@dataclass(frozen=True)
class Letter:
    """One version of a delegation's letter; its files, in order, are read as one document."""

    id: int
    debate_id: int
    delegation_id: int
    version: int
    """1, 2, ... for each delegation and debate."""
    uploaded_at: datetime
    opened_at: datetime | None
    """When staff first opened it."""
    state: LetterState
    reasons: tuple[str, ...]
    """Why it was returned: values of `ReturnReason`, or the code of an inspection's refusal."""
    remark: str
    """What staff added in their own words."""
    decided_by: str
    decided_at: datetime | None
    files: tuple[LetterFile, ...]

    @property
    def whose(self) -> Whose:
        """The debate and the delegation whose letter it is: each has its turn to be read."""
        return self.debate_id, self.delegation_id

    @property
    def pages(self) -> int | None:
        """Pages of all files together; None while a file is still being inspected."""
        counts = [file.pages for file in self.files]
        return None if None in counts else sum(counts)

    @property
    def is_purged(self) -> bool:
        """Whether a purge deleted its files; only then is a file's name empty."""
        return bool(self.files) and not self.original_name

    @property
    def size(self) -> int:
        return sum(file.size for file in self.files)

    @property
    def marks(self) -> frozenset[str]:
        """The marks of all its files together."""
        return frozenset().union(*(file.marks for file in self.files))

    @property
    def blank_pages(self) -> list[int]:
        """The pages of the whole letter on which nothing can be seen."""
        before, found = 0, []
        for file in self.files:
            found += [before + page for page in file.blank_pages]
            before += file.pages or 0
        return found

    @property
    def signers(self) -> list[str]:
        """Who is said to have signed it electronically, each once; an empty name is unknown."""
        return list(dict.fromkeys(name for file in self.files for name in file.signers))

    @property
    def stored_name(self) -> str:
        """Our name for its first file."""
        return self.files[0].stored_name

    @property
    def original_name(self) -> str:
        """The sender's name for its first file."""
        return self.files[0].original_name

    @property
    def sha256(self) -> str:
        """The file's own; of several files, the SHA-256 of their hex digests joined by newlines;
        empty for a letter that is still to come."""
        digests = [file.sha256 for file in self.files]
        return _digest_of(digests) if len(digests) > 1 else "".join(digests)

    def find_page(self, number: int) -> tuple[LetterFile, int] | None:
        """The file with page `number` of the whole letter, and the page's number in that file."""
        for file in self.files:
            if 1 <= number <= (file.pages or 0):
                return file, number
            number -= file.pages or 0
        return None


def _digest_of(digests: list[str]) -> str:
    return hashlib.sha256("\n".join(digests).encode()).hexdigest()
