"""How often each phone tried the button, kept in memory: a trial press leaves nothing behind."""

from __future__ import annotations

from collections import OrderedDict
from datetime import datetime

from rostrum.domain.errors import RuleBroken
from rostrum.domain.registrations.trials import MOST, SPAN
from rostrum.domain.sentences import N_

KEPT = 2_000
"""How many phones are remembered: more than ever try within one span."""


class Tries:
    """The instants of each phone's latest trial presses."""

    def __init__(self) -> None:
        self._tried: OrderedDict[int, list[datetime]] = OrderedDict()

    def count(self, session_id: int, now: datetime) -> None:
        """Counts one more; refuses what is more than a person tries (RuleBroken)."""
        latest = [each for each in self._tried.get(session_id, ()) if now - each < SPAN]
        if len(latest) >= MOST:
            raise RuleBroken("press", N_("You have tried often enough for now. Wait a minute."))
        self._tried[session_id] = [*latest, now]
        self._tried.move_to_end(session_id)
        if len(self._tried) > KEPT:
            self._tried.popitem(last=False)
