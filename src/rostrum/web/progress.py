"""How far long work has come, for the page of whoever waits for it. In memory: one process."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable, Iterator
from dataclasses import dataclass

KEPT = 50
"""Jobs remembered; nobody follows more at a time."""


@dataclass
class Job:
    """So many of so many steps; over when all are done, or when nobody took the rest."""

    total: int
    done: int = 0
    is_over: bool = False

    def counted(self, pieces: Iterator[bytes]) -> Iterator[bytes]:
        """The pieces; with the last one all is done, and however it ends it is over."""
        try:
            yield from pieces
            self.done = self.total
        finally:
            self.is_over = True


class Jobs:
    """Work that somebody follows, by who it is and the name that their page gave it."""

    def __init__(self) -> None:
        self._jobs: OrderedDict[Hashable, Job] = OrderedDict()

    def begin(self, key: Hashable, total: int) -> Job:
        self._jobs[key] = Job(total)
        if len(self._jobs) > KEPT:
            self._jobs.popitem(last=False)
        return self._jobs[key]

    def find(self, key: Hashable) -> Job | None:
        return self._jobs.get(key)
