"""Whose letter is read next: a few at once, one of each delegation, and each in its turn.

However many files one delegation sends, and however long they take to read, another's letter waits
for at most one of them. Works the same in plain Python and under gevent.
"""

from __future__ import annotations

import threading
from collections import OrderedDict, deque
from collections.abc import Hashable, Iterator
from contextlib import contextmanager

_Line = deque[threading.Event]


class FairTurns:
    """At most `most` turns at once, and one for each name (whose it is); names take turns."""

    def __init__(self, most: int) -> None:
        self._free = most
        self._lock = threading.Lock()
        self._waiting: OrderedDict[Hashable, _Line] = OrderedDict()
        """Who waits for a turn, in the order in which the next ones are given."""
        self._inside: set[Hashable] = set()

    @contextmanager
    def turn(self, whose: Hashable) -> Iterator[None]:
        """Waits for a turn of this name, and holds it inside the block."""
        called = threading.Event()
        with self._lock:
            self._waiting.setdefault(whose, deque()).append(called)
            self._call()
        try:
            called.wait()
            yield
        finally:
            with self._lock:
                self._leave(whose, called)
                self._call()

    def _leave(self, whose: Hashable, called: threading.Event) -> None:
        """Gives the turn back, and goes behind all who wait; or gives the place in the line back,
        if the wait was broken off."""
        if called.is_set():
            self._inside.remove(whose)
            self._free += 1
            if whose in self._waiting:
                self._waiting.move_to_end(whose)
        else:
            self._waiting[whose].remove(called)
            self._forget(whose)

    def _call(self) -> None:
        """Gives the free turns to those who have none."""
        while self._free and (whose := self._next()) is not None:
            self._free -= 1
            self._inside.add(whose)
            self._waiting[whose].popleft().set()
            self._forget(whose)

    def _next(self) -> Hashable | None:
        return next((each for each in self._waiting if each not in self._inside), None)

    def _forget(self, whose: Hashable) -> None:
        if not self._waiting[whose]:
            del self._waiting[whose]
