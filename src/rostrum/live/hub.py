"""The hub: who is listening to what, and the one watcher that wakes them.

The watcher asks the database ten times a second whether anybody has committed, and the clock
whether an opening, closing or deadline has passed. Each listener keeps only the latest text of
its topic: a slow phone skips what it missed and is never more than one message behind.
"""

from __future__ import annotations

import threading
from collections import defaultdict, deque
from collections.abc import Callable, Hashable, Iterable
from datetime import datetime
from time import sleep

from rostrum.store.database import Connections, Database, data_version
from rostrum.store.debates import list_boundaries

POLL_SECONDS = 0.1
SLICE = 25
"""Topics rendered before other requests get their turn."""

STREAMS_EACH = 8
"""Streams of one session that stay open; a further one ends the oldest.

The oldest, because a phone that has lost its connection comes back before the server notices.
"""

Topic = Hashable
Render = Callable[[list[Topic]], dict[Topic, str]]


class Listener:
    """One open page; holds the latest text it has not sent yet."""

    def __init__(self, topic: Topic, owner: Hashable) -> None:
        self.topic = topic
        self.owner = owner
        self.is_over = False
        self._last: str | None = None
        self._news = threading.Event()

    def end(self) -> None:
        """Wakes who waits: there will be no more news."""
        self.is_over = True
        self._news.set()

    def offer(self, text: str) -> None:
        if text != self._last:
            self._last = text
            self._news.set()

    def wait(self, seconds: float) -> str | None:
        """The latest text as soon as there is a new one; None when none came in time."""
        if not self._news.wait(seconds) or self.is_over:
            return None
        self._news.clear()
        return self._last


class Hub:
    """Listeners by topic, and their watcher."""

    def __init__(
        self, connections: Connections, now: Callable[[], datetime], render: Render
    ) -> None:
        self._connections = connections
        self._now = now
        self._render = render
        self._listeners: dict[Topic, set[Listener]] = defaultdict(set)
        self._by_owner: dict[Hashable, deque[Listener]] = defaultdict(deque)
        self._guard = threading.Lock()
        self._watcher: threading.Thread | None = None
        self.changes = 0
        """Counts the commits and the boundaries of the clock that the watcher has seen."""

    @property
    def is_watching(self) -> bool:
        """Whether the watcher lives; streams end without it, so that no page trusts them."""
        return self._watcher is not None and self._watcher.is_alive()

    def count_listeners(self) -> int:
        return sum(len(group) for group in list(self._listeners.values()))

    def join(self, topic: Topic, owner: Hashable) -> Listener:
        """A new listener whose present text is ready to send.

        `owner` is whose it is, a session: one that has more than STREAMS_EACH loses its oldest.
        """
        listener = Listener(topic, owner)
        with self._guard:
            self._listeners[topic].add(listener)
            own = self._by_owner[owner]
            own.append(listener)
            if len(own) > STREAMS_EACH:
                own.popleft().end()
            if not self.is_watching:
                self._watcher = threading.Thread(target=self._watch, name="watcher", daemon=True)
                self._watcher.start()
        listener.offer(self._render([topic])[topic])
        return listener

    def leave(self, listener: Listener) -> None:
        with self._guard:
            group = self._listeners[listener.topic]
            group.discard(listener)
            if not group:
                del self._listeners[listener.topic]
            own = self._by_owner[listener.owner]
            if listener in own:
                own.remove(listener)
            if not own:
                del self._by_owner[listener.owner]

    def _watch(self) -> None:
        with self._connections.borrowed() as db:
            seen = None
            while True:
                state = self._state(db)
                if state != seen:
                    seen = state
                    self.changes += 1
                    self._tell(list(self._listeners))
                sleep(POLL_SECONDS)

    def _state(self, db: Database) -> tuple[int, int]:
        """Changes with every commit and with every boundary of the clock that has passed."""
        now = self._now()
        return data_version(db), sum(boundary <= now for boundary in list_boundaries(db))

    def _tell(self, topics: list[Topic]) -> None:
        for part in _slices(topics):
            for topic, text in self._render(part).items():
                for listener in list(self._listeners.get(topic, ())):
                    listener.offer(text)
            sleep(0)


def _slices(topics: list[Topic]) -> Iterable[list[Topic]]:
    for start in range(0, len(topics), SLICE):
        yield topics[start : start + SLICE]
