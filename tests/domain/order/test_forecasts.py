"""When statements are expected to begin: hours, days, the zone's changes, ranges."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rostrum.actions.debates.toml_file import read_debate
from rostrum.domain.debates.debate import MEETING_HOURS, Debate
from rostrum.domain.order.forecasts import (
    Forecast,
    Shape,
    _plan,
    forecast_list,
    forecast_place,
    groups_matter,
    later_days,
    limit_of,
    shift_of,
)
from rostrum.domain.order.speaking_order import Section
from rostrum.domain.times import NEW_YORK, new_york
from tests.factories import SHIPPED

MINUTE = 60
ALONE = Shape(members=0)


def make_debate(starts_at: str = "2025-03-24T10:00", **changes: object) -> Debate:
    """Without briefers, four minutes a slot: the places alone decide."""
    shipped = read_debate(SHIPPED.read_text(encoding="utf-8"))[0]
    notice = replace(shipped.notice, briefers=())
    start = new_york(datetime.fromisoformat(starts_at))
    return replace(shipped, notice=notice, starts_at=start, **changes)


def wall(instant: datetime) -> str:
    return instant.astimezone(NEW_YORK).strftime("%d %H:%M")


@pytest.mark.parametrize(
    ("place", "begins"),
    [
        (1, "24 10:00"),
        (2, "24 10:04"),
        (45, "24 12:56"),  # begins before 13:00, and is heard to its end
        (46, "24 15:00"),  # would begin at 13:00 sharp: waits
        (90, "24 17:56"),
        (91, "25 10:00"),
        (136, "25 15:00"),
        (181, "26 10:00"),
    ],
)
def test_what_a_meeting_does_not_hold_waits_for_the_next(place: int, begins: str) -> None:
    assert wall(forecast_place(make_debate(), ALONE, place).at) == begins


@pytest.mark.parametrize(
    ("starts_at", "hours", "place", "begins"),
    [
        ("2025-03-24T09:30", MEETING_HOURS, 1, "24 09:30"),  # earlier than usual
        ("2025-03-24T09:30", MEETING_HOURS, 53, "24 12:58"),
        ("2025-03-24T09:30", MEETING_HOURS, 54, "24 15:00"),
        ("2025-03-24T10:15", MEETING_HOURS, 1, "24 10:15"),
        ("2025-03-24T13:30", MEETING_HOURS, 1, "24 13:30"),  # between two meetings
        ("2025-03-24T13:30", MEETING_HOURS, 68, "24 17:58"),
        ("2025-03-24T13:30", MEETING_HOURS, 69, "25 10:00"),
        ("2025-03-24T19:00", MEETING_HOURS, 1, "24 19:00"),  # an evening
        ("2025-03-24T19:00", MEETING_HOURS, 75, "24 23:56"),
        ("2025-03-24T19:00", MEETING_HOURS, 76, "25 10:00"),
        ("2025-03-28T10:00", MEETING_HOURS, 91, "31 10:00"),  # Friday, then Monday
        ("2025-03-29T10:00", MEETING_HOURS, 1, "29 10:00"),  # called for a Saturday
        ("2025-03-29T10:00", MEETING_HOURS, 91, "31 10:00"),
        ("2025-03-24T20:00", ((time(20), time(0)),), 60, "24 23:56"),  # up to midnight
        ("2025-03-24T20:00", ((time(20), time(0)),), 61, "25 20:00"),
        ("2025-03-24T22:00", ((time(22), time(2)),), 60, "25 01:56"),  # over midnight
        ("2025-03-24T22:00", ((time(22), time(2)),), 61, "25 22:00"),
        ("2025-03-24T10:00", (), 61, "24 14:00"),  # no hours: without a break
    ],
)
def test_meetings_outside_the_usual_hours(
    starts_at: str, hours: tuple, place: int, begins: str
) -> None:
    debate = make_debate(starts_at, meeting_hours=hours)
    assert wall(forecast_place(debate, ALONE, place).at) == begins


@pytest.mark.parametrize(
    ("starts_at", "place", "begins"),
    [
        ("2025-03-07T10:00", 91, "2025-03-10 14:00"),  # clocks forward on the 9th
        ("2025-03-07T10:00", 1, "2025-03-07 15:00"),
        ("2025-10-31T10:00", 1, "2025-10-31 14:00"),
        ("2025-10-31T10:00", 91, "2025-11-03 15:00"),  # and back on 2 November
    ],
)
def test_wall_times_hold_when_the_clocks_change(starts_at: str, place: int, begins: str) -> None:
    at = forecast_place(make_debate(starts_at), ALONE, place).at
    assert at.strftime("%Y-%m-%d %H:%M") == begins


def test_a_night_in_which_the_clocks_change_is_as_long_as_it_is() -> None:
    night = make_debate("2025-03-09T00:00", meeting_hours=((time(0), time(6)),))
    assert wall(forecast_place(night, ALONE, 31).at) == "09 03:00"  # two o'clock is left out
    assert wall(forecast_place(night, ALONE, 75).at) == "09 05:56"
    assert wall(forecast_place(night, ALONE, 76).at) == "10 00:00"


@pytest.mark.parametrize(
    ("section", "is_for_a_group", "changes", "limit"),
    [
        (Section.BRIEFERS, False, {}, 600),
        (Section.REGISTERED, False, {}, 180),
        (Section.REGISTERED, True, {}, 180),
        (Section.REGISTERED, True, {"group_limit": 300}, 300),
        (Section.COUNCIL_MEMBERS, False, {}, 180),
        (Section.COUNCIL_MEMBERS, False, {"member_limit": 240}, 240),
        (Section.COUNCIL_MEMBERS, True, {"member_limit": 240, "group_limit": 300}, 300),
        (Section.FURTHER_STATEMENTS, False, {}, 180),
    ],
)
def test_each_kind_of_statement_has_its_limit(
    section: Section, is_for_a_group: bool, changes: dict, limit: int
) -> None:
    debate = make_debate(**changes)
    assert limit_of(debate, section, is_for_a_group=is_for_a_group) == limit


def test_briefers_members_and_groups_take_their_time() -> None:
    debate = make_debate(briefer_limit=600, member_limit=240, group_limit=540, changeover=60)
    debate = replace(debate, notice=replace(debate.notice, briefers=("A", "B")))
    shape = Shape(members=2, groups=(2,))
    begins = [wall(forecast_place(debate, shape, place).at) for place in (1, 2, 3)]
    assert begins == ["24 10:32", "24 10:36", "24 10:46"]


def test_groups_matter_only_with_a_limit_of_their_own() -> None:
    assert not groups_matter(make_debate())
    assert not groups_matter(make_debate(group_limit=180))
    assert groups_matter(make_debate(group_limit=300))


def test_a_range_is_told_to_five_minutes_and_only_grows() -> None:
    told = forecast_place(make_debate(), ALONE, 26).rounded()
    assert [wall(each) for each in (told.earliest, told.at, told.latest)] == [
        "24 11:25",
        "24 11:40",
        "24 12:00",
    ]


def test_the_days_after_the_first_are_counted() -> None:
    debate = make_debate()
    listed = forecast_list(debate, ALONE, 200)
    assert [(wall(at), count) for at, count in later_days(listed, debate.starts_at)] == [
        ("25 10:00", 90),
        ("26 10:00", 20),
    ]
    assert wall(listed.ends.at) == "26 11:19"
    assert later_days(forecast_list(debate, ALONE, 90), debate.starts_at) == []


def test_an_empty_list_ends_when_it_begins() -> None:
    debate = make_debate()
    listed = forecast_list(debate, ALONE, 0)
    assert listed.begins == ()
    assert listed.ends == Forecast(*(debate.starts_at,) * 3)


def test_two_hundred_delegations_are_planned_in_a_few_goes() -> None:
    debate = make_debate(changeover=61)
    before = _plan.cache_info().misses
    for place in range(1, 193):
        forecast_place(debate, Shape(15), place)
    assert _plan.cache_info().misses - before == 3


debates = st.builds(
    make_debate,
    st.sampled_from(["2025-03-07T10:00", "2025-03-24T11:45", "2025-10-31T18:30"]),
    speaking_limit=st.integers(1, 20 * MINUTE),
    member_limit=st.none() | st.integers(1, 20 * MINUTE),
    group_limit=st.none() | st.integers(1, 20 * MINUTE),
    changeover=st.integers(0, 5 * MINUTE),
)
shapes = st.builds(
    Shape, st.integers(0, 15), st.sets(st.integers(1, 60)).map(lambda found: tuple(sorted(found)))
)


@given(debates, shapes, st.integers(1, 60))
def test_ranges_hold_the_estimate_and_the_order_stays(
    debate: Debate, shape: Shape, total: int
) -> None:
    listed = forecast_list(debate, shape, total)
    assert len(listed.begins) == total
    for each in (*listed.begins, listed.ends):
        assert each.earliest <= each.at <= each.latest
        told = each.rounded()
        assert told.earliest <= told.at <= told.latest
        assert told.earliest <= each.earliest
        assert told.latest >= each.latest
        assert abs(told.at - each.at) <= timedelta(minutes=2.5)
    for way in ("at", "earliest", "latest"):
        begins = [getattr(each, way) for each in listed.begins]
        assert begins == sorted(begins)
        assert debate.starts_at <= begins[0]
        assert begins[-1] < getattr(listed.ends, way)
    assert forecast_place(debate, shape, total) == listed.begins[-1]


@pytest.mark.parametrize(
    ("starts_at", "before", "after", "breaks"),
    [
        ("2025-03-24T10:00", 1, 45, 0),
        ("2025-03-24T10:00", 45, 46, 1),
        ("2025-03-24T10:00", 46, 45, -1),
        ("2025-03-24T10:00", 46, 90, 0),
        ("2025-03-24T10:00", 45, 91, 0),  # the next day
        ("2025-03-24T11:30", 1, 60, 1),
        ("2025-03-24T19:00", 1, 40, 0),
    ],
)
def test_a_shift_tells_the_breaks_between_two_times_of_one_day(
    starts_at: str, before: int, after: int, breaks: int
) -> None:
    debate = make_debate(starts_at)
    times = [forecast_place(debate, ALONE, place) for place in (before, after)]
    shift = shift_of(debate, *times)
    assert (shift.before, shift.after, shift.breaks) == (*times, breaks)
