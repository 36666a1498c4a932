"""Letters on their way in: one at a time where the same is sent twice, and what became of each.

Reading a letter may take longer than a proxy or a phone waits for the answer. The page asks what
became of its upload, by the name it gave it, before it sends anything again; and the same files,
sent again all the same, wait for those that came first. In memory: one process.
"""

from __future__ import annotations

import threading
from collections import OrderedDict, defaultdict
from collections.abc import Hashable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from rostrum.domain.errors import RuleBroken

KEPT = 2_000
"""Uploads remembered: more than all phones of all delegations send in their last five minutes."""

Key = tuple[Hashable, ...]


@dataclass
class Arrival:
    """One upload that is whole on the server."""

    are_more: bool
    """Whether its files are more pages of the letter that is there."""
    is_read: bool = False
    refused: RuleBroken | None = None


@dataclass
class _Turn:
    """Who is inside, how many are inside or wait, and with what the last one was refused."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    count: int = 0
    refused: RuleBroken | None = None


class Arrivals:
    """The uploads of the last minutes, and the turns of those that are the same."""

    def __init__(self) -> None:
        self._arrivals: OrderedDict[Key, Arrival] = OrderedDict()
        self._turns: dict[Key, _Turn] = defaultdict(_Turn)

    def find(self, key: Key) -> Arrival | None:
        """The upload of this key: whose it is, and what its page calls it."""
        return self._arrivals.get(key)

    @contextmanager
    def follow(self, key: Key, *, are_more: bool) -> Iterator[None]:
        """Remembers under the key what becomes of an upload that is taken meanwhile."""
        arrival = self._arrivals[key] = Arrival(are_more)
        if len(self._arrivals) > KEPT:
            self._arrivals.popitem(last=False)
        try:
            yield
        except RuleBroken as refused:
            arrival.is_read, arrival.refused = True, refused
            raise
        except BaseException:
            self._arrivals.pop(key, None)
            raise
        arrival.is_read = True

    @contextmanager
    def turn(self, key: Key) -> Iterator[None]:
        """One at a time of those with this key; who waited for one that was refused is refused."""
        turn = self._turns[key]
        turn.count += 1
        try:
            with turn.lock:
                if turn.refused is not None:
                    raise turn.refused
                yield
        except RuleBroken as refused:
            turn.refused = refused
            raise
        finally:
            turn.count -= 1
            if not turn.count:
                del self._turns[key]
