"""The progress of long work, for the page that waits for it. In memory: there is one process."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable, Iterator
from dataclasses import dataclass

KEPT = 50
"""How many jobs are remembered; nobody follows more at a time."""


@dataclass
class Job:
    """How many steps of how many are done; over when all are, or when nobody takes the rest."""

    total: int
    done: int = 0
    is_over: bool = False

    def count(self) -> None:
        """Another step is done, or nearly."""
        self.done += 1

    def counted(self, pieces: Iterator[bytes]) -> Iterator[bytes]:
        """Passes on the pieces; after the last one all steps are done. Any end ends the job."""
        try:
            yield from pieces
            self.done = self.total
        finally:
            self.is_over = True


class Jobs:
    """Work that people follow, by the person and the name that their page gave it."""

    def __init__(self) -> None:
        self._jobs: OrderedDict[Hashable, Job] = OrderedDict()

    def begin(self, key: Hashable, total: int) -> Job:
        self._jobs[key] = Job(total)
        if len(self._jobs) > KEPT:
            self._jobs.popitem(last=False)
        return self._jobs[key]

    def find(self, key: Hashable) -> Job | None:
        return self._jobs.get(key)
