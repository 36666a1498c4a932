"""Instants: exact in both directions, New York in both halves of the year."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rostrum.domain.errors import RuleBroken
from rostrum.domain.times import (
    MICROSECOND,
    from_micros,
    iso_millis,
    new_york,
    one_instant,
    to_micros,
)

OPENING = datetime(2025, 3, 19, 13, 30, tzinfo=UTC)


@given(st.integers(min_value=-(2**50), max_value=2**51))
def test_microseconds_survive_the_way_there_and_back(micros: int) -> None:
    assert to_micros(from_micros(micros)) == micros
    assert from_micros(micros + 1) - from_micros(micros) == MICROSECOND


@pytest.mark.parametrize(
    ("wall_time", "instant"),
    [
        ("2025-03-19T09:30", OPENING),
        ("2025-01-06T09:30", datetime(2025, 1, 6, 14, 30, tzinfo=UTC)),
        ("2025-03-09T01:59", datetime(2025, 3, 9, 6, 59, tzinfo=UTC)),
        ("2025-03-09T03:00", datetime(2025, 3, 9, 7, 0, tzinfo=UTC)),
    ],
)  # fmt: skip
def test_a_new_york_wall_time_is_one_instant(wall_time: str, instant: datetime) -> None:
    found = new_york(datetime.fromisoformat(wall_time))
    assert found == instant
    assert found.tzinfo is UTC


@pytest.mark.parametrize(
    ("micros", "written"),
    [(0, "000"), (999, "000"), (1000, "001"), (1999, "001"), (999_999, "999")],
)
def test_milliseconds_are_cut_never_rounded_up(micros: int, written: str) -> None:
    instant = OPENING + timedelta(microseconds=micros)
    assert iso_millis(instant) == f"2025-03-19T13:30:00.{written}+00:00"


def test_the_offset_is_that_of_the_instants_zone() -> None:
    zone = timezone(timedelta(hours=3))
    assert iso_millis(OPENING.astimezone(zone)) == "2025-03-19T16:30:00.000+03:00"
    assert to_micros(OPENING.astimezone(zone)) == to_micros(OPENING)


@pytest.mark.parametrize(
    ("wall_time", "instant"),
    [
        ("2025-03-19T09:30", OPENING),
        ("2025-03-09T01:59:59", datetime(2025, 3, 9, 6, 59, 59, tzinfo=UTC)),
        ("2025-03-09T03:00", datetime(2025, 3, 9, 7, 0, tzinfo=UTC)),
        ("2025-11-02T00:59", datetime(2025, 11, 2, 4, 59, tzinfo=UTC)),
        ("2025-11-02T02:00", datetime(2025, 11, 2, 7, 0, tzinfo=UTC)),
    ],
)
def test_a_wall_time_beside_a_change_of_clocks_is_taken(wall_time: str, instant: datetime) -> None:
    assert one_instant("opens_at", datetime.fromisoformat(wall_time)) == instant


@pytest.mark.parametrize(
    ("wall_time", "told"),
    [
        ("2025-03-09T02:00", "There is no %(time)s"),
        ("2025-03-09T02:59:59", "There is no %(time)s"),
        ("2025-11-02T01:00", "comes twice"),
        ("2025-11-02T01:59:59", "comes twice"),
    ],
)
def test_a_wall_time_that_is_no_one_instant_is_refused_at_its_field(
    wall_time: str, told: str
) -> None:
    with pytest.raises(RuleBroken) as refused:
        one_instant("opens_at", datetime.fromisoformat(wall_time))
    assert told in refused.value.sentence.text
    assert refused.value.field == "opens_at"
