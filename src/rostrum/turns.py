"""Which request is served next: each has its turn, in the order in which the requests came.

Turns are given in short rounds. Between two rounds the event loop looks at every socket, and
every request that has arrived joins the line. So no request is served only because the loop looked
at its socket first, and a connection that always has another request ready waits behind the
requests that came meanwhile.

Changes (a press, a letter) go before looks (a page, the list, a state), which cannot take a place
from anybody: however many people watch, a press waits for none of them. If changes never stop, one
turn in a few goes to a look. Among looks, a connection that was just served lets others go first.
"""

from __future__ import annotations

from heapq import heappop, heappush
from itertools import count
from typing import NamedTuple

from gevent import get_hub
from gevent.hub import Waiter

from rostrum.clock import utc_clock, wall_nanoseconds

LOOK_EVERY = 4
"""While both wait, every fourth turn goes to a look."""
AGAIN = 1_000_000_000
"""A further look on a connection counts as this many nanoseconds later than it came."""
LOOKING_MICROS, CHANGING_MICROS = 20_000, 100_000
"""How long a round lasts for looks and for changes; what comes meanwhile waits for its end. A
change must wait for earlier changes anyway, and the more of them meet at the desk, the
more are committed together."""


class _Waiting(NamedTuple):
    came: int
    number: int
    joined_in: int
    """The round during which, or before which, the request joined."""
    turn: Waiter


class Turns:
    """The line of one worker. Instants are the kernel's: wall clock time in nanoseconds."""

    def __init__(self) -> None:
        self._changes: list[_Waiting] = []
        self._looks: list[_Waiting] = []
        self._joined, self._given, self._round = count(), 1, 0
        self._looked = self._looked_before = 0
        """When the loop last began to look at all sockets, and the time before that."""
        self._loop = get_hub().loop
        self._rounds = self._loop.idle()
        self._is_called = False

    def wait(self, came: int, *, is_look: bool = False) -> None:
        """Returns when it is the turn of the request that came at this instant."""
        waiting = _Waiting(came, next(self._joined), self._round, Waiter())
        heappush(self._looks if is_look else self._changes, waiting)
        if not self._rounds.active:
            self._rounds.start(self._call)
        waiting.turn.get()

    def place_in_line(self, came: int) -> int:
        """The instant at which a request counts as received; not before the last look but one.

        The request was not there then, so it is no older. This matters if the clock was set back
        meanwhile, and for clients that send a request before the last one is answered.
        """
        return max(came, self._looked_before)

    def _call(self) -> None:
        """Starts the next round once the requests just accepted have joined the line."""
        if not self._is_called:
            self._is_called = True
            self._loop.run_callback(self._give)

    def _give(self) -> None:
        """Gives one round of turns."""
        self._is_called = False
        began = utc_clock.micros()
        while line := self._next_line(utc_clock.micros() - began):
            self._given += 1
            # A request that was given up meanwhile (its phone took too long) ignores this.
            heappop(line).turn.switch(None)
        self._round += 1
        self._looked_before, self._looked = self._looked, max(self._looked, wall_nanoseconds())
        if not self._changes and not self._looks:
            self._looked_before = self._looked = 0
            self._rounds.stop()

    def _next_line(self, lasts: int) -> list[_Waiting] | None:
        """The line whose first request goes now; None if the round has lasted long enough."""
        changes = self._changes if lasts < CHANGING_MICROS else []
        looks = self._looks if lasts < LOOKING_MICROS else []
        lines = (looks, changes) if self._given % LOOK_EVERY == 0 else (changes, looks)
        return next((line for line in lines if line and self._may_go_on(line[0])), None)

    def _may_go_on(self, first: _Waiting) -> bool:
        """Whether all that came before it has been seen, by a look that began after it came."""
        return first.came <= self._looked or first.joined_in < self._round
