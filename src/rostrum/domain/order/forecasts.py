"""When each statement of a list is likely to begin: arithmetic on the debate's settings alone.

The estimate counts every statement at its limit, plus the changeover after it. The range runs
from SHORTEST to LONGEST times the speaking time, so that it widens with the number of statements
before. At a limit of three minutes and a minute of changeover that is 3.5 to 4.75 minutes a
speaker: well-kept lists have run at 4 to 5 minutes a slot, some speakers stay below the limit,
and most of those above it keep to the five minutes that the Council asks of everybody
(S/2017/507, paragraph 22). The limit is advice, so no range is certain.

Meetings have hours, in New York wall time. A statement that would begin at or after the end of
a meeting waits for the next meeting; a statement that has begun is heard to its end. What does not
fit into one day continues on the next working day. The first meeting begins when the debate does,
whatever the usual hours.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from rostrum.domain.debates.debate import Debate, Status
from rostrum.domain.order.speaking_order import Section, Statement
from rostrum.domain.times import EPOCH, MICROSECOND, new_york, new_york_day

SHORTEST, LONGEST = 0.85, 1.25
"""The ends of the range, as shares of the speaking time."""
ROUNDED_TO = timedelta(minutes=5)
"""Nobody believes an estimate to the minute."""
BLOCK = 64
"""Registered places are planned in blocks, so that a list that grows by one needs no new plan."""
SATURDAY = 5

Meeting = tuple[datetime, datetime]


@dataclass(frozen=True)
class Forecast:
    """When something is expected: the estimate and its range."""

    at: datetime
    earliest: datetime
    latest: datetime

    def rounded(self) -> Forecast:
        """Estimate and range rounded to five minutes; rounding only widens the range."""
        return Forecast(
            at=_rounded(self.at, ROUNDED_TO / 2),
            earliest=_rounded(self.earliest),
            latest=_rounded(self.latest, ROUNDED_TO - MICROSECOND),
        )


@dataclass(frozen=True)
class Shape:
    """What a forecast depends on, besides the debate's settings and the place."""

    members: int
    """How many Council members speak before the registered list."""
    groups: tuple[int, ...] = ()
    """Places of speakers for a group, if the debate has a separate limit for groups."""


@dataclass(frozen=True)
class ListForecast:
    """The registered list: when each place begins, in order, and when the last statement ends."""

    begins: tuple[Forecast, ...]
    ends: Forecast


@dataclass(frozen=True)
class Pace:
    """The settings that a forecast depends on; lengths in seconds."""

    starts_at: datetime
    meeting_hours: tuple[tuple[time, time], ...]
    changeover: int
    briefers: int
    briefer: int
    member: int
    group: int
    other: int


@dataclass(frozen=True)
class Shift:
    """What another place would change: when the delegation is expected now, and when then."""

    before: Forecast
    after: Forecast
    breaks: int
    """How many breaks of one day lie between; negative if it would speak before them. 0 also where
    the days differ, which say enough."""


def limit_of(debate: Debate, section: Section, *, is_for_a_group: bool = False) -> int:
    """The limit for a statement, in seconds."""
    if section is Section.BRIEFERS:
        return debate.briefer_limit
    if is_for_a_group and debate.group_limit:
        return debate.group_limit
    if section is Section.COUNCIL_MEMBERS:
        return debate.member_limit or debate.speaking_limit
    return debate.speaking_limit


def groups_matter(debate: Debate) -> bool:
    """Whether statements on behalf of a group have a different expected length."""
    return debate.group_limit not in (None, debate.speaking_limit)


