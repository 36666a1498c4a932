"""Instants and their two forms: aware UTC datetimes here, integer microseconds at rest."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

NEW_YORK = ZoneInfo("America/New_York")
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


def iso_millis(instant: datetime) -> str:
    """ISO 8601 with milliseconds (cut, never rounded up) and offset, in the instant's zone."""
    return instant.isoformat(timespec="milliseconds")
