"""The hub: who is listening to what, and the one watcher that wakes them.

The watcher asks the database ten times a second whether anybody has committed, and the clock
whether an opening, closing or deadline has passed. Each listener keeps only the latest news of
its topic: a slow phone skips what it missed and is never more than one message behind.
"""

from __future__ import annotations

import threading
from collections import defaultdict, deque
from collections.abc import Callable, Hashable, Iterable
from datetime import datetime, timedelta
from time import sleep
from typing import Any

from rostrum.store.database import Connections, Database, data_version
from rostrum.store.debates import list_boundaries

POLL_SECONDS = 0.1
BEAT = timedelta(seconds=4)
"""A listener without news is woken so often, to say that it lives and to ask for its session: a
revoked link ends within five seconds."""
REST = 1
"""After telling, the watcher rests so many times as long as it took: in a rush, when every moment
brings a commit, at least half of the time stays for the presses."""
MAX_REST_SECONDS = 1
"""However long telling took: a machine that slept meanwhile wakes with hours on its clock."""
SLICE = 25
"""Topics rendered before other requests get their turn."""

STREAMS_EACH = 8
"""Streams of one session that stay open; a further one ends the oldest.

The oldest, because a phone that has lost its connection comes back before the server notices.
"""

Topic = Hashable
News = Any
"""What is told of a topic; equal where nothing changed."""
Render = Callable[[list[Topic]], dict[Topic, News]]


class Listener:
    """One open page; holds the latest news it has not sent yet."""

    def __init__(self, topic: Topic, owner: Hashable) -> None:
        self.topic = topic
        self.owner = owner
        self.is_over = False
        self.last: News | None = None
        """What was offered last."""
        self._is_new = self._is_awake = False
        # Held while asleep. Of all that can be waited for it takes the least time and memory.
        self._sleeping = threading.Lock()
        self._sleeping.acquire()

    def wake(self) -> None:
        """Ends the present `wait`, or the next."""
        if not self._is_awake:
            self._is_awake = True
            self._sleeping.release()

    def end(self) -> None:
        """There will be no more news."""
        self.is_over = True
        self.wake()

    def offer(self, news: News) -> None:
        """Wakes with news, unless they are what was told last."""
        if news != self.last:
            self.last = news
            self._is_new = True
            self.wake()

    def wait(self, seconds: float = -1) -> News | None:
        """The latest news as soon as there are new ones; None when woken without or not in time.

        Without `seconds` it waits for as long as it takes.
        """
        if not self._sleeping.acquire(timeout=seconds):
            return None
        self._is_awake = False
        if self.is_over or not self._is_new:
            return None
        self._is_new = False
        return self.last


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
        self._beats: deque[tuple[datetime, Listener]] = deque()
        """Who is woken next, and when, in order of time."""
        self._guard = threading.Lock()
        self.is_watching = False
        """Whether the watcher lives; streams end without it, so that no page trusts them."""
        self.is_closed = False
        """Whether the server is ending: streams end, none begins, the watcher rests for good."""
        self.changes = 0
        """Counts the commits and the boundaries of the clock that the watcher has seen."""

    def count_listeners(self, kind: Callable[[Topic], bool] = lambda _: True) -> int:
        """How many listen, or how many of them to topics of one kind."""
        return sum(len(group) for topic, group in list(self._listeners.items()) if kind(topic))

    def join(self, topic: Topic, owner: Hashable) -> Listener:
        """A new listener whose present news are ready to send.

        `owner` is whose it is, a session: one that has more than STREAMS_EACH loses its oldest.
        """
        listener = Listener(topic, owner)
        with self._guard:
            self._listeners[topic].add(listener)
            own = self._by_owner[owner]
            own.append(listener)
            if len(own) > STREAMS_EACH:
                own.popleft().end()
            self._beats.append((self._now() + BEAT, listener))
            if self.is_closed:
                listener.end()
            elif not self.is_watching:
                self.is_watching = True
                threading.Thread(target=self._watch, name="watcher", daemon=True).start()
        news = self._render([topic])[topic]
        # Thousands of pages wait with few different news: the same are kept (and compressed) once.
        others = (other.last for other in list(self._listeners.get(topic, ())))
        listener.offer(next((last for last in others if last == news), news))
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

    def close(self) -> None:
        """Ends every stream, and those to come at once: pages look for the server that follows."""
        with self._guard:
            self.is_closed = True
            for group in self._listeners.values():
                for listener in group:
                    listener.end()

    def _watch(self) -> None:
        try:
            with self._connections.borrowed() as db:
                self._watch_with(db)
        finally:
            self.is_watching = False
            for group in list(self._listeners.values()):
                for listener in list(group):
                    listener.wake()

    def _watch_with(self, db: Database) -> None:
        seen = None
        while not self.is_closed:
            state = self._state(db)
            if state != seen:
                seen = state
                self.changes += 1
                began = self._now()
                self._tell(list(self._listeners))
                took = (self._now() - began).total_seconds()
                sleep(min(abs(took) * REST, MAX_REST_SECONDS))
            self._beat()
            sleep(POLL_SECONDS)

    def _beat(self) -> None:
        """Wakes those whose turn it is, all where the clock was set back; who left is forgotten."""
        now = self._now()
        while self._beats and not now < self._beats[0][0] <= now + BEAT:
            _, listener = self._beats.popleft()
            if listener in self._listeners.get(listener.topic, ()):
                listener.wake()
                self._beats.append((now + BEAT, listener))

    def _state(self, db: Database) -> tuple[int, int]:
        """Changes with every commit and with every boundary of the clock that has passed."""
        now = self._now()
        return data_version(db), sum(boundary <= now for boundary in list_boundaries(db))

    def _tell(self, topics: list[Topic]) -> None:
        for part in _slices(topics):
            for topic, news in self._render(part).items():
                for listener in list(self._listeners.get(topic, ())):
                    listener.offer(news)
            sleep(0)


def _slices(topics: list[Topic]) -> Iterable[list[Topic]]:
    for start in range(0, len(topics), SLICE):
        yield topics[start : start + SLICE]
