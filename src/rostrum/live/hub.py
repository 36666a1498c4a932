"""The hub: which page listens to which topic, and the one watcher that wakes the listeners.

Ten times a second, the watcher asks the database whether anybody has committed, and the clock
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
"""How often a listener without news is woken, to send a heartbeat and to check its session: a
revoked link ends within five seconds."""
REST = 3
"""After sending news, the watcher rests this many times as long as that took: in a rush, when every
moment brings a commit, at least three quarters of the time stay for presses and letters."""
MAX_REST_SECONDS = 1
"""The longest rest: the clock of a machine that slept meanwhile may have jumped by hours."""
SLICE = 4
"""How many topics are rendered before other requests get their turn. One that is read, waits in
line and is answered needs several of these turns."""
TURN_SECONDS = 0.002
"""How long such a turn lasts at least."""

STREAMS_EACH = 5
"""How many streams of one session stay open; a further stream displaces the oldest.

The oldest, because a phone that lost its connection comes back before the server notices. Five,
because a browser opens six connections to a server over HTTP/1.1, and needs one for all else.
"""

Topic = Hashable
News = Any
"""The news of a topic; equal if nothing changed."""
Render = Callable[[list[Topic]], dict[Topic, News]]


class Listener:
    """One open page; holds the latest news it has not sent yet."""

    def __init__(self, topic: Topic, owner: Hashable) -> None:
        self.topic = topic
        self.owner = owner
        self.is_over = self.is_displaced = False
        self.last: News | None = None
        """The news offered last."""
        self._is_new = self._is_awake = False
        # Held while the listener sleeps. Of all things to wait for, a lock costs the least.
        self._sleeping = threading.Lock()
        self._sleeping.acquire()

    def wake(self) -> None:
        """Ends the present `wait`, or the next."""
        if not self._is_awake:
            self._is_awake = True
            self._sleeping.release()

    def end(self) -> None:
        """Says that there will be no more news."""
        self.is_over = True
        self.wake()

    def displace(self) -> None:
        """Ends the listener because its session has newer ones."""
        self.is_displaced = True
        self.end()

    def offer(self, news: News) -> None:
        """Wakes the listener with news, unless they equal the last news."""
        if news != self.last:
            self.last = news
            self._is_new = True
            self.wake()

    def wait(self, seconds: float = -1) -> News | None:
        """The latest news as soon as there are any; None if woken without news, or after `seconds`.

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
        self,
        connections: Connections,
        now: Callable[[], datetime],
        render: Render,
        unwritten: Callable[[], Hashable] = tuple,
    ) -> None:
        """`unwritten` gives what pages show that no commit tells of: pages hear of its changes."""
        self._connections = connections
        self._now = now
        self._render = render
        self._unwritten = unwritten
        self._listeners: dict[Topic, set[Listener]] = defaultdict(set)
        self._by_owner: dict[Hashable, deque[Listener]] = defaultdict(deque)
        self._beats: deque[tuple[datetime, Listener]] = deque()
        """When each listener is next woken, in order of time."""
        self._guard = threading.Lock()
        self.is_watching = False
        """Whether the watcher runs. Without it, streams end, so that no page trusts them."""
        self.is_closed = False
        """Whether the server is stopping: streams end, none begins, and the watcher stops."""
        self.changes = 0
        """Counts the changes that the watcher has seen."""

    def count_listeners(self, kind: Callable[[Topic], bool] = lambda _: True) -> int:
        """How many pages listen, in all or to topics of one kind."""
        return sum(len(group) for topic, group in list(self._listeners.items()) if kind(topic))

    def count_streams(self, owner: Hashable) -> int:
        """How many streams an owner has."""
        return len(self._by_owner.get(owner, ()))

    def join(self, topic: Topic, owner: Hashable, most: int = STREAMS_EACH) -> Listener:
        """A new listener whose current news are ready to send.

        `owner` is its session: of more than `most` the oldest is displaced.
        """
        listener = Listener(topic, owner)
        with self._guard:
            self._listeners[topic].add(listener)
            own = self._by_owner[owner]
            own.append(listener)
            if len(own) > most:
                own.popleft().displace()
            self._beats.append((self._now() + BEAT, listener))
            if self.is_closed:
                listener.end()
            elif not self.is_watching:
                self.is_watching = True
                threading.Thread(target=self._watch, name="watcher", daemon=True).start()
        news = self._render([topic])[topic]
        # Thousands of pages wait with few different news: equal ones are kept and compressed once.
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
        """Ends every stream, also new ones at once: pages then look for the next server."""
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
        """Wakes the listeners whose turn it is, or all after the clock was set back."""
        now = self._now()
        while self._beats and not now < self._beats[0][0] <= now + BEAT:
            _, listener = self._beats.popleft()
            if listener in self._listeners.get(listener.topic, ()):
                listener.wake()
                self._beats.append((now + BEAT, listener))

    def _state(self, db: Database) -> tuple[int, int, Hashable]:
        """A value that changes with every commit, clock boundary passed and unwritten change."""
        now = self._now()
        passed = sum(boundary <= now for boundary in list_boundaries(db))
        return data_version(db), passed, self._unwritten()

    def _tell(self, topics: list[Topic]) -> None:
        for part in _slices(topics):
            for topic, news in self._render(part).items():
                for listener in list(self._listeners.get(topic, ())):
                    listener.offer(news)
            sleep(TURN_SECONDS)


def _slices(topics: list[Topic]) -> Iterable[list[Topic]]:
    for start in range(0, len(topics), SLICE):
        yield topics[start : start + SLICE]
