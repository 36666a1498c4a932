"""How an order came about, read from the journal: stamps, inversions, the rush, retries."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from rostrum.domain.journal.chain import Entry
from rostrum.domain.journal.kinds import EntryKind
from rostrum.domain.times import to_micros

_REGISTERED = (EntryKind.REGISTERED, EntryKind.ENTERED_BY_THE_MISSION)
SOURCES = (*_REGISTERED, EntryKind.PRESSED_AGAIN)
"""The kinds of journal entries from which the report is made."""

SLOT = 100_000
"""Microseconds: the rush is counted in tenths of a second."""
SLOTS = 100
"""The first ten seconds after the opening."""


@dataclass(frozen=True)
class Stamped:
    """One registration as the journal has it; instants in microseconds."""

    arrival_number: int
    code: str
    stamp: int
    """The desk's stamp, which decided the number."""
    received_at: int | None = None
    """For an entry by the mission: when the request came, which decides the place. None for a
    press."""

    @property
    def is_entry(self) -> bool:
        return self.received_at is not None


@dataclass(frozen=True)
class Fairness:
    """The report of one debate."""

    opens_at: int
    registrations: tuple[Stamped, ...]
    """In order of arrival number: presses, and entries by the mission."""
    repeats: int
    """Presses that were answered with a receipt that the delegation already had."""

    @property
    def largest_inversion(self) -> int:
        """The longest time, µs, by which a later stamp has an earlier number. Must be 0.

        Entries by the mission count with the desk's stamp: the time that staff gave
        decides no number.
        """
        latest, worst = 0, 0
        for each in self.registrations:
            worst = max(worst, latest - each.stamp)
            latest = max(latest, each.stamp)
        return worst

    @property
    def gaps(self) -> int:
        """Numbers left out between 1 and the last."""
        last = max((each.arrival_number for each in self.registrations), default=0)
        return last - len({each.arrival_number for each in self.registrations})

    @property
    def rush(self) -> tuple[int, ...]:
        """Presses in each tenth of the first ten seconds."""
        counts = [0] * SLOTS
        for each in self._presses:
            slot = (each.stamp - self.opens_at) // SLOT
            if 0 <= slot < SLOTS:
                counts[slot] += 1
        return tuple(counts)

    @property
    def later(self) -> int:
        """Presses after the first ten seconds."""
        return len(self._presses) - sum(self.rush)

    @property
    def entries(self) -> tuple[Stamped, ...]:
        """The registrations that the mission entered."""
        return tuple(each for each in self.registrations if each.is_entry)

    @property
    def _presses(self) -> list[Stamped]:
        return [each for each in self.registrations if not each.is_entry]

    def passed(self, entry: Stamped) -> int:
        """How many have an earlier number than this entry, although their requests came later."""
        return sum(
            each.arrival_number < entry.arrival_number and _came_at(each) > entry.received_at
            for each in self.registrations
        )


def _came_at(each: Stamped) -> int:
    return each.stamp if each.received_at is None else each.received_at


def fairness_of(opens_at: datetime, entries: Iterable[Entry], codes: dict[int, str]) -> Fairness:
    """The report from a debate's journal entries of the three kinds; `codes` by delegation id."""
    entries = list(entries)
    registered = [
        Stamped(
            entry.facts["arrival_number"],
            codes[entry.delegation_id],
            entry.at,
            entry.facts["received_at"] if entry.kind == EntryKind.ENTERED_BY_THE_MISSION else None,
        )
        for entry in entries
        if entry.kind in _REGISTERED
    ]
    return Fairness(
        opens_at=to_micros(opens_at),
        registrations=tuple(sorted(registered, key=lambda each: each.arrival_number)),
        repeats=sum(entry.kind == EntryKind.PRESSED_AGAIN for entry in entries),
    )
