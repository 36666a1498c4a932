"""Who goes on next: requests have their turns one after the other, in the order in which they came.

Turns are given in short rounds. Between two of them the event loop looks at every socket, and
whoever is there by then has joined the line. So nobody goes on only because the loop happened to
look at its socket first, and a connection that always has another request ready waits behind what
came meanwhile.

Changes (a press, a letter) go before looks (a page, the list, a state), which cannot take a place
from anybody: however many watch, a press waits for none of them. While changes never cease, every
few turns one belongs to a look. Among looks, who was just served lets others go first.
"""

from __future__ import annotations

from heapq import heappop, heappush
from itertools import count
from typing import NamedTuple

from gevent import get_hub
from gevent.hub import Waiter

from rostrum.clock import utc_clock, wall_nanoseconds

LOOK_EVERY = 4
"""While both wait, each fourth turn is a look's."""
AGAIN = 1_000_000_000
"""A further look on a connection counts as coming so many nanoseconds later than it did."""
LOOKING_MICROS, CHANGING_MICROS = 20_000, 100_000
"""So long a round lasts for looks, and for changes: what comes meanwhile waits for its end. A
change that comes has to wait for those before it anyhow, and the more of them meet at the desk, the
more are committed together."""


class _Waiting(NamedTuple):
    came: int
    number: int
    joined_in: int
    """The round during which or before which it joined."""
    turn: Waiter


class Turns:
    """The line of one worker. An instant is the wall clock's, in nanoseconds: the kernel's."""

    def __init__(self) -> None:
        self._changes: list[_Waiting] = []
        self._looks: list[_Waiting] = []
        self._joined, self._given, self._round = count(), 1, 0
        self._looked = self._looked_before = 0
        """When the last looks at all sockets began."""
        self._loop = get_hub().loop
        self._rounds = self._loop.idle()
        self._is_called = False

    def wait(self, came: int, *, is_look: bool = False) -> None:
        """Returns when it is the turn of what came at this instant."""
        waiting = _Waiting(came, next(self._joined), self._round, Waiter())
        heappush(self._looks if is_look else self._changes, waiting)
        if not self._rounds.active:
            self._rounds.start(self._call)
        waiting.turn.get()

    def place_in_line(self, came: int) -> int:
        """When something came that was not there at the last look but one.

        What was not there is no older than that look. It matters where the wall clock was set back
        meanwhile, and for whoever sends its next request before the last is answered.
        """
        return max(came, self._looked_before)

    def _call(self) -> None:
        """The next round, when those who were just let in have joined the line."""
        if not self._is_called:
            self._is_called = True
            self._loop.run_callback(self._give)

    def _give(self) -> None:
        """One round of turns."""
        self._is_called = False
        began = utc_clock.micros()
        while line := self._next_line(utc_clock.micros() - began):
            self._given += 1
            # One that was given up meanwhile (its phone took too long) takes no notice.
            heappop(line).turn.switch(None)
        self._round += 1
        self._looked_before, self._looked = self._looked, max(self._looked, wall_nanoseconds())
        if not self._changes and not self._looks:
            self._looked_before = self._looked = 0
            self._rounds.stop()

    def _next_line(self, lasts: int) -> list[_Waiting] | None:
        """The line whose first goes on now; none where the round has lasted long enough."""
        changes = self._changes if lasts < CHANGING_MICROS else []
        looks = self._looks if lasts < LOOKING_MICROS else []
        lines = (looks, changes) if self._given % LOOK_EVERY == 0 else (changes, looks)
        return next((line for line in lines if line and self._may_go_on(line[0])), None)

    def _may_go_on(self, first: _Waiting) -> bool:
        """Whether all who came before it have been seen: by a look that began when it was there."""
        return first.came <= self._looked or first.joined_in < self._round
