"""Compares Rostrum's clock with the machine's, and follows it while no list is open.

A wrong clock at the start, put right a moment later by NTP, would open the list at a wrong second
until somebody restarts the server. While a list is open, the clock is left alone: it gives the
order, and a step must move nobody. Staff are then told of the difference (`told_drift`).
"""

from __future__ import annotations

import logging
import threading
from datetime import timedelta
from time import sleep

from rostrum.clock import Clock
from rostrum.domain.debates.lifecycle import takes_presses
from rostrum.live.hub import BEAT
from rostrum.store.database import Connections
from rostrum.store.debates import list_debates
from rostrum.store.registrations import last_stamp

FOLLOWED = timedelta(milliseconds=100)
"""A smaller difference is ignored: two readings of two clocks never agree exactly."""
TOLD = timedelta(seconds=1)
"""Staff are told of a difference at least this large."""

log = logging.getLogger("rostrum")


def told_drift(clock: Clock) -> int:
    """Whole seconds by which the two clocks differ, either way; 0 if staff need not know."""
    drift = abs(clock.drift())
    return round(drift.total_seconds()) if drift >= TOLD else 0


class Timekeeper:
    """Looks at the two clocks once a beat."""

    def __init__(self, connections: Connections, clock: Clock) -> None:
        self._connections = connections
        self._clock = clock

    def start(self) -> None:
        """Keeps looking until the process ends."""
        threading.Thread(target=self._keep, name="timekeeper", daemon=True).start()

    def _keep(self) -> None:
        while True:
            sleep(BEAT.total_seconds())
            self.look()

    def look(self) -> bool:
        """Follows the machine's clock if it may; whether the two agree now."""
        drift = self._clock.drift()
        if abs(drift) < FOLLOWED:
            return True
        with self._connections.borrowed() as db:
            now = self._clock.now()
            if any(takes_presses(debate, now) for debate in list_debates(db)):
                return False
            self._clock.follow_wall(last_stamp(db))
        log.warning("the clock followed the machine's by %+.1f s", drift.total_seconds())
        return True
