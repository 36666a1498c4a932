"""What every test may ask for: a migrated database, a clock that stands still, the app."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from hypothesis import settings

from rostrum.app import create_app, settle
from rostrum.config import Config
from rostrum.instance import prepare_instance
from rostrum.store.database import Database, connect
from tests.factories import FakeClock, copy_instance
from tests.journal_in_english import check_every_entry_is_told
from tests.missing_programs import skip_or_fail

# No test fails because a machine is slow.
settings.register_profile("rostrum", deadline=None)
settings.load_profile("rostrum")

LONGEST_ID = 40


def pytest_make_parametrize_id(val: object) -> str | None:
    """Files have no place in the name of a test: some are made anew by each worker, and differ."""
    return "file" if isinstance(val, bytes) and len(val) > LONGEST_ID else None


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated database file without rows, its key beside it; made once, copied for each test."""
    config = Config(tmp_path_factory.mktemp("empty"))
    prepare_instance(config)
    return config.database


@pytest.fixture(scope="session")
def soffice() -> str:
    """LibreOffice; only a machine that is no build server may do without."""
    found = shutil.which("soffice") or shutil.which("libreoffice")
    return found or skip_or_fail("LibreOffice is not installed")


@pytest.fixture
def config(tmp_path: Path, empty_database: Path) -> Config:
    """Settings on an instance folder of the test's own."""
    instance = tmp_path / "instance"
    copy_instance(empty_database, instance)
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
def assembled(tmp_path_factory: pytest.TempPathFactory, empty_database: Path) -> Flask:
    """The application of this worker; each test settles it on an instance of its own."""
    folder = tmp_path_factory.mktemp("assembled")
    copy_instance(empty_database, folder)
    return create_app(Config(folder, "http://localhost"))


@pytest.fixture
def app(assembled: Flask, config: Config, clock: FakeClock) -> Iterator[Flask]:
    """The application on that instance and clock."""
    settle(assembled, config, clock)
    yield assembled
    assembled.extensions["rostrum"].connections.close()
