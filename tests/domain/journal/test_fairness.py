"""The fairness report: inversions, gaps, the rush, retries."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rostrum.domain.journal.chain import Entry
from rostrum.domain.journal.fairness import Fairness, Stamped, fairness_of
from rostrum.domain.times import to_micros
from tests.factories import OPENS_AT

OPENED = to_micros(OPENS_AT)


def report(*stamps: int, repeats: int = 0) -> Fairness:
    """Registrations in order of number, stamped so many µs after the opening."""
    made = (Stamped(n, f"C{n}", OPENED + stamp) for n, stamp in enumerate(stamps, start=1))
    return Fairness(OPENED, tuple(made), repeats)


@pytest.mark.parametrize(
    ("stamps", "inversion"),
    [((), 0), ((5,), 0), ((1, 2, 3), 0), ((1, 1), 0), ((10, 3, 4), 7), ((1, 9, 8, 2, 10), 7)],
)
def test_the_largest_inversion_is_the_longest_overtaking(
    stamps: tuple[int, ...], inversion: int
) -> None:
    assert report(*stamps).largest_inversion == inversion


def test_the_rush_is_counted_in_tenths_of_a_second() -> None:
    found = report(0, 99_999, 100_000, 9_999_999, 10_000_000)
    assert (found.rush[0], found.rush[1], found.rush[99]) == (2, 1, 1)
    assert (sum(found.rush), found.later) == (4, 1)


def test_a_number_left_out_is_a_gap() -> None:
    made = (Stamped(1, "KEN", OPENED), Stamped(3, "BRA", OPENED + 1))
    assert Fairness(OPENED, made, 0).gaps == 1


def test_an_entry_by_the_mission_is_told_apart_and_hides_no_inversion() -> None:
    presses = [Stamped(1, "KEN", OPENED + 10), Stamped(2, "BRA", OPENED + 20)]
    entry = Stamped(3, "FJI", OPENED + 30, received_at=OPENED + 15)
    found = Fairness(OPENED, (*presses, entry), 0)
    assert (found.largest_inversion, found.gaps, found.entries) == (0, 0, (entry,))
    assert (sum(found.rush), found.later) == (2, 0)
    assert found.passed(entry) == 1
    overtaken = Fairness(OPENED, (*presses, replace(entry, stamp=OPENED + 5)), 0)
    assert overtaken.largest_inversion == 15


def test_the_report_reads_registrations_and_repeats_from_the_journal() -> None:
    def entry(kind: str, number: int, at: int, **facts: int) -> Entry:
        facts |= {"arrival_number": number}
        return Entry(at, 1, number, kind, "delegation:X", facts, {})

    entries = [
        entry("registered", 2, OPENED + 7),
        entry("registered", 1, OPENED + 3),
        entry("pressed again", 2, OPENED + 9),
        entry("entered by the mission", 3, OPENED + 10, received_at=OPENED + 4),
    ]
    found = fairness_of(OPENS_AT, entries, {1: "KEN", 2: "BRA", 3: "FJI"})
    assert [(each.arrival_number, each.code, each.received_at) for each in found.registrations] == [
        (1, "KEN", None),
        (2, "BRA", None),
        (3, "FJI", OPENED + 4),
    ]
    assert (found.repeats, found.largest_inversion) == (1, 0)
