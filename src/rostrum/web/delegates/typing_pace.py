"""How often the fields of one delegation are saved: bounded, because each save is a commit.

Kept in memory, because there is one process.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from rostrum.domain.errors import Slowed

WITHIN = timedelta(minutes=1)
MOST = 120
"""Saves of a delegation within that time: several people who never stop typing."""

Whose = tuple[int, int]
"""Ids of debate and delegation."""


class Typing:
    """The saves of the present minute, by delegation."""

    def __init__(self) -> None:
        self._since: datetime | None = None
        self._saves: dict[Whose, int] = {}

    def count(self, whose: Whose, now: datetime) -> None:
        """Counts a save; raises Slowed for one too many."""
        if self._since is None or now - self._since >= WITHIN:
            self._since, self._saves = now, {}
        if self._saves.get(whose, 0) >= MOST:
            left = self._since + WITHIN - now
            raise Slowed("speaker", -(-left // timedelta(seconds=1)))
        self._saves[whose] = self._saves.get(whose, 0) + 1