def forecast_place(debate: Debate, shape: Shape, place: int) -> Forecast:
    """When the registered delegation with this place (1 is first) begins.

    All places of a debate are planned once, and again only when settings, members or groups
    change, because thousands of pages ask at once.
    """
    blocks = -(-place // BLOCK)
    return _plan(_pace_of(debate), shape, blocks * BLOCK)[place - 1]


def forecast_list(debate: Debate, shape: Shape, total: int) -> ListForecast:
    """When each place of a list of `total` begins, and when the list ends."""
    blocks = -(-(total + 1) // BLOCK)
    begins = _plan(_pace_of(debate), shape, blocks * BLOCK)[:total]
    return ListForecast(begins, _end_of(_pace_of(debate), shape, total))


def announced_list(debate: Debate, shape: Shape, total: int) -> ListForecast | None:
    """As `forecast_list`; None for an empty list, or if the debate does not take place as
    announced."""
    is_announced = debate.status is Status.ACTIVE and total > 0
    return forecast_list(debate, shape, total) if is_announced else None


def expected_times(debate: Debate, statements: Sequence[Statement]) -> list[datetime | None]:
    """When each statement of the whole list is likely to begin, rounded; None for all if the debate
    does not take place as announced."""
    if debate.status is not Status.ACTIVE:
        return [None for _ in statements]
    lengths = [
        limit_of(
            debate,
            each.section,
            is_for_a_group=each.is_for_a_group and each.section is Section.REGISTERED,
        )
        for each in statements
    ]
    begins = _begin_times(_pace_of(debate), lengths, 1)
    return [_rounded(at, ROUNDED_TO / 2) for at in begins]


def shift_of(debate: Debate, before: Forecast, after: Forecast) -> Shift:
    """What it means to begin at one instant instead of another."""
    is_one_day = new_york_day(before.at) == new_york_day(after.at)
    numbers = [_meeting_number(debate, each.at) for each in (before, after)]
    return Shift(before, after, numbers[1] - numbers[0] if is_one_day else 0)


def later_days(listed: ListForecast, starts_at: datetime) -> list[tuple[datetime, int]]:
    """The days after the first day on which registered delegations are expected: when the first of
    them begins, and how many there are."""
    days: dict[date, list[datetime]] = {}
    for each in listed.begins:
        days.setdefault(new_york_day(each.at), []).append(each.at)
    days.pop(new_york_day(starts_at), None)
    return [(begins[0], len(begins)) for begins in days.values()]


def _pace_of(debate: Debate) -> Pace:
    return Pace(
        starts_at=debate.starts_at,
        meeting_hours=debate.meeting_hours,
        changeover=debate.changeover,
        briefers=len(debate.notice.briefers),
        briefer=limit_of(debate, Section.BRIEFERS),
        member=limit_of(debate, Section.COUNCIL_MEMBERS),
        group=limit_of(debate, Section.REGISTERED, is_for_a_group=True),
        other=limit_of(debate, Section.REGISTERED),
    )


@lru_cache(maxsize=64)
def _plan(pace: Pace, shape: Shape, total: int) -> tuple[Forecast, ...]:
    """Every registered place from 1 to `total`."""
    lengths = _lengths(pace, shape, total)
    ways = [list(_begin_times(pace, lengths, share)) for share in (1, SHORTEST, LONGEST)]
    leading = pace.briefers + shape.members
    return tuple(Forecast(*instants) for instants in zip(*ways, strict=True))[leading:]


@lru_cache(maxsize=64)
def _end_of(pace: Pace, shape: Shape, total: int) -> Forecast:
    lengths = _lengths(pace, shape, total)
    if not lengths:
        return Forecast(pace.starts_at, pace.starts_at, pace.starts_at)
    ends = []
    for share in (1, SHORTEST, LONGEST):
        *_, last = _begin_times(pace, lengths, share)
        ends.append(last + timedelta(seconds=lengths[-1] * share))
    return Forecast(*ends)


def _lengths(pace: Pace, shape: Shape, total: int) -> list[int]:
    registered = [pace.other] * total
    for place in shape.groups:
        if place <= total:
            registered[place - 1] = pace.group
    return [pace.briefer] * pace.briefers + [pace.member] * shape.members + registered


def _begin_times(pace: Pace, lengths: list[int], share: float) -> Iterator[datetime]:
    """When each statement begins if all take this share of their time."""
    meetings = _meetings(pace)
    at, ends = next(meetings)
    for length in lengths:
        while at >= ends:
            begins, ends = next(meetings)
            at = max(at, begins)
        yield at
        at += timedelta(seconds=length * share + pace.changeover)


def _meetings(pace: Pace) -> Iterator[Meeting]:
    """All meetings from the start of the debate on, without end."""
    day = new_york_day(pace.starts_at)
    today = [(begin, end) for begin, end in _meetings_of(pace, day) if end > pace.starts_at]
    # A meeting outside the usual hours, such as one in the evening, ends at midnight.
    midnight = new_york(datetime.combine(day + timedelta(days=1), time()))
    first, *others = today or [(pace.starts_at, midnight)]
    yield pace.starts_at, first[1]
    yield from others
    while True:
        day += timedelta(days=1)
        if day.weekday() < SATURDAY:
            yield from _meetings_of(pace, day)


def _meeting_number(debate: Debate, at: datetime) -> int:
    """How many meetings of that day have begun; the debate's start begins one."""
    begins = [begin for begin, _ in _meetings_of(_pace_of(debate), new_york_day(at))]
    return sum(begin <= at for begin in begins if begin > debate.starts_at)


def _meetings_of(pace: Pace, day: date) -> Iterator[Meeting]:
    """The meetings of a day; a meeting whose end is not after its start ends on the next day."""
    for begin, end in pace.meeting_hours or ((time(), time()),):
        last = day if end > begin else day + timedelta(days=1)
        yield new_york(datetime.combine(day, begin)), new_york(datetime.combine(last, end))


def _rounded(instant: datetime, upwards: timedelta = timedelta()) -> datetime:
    """`instant` plus `upwards`, rounded down to five minutes; offsets are multiples of that."""
    later = instant + upwards
    return later - (later - EPOCH) % ROUNDED_TO
