"""Nobody keeps others waiting by asking again and again; each test has the same without a line.

What is counted is how many answers the busy ones got before the other got its own.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from rostrum.config import Config
from rostrum.domain.debates.debate import Visibility
from rostrum.store.database import Database
from tests.load.busy import busy, pipelining
from tests.load.hall import Hall
from tests.load.phones import Phone, look, press
from tests.load.server import running
from tests.load.test_fairness import WITHOUT_A_LINE

pytestmark = pytest.mark.load

MANY, CONNECTIONS, TIMES = 800, 64, 3
HEALTH = look("/healthz")


@pytest.fixture
def unfair(config: Config, db: Database) -> Iterator[Hall]:
    """A hall whose server has no line."""
    with running(config, WITHOUT_A_LINE) as server:
        yield Hall(server, db)


def public_state(hall: Hall) -> tuple[bytes, list[Phone]]:
    """A look at the list of a new debate that everybody may see, and phones ready to press."""
    debate, phones = hall.ready(TIMES, visibility=Visibility.PUBLIC)
    return look(f"/debates/{debate.slug}/list/state"), phones


def answered_before_health(hall: Hall) -> int:
    request, _ = public_state(hall)
    with pipelining(hall.address, request, MANY) as crush:
        return crush.answered_before(HEALTH)


@pytest.mark.xdist_group("hall")
def test_many_requests_on_one_connection_hold_nobody_up(hall: Hall, unfair: Hall) -> None:
    assert answered_before_health(hall) * 10 < answered_before_health(unfair)


def answered_beside_busy(hall: Hall) -> tuple[int, int]:
    """Before looks, and before presses, of others."""
    request, phones = public_state(hall)
    with busy(hall.address, request, CONNECTIONS) as crush:
        looks = sum(crush.answered_before(HEALTH) for _ in phones)
        presses = sum(crush.answered_before(press(phone)) for phone in phones)
    return looks, presses


@pytest.mark.xdist_group("hall")
def test_nobody_waits_for_busy_connections(hall: Hall, unfair: Hall) -> None:
    ours, theirs = answered_beside_busy(hall), answered_beside_busy(unfair)
    assert ours[0] * 3 < theirs[0]
    assert ours[1] * 3 < theirs[1]
