"""The one place that reads the time. Everything else is given `now` or a stamp.

The clock is anchored to the wall clock at start, and then follows a clock that cannot be
set: a step of the wall clock (NTP, an operator) neither reorders registrations nor reopens
a list. `live/timekeeper.py` anchors it anew while no list is open. The boot clock is used
where there is one, because it goes on counting while a laptop sleeps.
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
        """What added to the steady clock gives the wall clock at this moment."""
        return time.time_ns() // 1_000 - cls._steady()

    @staticmethod
    def _steady() -> int:
        return time.clock_gettime_ns(_STEADY) // 1_000

    def micros(self) -> int:
        """The present instant in microseconds since 1970, UTC."""
        return self._anchor + self._steady()

    def now(self) -> datetime:
        """The present instant, aware, UTC."""
        return from_micros(self.micros())

    def drift(self) -> timedelta:
        """By how much the machine's wall clock is ahead of this one; negative: behind it."""
        return (self._wall_anchor() - self._anchor) * MICROSECOND

    def follow_wall(self, last_stamp: int) -> None:
        """Agrees with the wall clock again; the next stamp is later than `last_stamp`.

        Only while no list is open: a press may get a stamp before that of one refused earlier.
        """
        with self._guard:
            self._anchor = self._wall_anchor()
            self._last_stamp = last_stamp

    def resume(self, last_stamp: int) -> None:
        """Goes on after a stamp of an earlier run, also where the wall clock was set back since."""
        with self._guard:
            self._last_stamp = max(self._last_stamp, last_stamp)

    def stamp(self) -> int:
        """The present instant in microseconds, later than every stamp given before."""
        with self._guard:
            self._last_stamp = max(self.micros(), self._last_stamp + 1)
            return self._last_stamp


def wall_nanoseconds() -> int:
    """What the wall clock shows, for comparison with the kernel's own notes and nothing else."""
    return time.time_ns()


utc_clock = Clock()
