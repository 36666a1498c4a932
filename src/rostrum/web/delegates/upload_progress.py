"""Uploads in progress: the same letter sent twice waits, and every outcome is remembered.

Reading a letter may take longer than a proxy or a phone waits for the answer. The page asks for the
outcome of its upload, by a name of its own, before it sends anything again. If the same files
are still sent again, they wait for the first ones. Kept in memory, because there is one process.
"""

from __future__ import annotations

import threading
from collections import Counter, OrderedDict, defaultdict
from collections.abc import Hashable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from rostrum.domain.errors import RuleBroken, StillReading

KEPT = 2_000
"""How many uploads are remembered: more than all phones send in their last five minutes."""

AT_ONCE = 4
"""How many uploads of one delegation may be on their way at once: its phones and their colleagues.
What one delegation can have waiting is bounded by that."""

Key = tuple[Hashable, ...]


@dataclass
class UploadProgress:
    """One upload that has arrived completely."""

    are_more: bool
    """Whether its files are more pages for the current letter."""
    is_read: bool = False
    refused: RuleBroken | None = None


@dataclass
class _Turn:
    """Whether one is inside, how many are inside or waiting, and the last one's refusal."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    count: int = 0
    refused: RuleBroken | None = None


class Uploads:
    """The uploads of the last minutes, and the turns of identical ones."""

    def __init__(self) -> None:
        self._uploads: OrderedDict[Key, UploadProgress] = OrderedDict()
        self._turns: dict[Key, _Turn] = defaultdict(_Turn)
        self._inside: Counter[Key] = Counter()

    def find(self, key: Key) -> UploadProgress | None:
        """The upload with this key: whose it is, and the name that its page gave it."""
        return self._uploads.get(key)

    @contextmanager
    def follow(self, key: Key, *, are_more: bool) -> Iterator[None]:
        """Remembers, under the key, the outcome of the upload handled inside this block."""
        progress = self._uploads[key] = UploadProgress(are_more)
        if len(self._uploads) > KEPT:
            self._uploads.popitem(last=False)
        try:
            yield
        except RuleBroken as refused:
            progress.is_read, progress.refused = True, refused
            raise
        except BaseException:
            self._uploads.pop(key, None)
            raise
        progress.is_read = True

    @contextmanager
    def one_of(self, whose: Key) -> Iterator[None]:
        """Counts an upload of a delegation inside this block; StillReading beyond AT_ONCE."""
        if self._inside[whose] >= AT_ONCE:
            raise StillReading
        self._inside[whose] += 1
        try:
            yield
        finally:
            self._inside[whose] -= 1
            self._inside += Counter()

    @contextmanager
    def turn(self, key: Key) -> Iterator[None]:
        """Lets in one upload with this key at a time; if it is refused, those waiting are too."""
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
