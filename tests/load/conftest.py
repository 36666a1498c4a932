"""The server that the load tests share (starting one takes as long as a test); a second hand."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from rostrum.config import Config
from rostrum.store.database import Database, connect
from tests.factories import copy_instance
from tests.load.served_instance import ServedInstance
from tests.load.server import running


@pytest.fixture(scope="session")
def served(
    tmp_path_factory: pytest.TempPathFactory, empty_database: Path
) -> Iterator[ServedInstance]:
    """The instance of this worker; no test may stop its server."""
    instance = tmp_path_factory.mktemp("served") / "instance"
    copy_instance(empty_database, instance)
    with running(Config(instance)) as server:
        db = connect(server.config.database)
        yield ServedInstance(server, db)
        db.close()


@pytest.fixture
def other(config: Config, monkeypatch: pytest.MonkeyPatch) -> Iterator[Database]:
    """A second connection to the test's database; whoever finds it locked gives up at once."""
    monkeypatch.setattr("rostrum.store.database.BUSY_TRIES", 1)
    connection = connect(config.database)
    yield connection
    connection.close()
