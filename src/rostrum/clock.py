"""The only module that reads the time. All others are given `now` or a stamp.

The clock is anchored to the wall clock at the start, and then follows a clock that cannot be
set: a step of the wall clock (NTP, an operator) neither reorders registrations nor reopens
a list. `live/timekeeper.py` anchors it anew while no list is open. The boot clock is used
if there is one, because it goes on counting while a laptop sleeps.
"""

from __future__ import annotations

import threading
import time
from datetime import datetime, timedelta

from rostrum.domain.times import MICROSECOND, from_micros

_STEADY = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)


class Clock:
    """Aware UTC time and strictly increasing stamps, both from one steady clock."""

    def __init__(self) -> None:
        self._anchor = self._wall_anchor()
        self._last_stamp = 0
        self._guard = threading.Lock()

    @classmethod
    def _wall_anchor(cls) -> int:
        """The difference between the wall clock and the steady clock at this moment."""
        return time.time_ns() // 1_000 - cls._steady()

    @staticmethod
    def _steady() -> int:
        return time.clock_gettime_ns(_STEADY) // 1_000

    def micros(self) -> int:
        """The current instant in microseconds since 1970, UTC."""
        return self._anchor + self._steady()

    def now(self) -> datetime:
        """The current instant, aware, UTC."""
        return from_micros(self.micros())

    def drift(self) -> timedelta:
        """How far the machine's wall clock is ahead of this one; negative if behind."""
        return (self._wall_anchor() - self._anchor) * MICROSECOND

    def follow_wall(self, last_stamp: int) -> None:
        """Sets this clock to the wall clock again; the next stamp is later than `last_stamp`.

        Only while no list is open: a press could get an earlier stamp than one refused before it.
        """
        with self._guard:
            self._anchor = self._wall_anchor()
            self._last_stamp = last_stamp

    def resume(self, last_stamp: int) -> None:
        """Continues after a stamp of an earlier run, even if the wall clock was set back since."""
        with self._guard:
            self._last_stamp = max(self._last_stamp, last_stamp)

    def stamp(self) -> int:
        """The current instant in microseconds, later than every stamp given before."""
        with self._guard:
            self._last_stamp = max(self.micros(), self._last_stamp + 1)
            return self._last_stamp


def wall_nanoseconds() -> int:
    """The wall clock, only for comparison with the kernel's own time stamps."""
    return time.time_ns()


utc_clock = Clock()
