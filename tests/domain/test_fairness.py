"""The fairness report: inversions, gaps, the rush, retries."""

from __future__ import annotations

import pytest

from rostrum.domain.fairness import Fairness, Stamped, fairness_of
from rostrum.domain.journal import Entry
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


def test_the_report_reads_registrations_and_repeats_from_the_journal() -> None:
    def entry(kind: str, number: int, at: int) -> Entry:
        return Entry(at, 1, number, kind, "delegation:X", {"arrival_number": number}, {})

    entries = [
        entry("registered", 2, OPENED + 7),
        entry("registered", 1, OPENED + 3),
        entry("pressed again", 2, OPENED + 9),
    ]
    found = fairness_of(OPENS_AT, entries, {1: "KEN", 2: "BRA"})
    assert [(each.arrival_number, each.code) for each in found.registrations] == [
        (1, "KEN"),
        (2, "BRA"),
    ]
    assert (found.repeats, found.largest_inversion) == (1, 0)
