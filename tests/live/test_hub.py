"""The hub: who is told what, when, and who is not."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import timedelta
from itertools import count

import pytest

from rostrum.config import Config
from rostrum.domain.debates.debate import Debate
from rostrum.domain.times import MICROSECOND
from rostrum.live.hub import SLICE, STREAMS_EACH, Hub, Listener
from rostrum.store.database import Connections, Database, one_value
from rostrum.store.debates import get_debate_by_id
from tests.factories import OPENS_AT, FakeClock, make_debate, prepare, register

OWNERS = count()
"""Sessions: each listener has one of its own where a test says nothing else."""
SOON = 10
"""Seconds in which news must have come; it comes within a tenth of one."""
NEVER = 0.5
"""Seconds in which nothing must come: several rounds of the watcher."""


class Page:
    """Renders how many are registered, or the phase of the list; counts how often it was asked."""

    def __init__(self, connections: Connections, clock: FakeClock, debate: Debate) -> None:
        self._connections, self._clock, self._debate = connections, clock, debate
        self.asked: list[list] = []
        self.is_broken = False

    def render(self, topics: list) -> dict:
        self.asked.append(topics)
        if self.is_broken:
            raise LookupError("nothing can be rendered")
        with self._connections.borrowed() as db:
            return {topic: self._text(db, topic) for topic in topics}

    def _text(self, db: Database, topic) -> str:
        if topic == "phase":
            return get_debate_by_id(db, self._debate.id).phase(self._clock.now())
        count = one_value(db, "select count(*) from registration")
        return f"{topic}: {count}"


@pytest.fixture
def connections(config: Config) -> Iterator[Connections]:
    pool = Connections(config.database)
    yield pool
    pool.close()


@pytest.fixture
def debate(db: Database) -> Debate:
    """The debate, closing two days after its opening; Brazil and Kenya need only press."""
    debate = make_debate(db, closes_at=OPENS_AT + timedelta(days=2))
    prepare(db, debate, "BRA", "KEN")
    return debate


@pytest.fixture
def page(connections: Connections, clock: FakeClock, debate: Debate) -> Page:
    return Page(connections, clock, debate)


@pytest.fixture
def hub(connections: Connections, clock: FakeClock, page: Page) -> Hub:
    """A hub on that clock."""
    return Hub(connections, clock.now, page.render)


def test_a_page_that_joins_is_given_the_present_state_at_once(hub: Hub) -> None:
    assert hub.join("list", next(OWNERS)).wait(0) == "list: 0"


def test_a_listener_hears_of_a_commit_of_another_connection(
    hub: Hub, db: Database, debate: Debate
) -> None:
    listener = hub.join("list", next(OWNERS))
    assert listener.wait(SOON) == "list: 0"
    register(db, debate, "KEN")
    assert listener.wait(SOON) == "list: 1"
    assert listener.wait(NEVER) is None


def test_every_listener_of_every_topic_hears_it(hub: Hub, db: Database, debate: Debate) -> None:
    topics = [f"list {number}" for number in range(2 * SLICE + 1)]
    listeners = [hub.join(topic, next(OWNERS)) for topic in [*topics, *topics]]
    for listener in listeners:
        listener.wait(SOON)
    register(db, debate, "KEN")
    assert [each.wait(SOON) for each in listeners] == [f"{each.topic}: 1" for each in listeners]


def test_topics_are_rendered_once_for_all_their_listeners_and_in_slices(
    hub: Hub, page: Page, db: Database, debate: Debate
) -> None:
    listeners = [hub.join(number, next(OWNERS)) for number in range(SLICE + 1) for _ in range(2)]
    for listener in listeners:
        listener.wait(SOON)
    listener.wait(NEVER)
    page.asked.clear()
    register(db, debate, "KEN")
    for listener in listeners:
        assert listener.wait(SOON)
    assert sorted(map(len, page.asked)) == [1, SLICE]


@pytest.mark.parametrize(
    ("instant", "phase"),
    [(OPENS_AT, "open"), (OPENS_AT + timedelta(days=2), "closed")],
)
def test_a_listener_hears_of_a_boundary_of_the_clock(
    hub: Hub, clock: FakeClock, instant, phase: str
) -> None:
    clock.set(instant - MICROSECOND)
    listener = hub.join("phase", next(OWNERS))
    before = listener.wait(SOON)
    assert before != phase
    assert listener.wait(NEVER) is None
    clock.set(instant)
    assert listener.wait(SOON) == phase


def test_a_listener_hears_of_what_no_commit_tells(
    connections: Connections, clock: FakeClock
) -> None:
    read: list[str] = []
    hub = Hub(connections, clock.now, lambda topics: dict.fromkeys(topics, str(read)), read.copy)
    listener = hub.join("readers", next(OWNERS))
    assert listener.wait(SOON) == "[]"
    read.append("vera")
    assert listener.wait(SOON) == "['vera']"
    hub.close()


def test_a_listener_is_not_told_when_nothing_changed_for_it(
    hub: Hub, page: Page, db: Database, debate: Debate
) -> None:
    phase, count = hub.join("phase", next(OWNERS)), hub.join("list", next(OWNERS))
    phase.wait(SOON)
    count.wait(SOON)
    register(db, debate, "KEN")
    assert count.wait(SOON) == "list: 1"
    assert phase.wait(NEVER) is None


def test_without_a_change_nothing_is_rendered(hub: Hub, page: Page) -> None:
    listener = hub.join("list", next(OWNERS))
    listener.wait(SOON)
    assert listener.wait(NEVER) is None
    page.asked.clear()
    assert listener.wait(NEVER) is None
    assert page.asked == []


def test_a_slow_listener_gets_only_the_latest_text() -> None:
    listener = Listener("list", "owner")
    for number in range(5):
        listener.offer(f"list: {number}")
    assert listener.wait(0) == "list: 4"
    assert listener.wait(0) is None


def test_the_same_text_is_no_news() -> None:
    listener = Listener("list", "owner")
    listener.offer("list: 1")
    assert listener.wait(0) == "list: 1"
    listener.offer("list: 1")
    assert listener.wait(0) is None


def test_a_listener_that_left_is_told_nothing_more(hub: Hub, db: Database, debate: Debate) -> None:
    staying, leaving = hub.join("list", next(OWNERS)), hub.join("list", next(OWNERS))
    staying.wait(SOON)
    leaving.wait(SOON)
    hub.leave(leaving)
    assert hub.count_listeners() == 1
    register(db, debate, "KEN")
    assert staying.wait(SOON) == "list: 1"
    assert leaving.wait(0) is None
    hub.leave(staying)
    assert hub.count_listeners() == 0


def test_the_watcher_starts_with_the_first_page_and_is_the_only_one(hub: Hub) -> None:
    assert not hub.is_watching
    before = threading.active_count()
    for _ in range(3):
        hub.join("list", next(OWNERS))
    assert hub.is_watching
    assert threading.active_count() == before + 1


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_watcher_that_died_is_noticed_and_the_next_page_starts_another(
    hub: Hub, page: Page, db: Database, debate: Debate
) -> None:
    listener = hub.join("list", next(OWNERS))
    listener.wait(SOON)
    listener.wait(NEVER)
    page.is_broken = True
    register(db, debate, "KEN")
    while hub.is_watching:
        listener.wait(0.05)
    page.is_broken = False
    assert hub.join("list", next(OWNERS)).wait(SOON) == "list: 1"
    assert hub.is_watching
    assert listener.wait(SOON) == "list: 1"
    register(db, debate, "BRA")
    assert listener.wait(SOON) == "list: 2"


def test_a_session_keeps_its_newest_streams_and_loses_the_oldest(hub: Hub) -> None:
    mine = [hub.join("list", "mine") for _ in range(STREAMS_EACH + 1)]
    other = hub.join("list", "other")
    assert [listener.is_over for listener in mine] == [True] + [False] * STREAMS_EACH
    assert mine[0].wait(SOON) is None
    assert not other.is_over
    hub.leave(mine[0])
    hub.leave(mine[1])
    hub.join("list", "mine")
    assert [listener.is_over for listener in mine[2:]] == [False] * (STREAMS_EACH - 1)


def test_a_clock_that_is_set_back_stops_no_beats(hub: Hub, clock: FakeClock) -> None:
    listener = hub.join("list", next(OWNERS))
    assert listener.wait(SOON)
    clock.advance(hours=-1)
    assert not listener._is_awake
    assert listener._sleeping.acquire(timeout=SOON), "nobody was woken"


def test_when_the_hub_closes_every_stream_ends_and_no_connection_stays_borrowed(
    hub: Hub, connections: Connections, db: Database
) -> None:
    listeners = [hub.join(topic, next(OWNERS)) for topic in ("list", "list", "phase")]
    for listener in listeners:
        assert listener.wait(SOON)
    hub.close()
    for listener in [*listeners, hub.join("list", next(OWNERS))]:
        assert listener.wait(SOON) is None
        assert listener.is_over
    for _ in range(100):
        if not hub.is_watching:
            break
        threading.Event().wait(SOON / 100)
    connections.close()
    # Refused where anybody else has the database open.
    assert one_value(db, "pragma journal_mode = delete") == "delete"


def test_a_hub_that_is_closed_starts_no_watcher(hub: Hub) -> None:
    hub.close()
    assert hub.join("list", next(OWNERS)).is_over
    assert not hub.is_watching
