"""What the tests of actions share: the debate, and a desk on the clock that stands still."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from rostrum.actions.registrations.desk import Desk
from rostrum.config import Config
from rostrum.domain.debates.debate import Debate
from rostrum.store.database import Connections, Database
from tests.factories import FakeClock, make_debate


@pytest.fixture
def debate(db: Database) -> Debate:
    """The debate of 24 March 2025."""
    return make_debate(db)


@pytest.fixture
def connections(config: Config) -> Iterator[Connections]:
    """The pool from which the desk borrows."""
    pool = Connections(config.database)
    yield pool
    pool.close()


@pytest.fixture
def desk(connections: Connections, clock: FakeClock) -> Desk:
    """A desk whose stamps come from the clock that stands still."""
    return Desk(connections, clock.stamp)
