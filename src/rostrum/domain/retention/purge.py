"""What a debate keeps until when, what a purge deletes, and when it may.

A purge deletes the letters (files and pictures) and every other text about a person: names of
files, remarks, reasons, contacts, drafts, messages to delegations, the journal's personal values.
The list with its speakers, the receipts, the hashes, the figures and the journal's chain stay.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from rostrum.domain.checks import check_unchanged, version_of
from rostrum.domain.debates.debate import Debate, Status
from rostrum.domain.errors import RuleBroken
from rostrum.domain.sentences import S_
from rostrum.domain.times import shift_days

ERASED = "–"
"""Replaces an erased text that cannot be empty, such as the reason for a move."""

TEXT_LABELS = {
    "file_names": S_("names of files"),
    "remarks": S_("remarks on letters"),
    "contacts": S_("contacts of registrations"),
    "drafts": S_("drafts with their contacts"),
    "move_reasons": S_("reasons of moves"),
    "strike_reasons": S_("reasons of struck places"),
    "withdrawal_reasons": S_("reasons of withdrawals entered by the Presidency"),
    "staff_notes": S_("notes of the staff"),
    "messages": S_("messages to delegations"),
    "swap_reasons": S_("reasons of refused swaps"),
    "entry_reasons": S_("reasons of entries by the Presidency"),
    "shares": S_("links to watch a place"),
    "mission_contact": S_("whom delegations of this debate could call"),
    "journal_values": S_("personal values of the journal"),
}
"""The kinds of texts that a purge erases, and their labels."""


@dataclass(frozen=True)
class RemainingFile:
    """A file that is still there: its name in its folder, its size in bytes, whose letter it is."""

    name: str
    size: int
    code: str = ""


@dataclass(frozen=True)
class Remains:
    """Everything that a purge would delete now."""

    files: tuple[RemainingFile, ...]
    """Letters, their pictures, and files made from them."""
    texts: dict[str, int]
    """How many rows hold a text, by kind."""
    lists: tuple[RemainingFile, ...] = ()
    """Lists with contacts that were written on the morning of the opening."""
    leftovers: tuple[RemainingFile, ...] = ()
    """Files of uploads that no letter uses any more; a purge deletes them too."""
    copies: tuple[RemainingFile, ...] = ()
    """Copies of the whole database from before an update, which hold the same data: deleted too."""

    @property
    def is_empty(self) -> bool:
        """Whether nothing of the debate itself is left to delete."""
        return not self.own_files and not any(self.texts.values())

    @property
    def own_files(self) -> tuple[RemainingFile, ...]:
        """Those of the debate itself."""
        return self.files + self.lists

    @property
    def everything_on_disk(self) -> tuple[RemainingFile, ...]:
        return self.own_files + self.leftovers + self.copies

    @property
    def version(self) -> str:
        """A fingerprint of all this; it differs as soon as anything is added or removed."""
        return version_of(self.everything_on_disk, sorted(self.texts.items()))


@dataclass(frozen=True)
class Purge:
    """One deletion on record."""

    id: int
    debate_id: int
    purged_at: datetime
    actor: str
    files: int
    bytes: int
    texts: int
    finished_at: datetime | None
    """When the files were deleted and the database was written anew; None until then."""
    is_deletion: bool
    """Whether the whole debate was deleted, not only letters and contacts."""


def kept_until(debate: Debate) -> datetime | None:
    """The midnight in New York that ends the last day on which letters and contacts are kept.

    That day is `retention_days` after the day of the meeting. None: kept for ever.
    """
    if debate.retention_days is None:
        return None
    return shift_days(debate.day_ends_at, timedelta(days=debate.retention_days))


def is_due(debate: Debate, now: datetime) -> bool:
    """Whether letters and contacts have been kept long enough."""
    until = kept_until(debate)
    return until is not None and now >= until


def may_purge(debate: Debate, now: datetime) -> bool:
    """Whether letters and contacts may be deleted: the meeting no longer needs them."""
    is_settled = debate.is_rehearsal or debate.status in (Status.ARCHIVED, Status.CANCELLED)
    return is_settled or now >= debate.day_ends_at


def check_may_purge(debate: Debate, now: datetime) -> None:
    """Refuses a purge before the end of the meeting's day."""
    if not may_purge(debate, now):
        raise RuleBroken(
            "sure",
            S_("Nothing can be deleted before %(time)s: the meeting needs it."),
            time=debate.day_ends_at,
        )


def check_remains(remains: Remains, seen: str) -> None:
    """Refuses a deletion decided on a page that listed other data (Conflict)."""
    overtaken = S_("Something has changed, and nothing was deleted. Check it and decide again.")
    check_unchanged(seen, remains.version, overtaken)


def check_slug(debate: Debate, typed: str) -> None:
    """Refuses to delete a debate whose slug was not typed in full."""
    if typed != debate.slug:
        raise RuleBroken(
            "slug", S_("Type %(slug)s to delete this debate and no other."), slug=debate.slug
        )
