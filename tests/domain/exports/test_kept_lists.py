"""When the list is written by itself on the morning of an opening, and how the file is named."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from rostrum.actions.debates.toml_file import read_debate
from rostrum.domain.debates.debate import Debate, Status
from rostrum.domain.exports.kept_lists import EVERY, MOST, due_from, file_name, is_due, read_instant
from tests.factories import OPENS_AT, SHIPPED

SECOND = timedelta(seconds=1)


def minutes(count: float) -> datetime:
    """So long after the opening."""
    return OPENS_AT + timedelta(minutes=count)


@pytest.fixture(scope="module")
def debate() -> Debate:
    return read_debate(SHIPPED.read_text(encoding="utf-8"))[0]


@pytest.mark.parametrize(
    ("now", "since"),
    [
        (minutes(-118) - SECOND, None),
        (minutes(-118), minutes(-118)),
        (minutes(-103) - SECOND, minutes(-118)),
        (minutes(0), minutes(-13)),
        (minutes(2) - SECOND, minutes(-13)),
        (minutes(2), minutes(2)),
        (minutes(362), minutes(362)),
        (minutes(377) - SECOND, minutes(362)),
        (minutes(377), None),
    ],
)
def test_a_list_is_due_every_15_minutes_and_never_amid_the_presses(
    debate: Debate, now: datetime, since: datetime | None
) -> None:
    assert due_from(debate, now) == since


def test_the_last_list_comes_after_the_closing(debate: Debate) -> None:
    closed = replace(debate, closes_at=minutes(60))
    assert due_from(closed, minutes(62)) == minutes(62)
    assert due_from(closed, minutes(77)) is None
    at_once = replace(debate, closes_at=minutes(-30))
    assert due_from(at_once, minutes(2)) == minutes(2)
    assert due_from(at_once, minutes(17)) is None


@pytest.mark.parametrize("status", [Status.ARCHIVED, Status.CANCELLED, Status.POSTPONED])
def test_a_debate_that_does_not_go_ahead_has_none(debate: Debate, status: Status) -> None:
    assert due_from(replace(debate, status=status), minutes(2)) is None


def test_each_time_has_one_list_and_a_missed_one_is_made_up(debate: Debate) -> None:
    assert is_due(debate, minutes(2), [])
    assert not is_due(debate, minutes(16), [minutes(2)])
    assert is_due(debate, minutes(17), [minutes(2)])
    assert is_due(debate, minutes(55), [minutes(2)])
    assert not is_due(debate, minutes(56), [minutes(55), minutes(2)])
    assert not is_due(debate, minutes(400), [])


def test_a_morning_fits_into_what_is_kept(debate: Debate) -> None:
    times = {due_from(debate, minutes(each)) for each in range(-120, 400)} - {None}
    assert len(times) == (timedelta(hours=8) // EVERY) + 1 <= MOST


def test_a_name_says_of_when_the_list_is() -> None:
    at = datetime(2025, 3, 19, 13, 32, 4, 999_999, tzinfo=UTC)
    assert file_name(at, "fr") == "2025-03-19T133204Z.fr.html"
    assert read_instant("2025-03-19T133204Z.fr.html") == at.replace(microsecond=0)
    for foreign in ("2025-03-19T133204Z.fr.html.part", "../x.html", "2025-03-19T133204Z.de.html"):
        assert read_instant(foreign) is None
