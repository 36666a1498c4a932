"""Instants and their two forms: aware UTC datetimes here, integer microseconds at rest."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from rostrum.domain.errors import RuleBroken
from rostrum.domain.sentences import N_

NEW_YORK = ZoneInfo("America/New_York")
GENEVA = ZoneInfo("Europe/Zurich")
BEIJING = ZoneInfo("Asia/Shanghai")
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)


def to_micros(instant: datetime) -> int:
    """Microseconds since 1970, UTC, of an aware datetime; exact (no floats)."""
    return (instant - EPOCH) // MICROSECOND


def from_micros(micros: int) -> datetime:
    """The aware UTC datetime of microseconds since 1970; exact (no floats)."""
    return EPOCH + timedelta(microseconds=micros)


def new_york(wall_time: datetime) -> datetime:
    """The UTC instant of a naive New York wall time."""
    return wall_time.replace(tzinfo=NEW_YORK).astimezone(UTC)


def new_york_day(instant: datetime) -> date:
    """The day that an instant belongs to in New York."""
    return instant.astimezone(NEW_YORK).date()


def shift_days(instant: datetime, days: timedelta) -> datetime:
    """The same New York wall time `days` later."""
    return new_york(instant.astimezone(NEW_YORK).replace(tzinfo=None) + days)


def one_instant(field: str, wall_time: datetime) -> datetime:
    """The UTC instant of a naive New York wall time that exists exactly once.

    Refuses the hour that is skipped when summer time begins, and the hour that comes twice when it
    ends (RuleBroken on `field`).
    """
    first, second = (wall_time.replace(tzinfo=NEW_YORK, fold=fold) for fold in (0, 1))
    if first.utcoffset() == second.utcoffset():
        return first.astimezone(UTC)
    told = {"time": f"{wall_time:%H:%M}", "day": wall_time.date()}
    if first.utcoffset() < second.utcoffset():
        raise RuleBroken(
            field,
            N_(
                "There is no %(time)s in New York on %(day)s: summer time begins and clocks skip "
                "that hour. Give another time."
            ),
            **told,
        )
    raise RuleBroken(
        field,
        N_(
            "%(time)s comes twice in New York on %(day)s: summer time ends and clocks go back. "
            "Give a time outside that hour."
        ),
        **told,
    )


def iso_millis(instant: datetime) -> str:
    """ISO 8601 with milliseconds (cut, never rounded up) and offset, in the instant's zone."""
    return instant.isoformat(timespec="milliseconds")
