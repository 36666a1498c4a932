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
from tests.load.phones import Phone, look, press
from tests.load.served_instance import ServedInstance
from tests.load.server import running
from tests.load.test_fairness import WITHOUT_A_LINE

pytestmark = pytest.mark.load

MANY, CONNECTIONS, TIMES = 800, 64, 3
HEALTH = look("/healthz")


@pytest.fixture
def unfair(config: Config, db: Database) -> Iterator[ServedInstance]:
    """A served whose server has no line."""
    with running(config, WITHOUT_A_LINE) as server:
        yield ServedInstance(server, db)


def public_state(served: ServedInstance) -> tuple[bytes, list[Phone]]:
    """A look at the list of a new debate that everybody may see, and phones ready to press."""
    debate, phones = served.ready(TIMES, visibility=Visibility.PUBLIC)
    return look(f"/debates/{debate.slug}/list/state"), phones


def answered_before_health(served: ServedInstance) -> int:
    request, _ = public_state(served)
    with pipelining(served.address, request, MANY) as crush:
        return crush.answered_before(HEALTH)


@pytest.mark.xdist_group("served")
def test_many_requests_on_one_connection_hold_nobody_up(
    served: ServedInstance, unfair: ServedInstance
) -> None:
    assert answered_before_health(served) * 10 < answered_before_health(unfair)


def answered_beside_busy(served: ServedInstance) -> tuple[int, int]:
    """Before looks, and before presses, of others."""
    request, phones = public_state(served)
    with busy(served.address, request, CONNECTIONS) as crush:
        looks = sum(crush.answered_before(HEALTH) for _ in phones)
        presses = sum(crush.answered_before(press(phone)) for phone in phones)
    return looks, presses


@pytest.mark.xdist_group("served")
def test_nobody_waits_for_busy_connections(served: ServedInstance, unfair: ServedInstance) -> None:
    ours, theirs = answered_beside_busy(served), answered_beside_busy(unfair)
    assert ours[0] * 3 < theirs[0]
    assert ours[1] * 3 < theirs[1]
