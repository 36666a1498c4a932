"""What every test may ask for: a migrated database, a clock that stands still, the app."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from rostrum.app import create_app, settle
from rostrum.config import Config
from rostrum.store.database import Database, connect
from rostrum.store.migrations import migrate
from tests.factories import FakeClock
from tests.told import check_every_entry_is_told


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated database file without rows, built once and copied for each test."""
    path = tmp_path_factory.mktemp("empty") / "rostrum.db"
    migrate(path)
    return path


@pytest.fixture
def config(tmp_path: Path, empty_database: Path) -> Config:
    """Settings on an instance folder of the test's own."""
    instance = tmp_path / "instance"
    instance.mkdir()
    shutil.copy(empty_database, instance / "rostrum.db")
    return Config(instance, "http://localhost")


@pytest.fixture
def db(config: Config) -> Iterator[Database]:
    """A connection to the instance's database; whatever a test did to it can be told in words."""
    connection = connect(config.database)
    yield connection
    if connection.conn is not None:
        check_every_entry_is_told(connection)
        connection.close()


@pytest.fixture
def clock() -> FakeClock:
    """Half an hour before the opening."""
    return FakeClock()


@pytest.fixture(scope="session")
def assembled(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """The application of this worker; each test settles it on an instance of its own."""
    return create_app(Config(tmp_path_factory.mktemp("assembled"), "http://localhost"))


@pytest.fixture
def app(assembled: Flask, config: Config, clock: FakeClock) -> Iterator[Flask]:
    """The application on that instance and clock."""
    settle(assembled, config, clock)
    yield assembled
    assembled.extensions["rostrum"].connections.close()
