"""An instance with a debate, invitations and staff, and browsers signed in to it."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask

from rostrum.config import Config
from rostrum.domain.debates.debate import Debate
from rostrum.domain.staff.accounts import Role
from rostrum.store.database import Database, connect
from rostrum.store.debates import list_debates
from tests.factories import OPENS_AT, FakeClock, copy_instance, make_debate, make_invitations
from tests.web.client import Browser
from tests.web.factories import add_member, sign_in, sign_in_member

INVITED = ("KEN", "BRA", "JPN", "PSE", "FRA")
"""Two Member States more than a test needs, an observer, and a member of the Council."""


@pytest.fixture(scope="session")
def furnished_database(empty_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The debate of 24 March 2025, invitations and staff; built once and copied per test."""
    folder = tmp_path_factory.mktemp("furnished")
    copy_instance(empty_database, folder)
    path = folder / "rostrum.db"
    db = connect(path)
    make_invitations(db, make_debate(db), *INVITED)
    for name, role in (("vera", Role.VERIFIER), ("carl", Role.CHAIR), ("anna", Role.ADMIN)):
        add_member(db, name, role)
    db.close()
    return path


@pytest.fixture
def config(tmp_path: Path, furnished_database: Path) -> Config:
    """Settings on an instance folder of the test's own, furnished."""
    instance = tmp_path / "instance"
    copy_instance(furnished_database, instance)
    return Config(instance, "http://localhost")


@pytest.fixture
def debate(db: Database) -> Debate:
    return list_debates(db)[0]


@pytest.fixture
def opened(clock: FakeClock) -> FakeClock:
    """The clock at the second of the opening."""
    clock.set(OPENS_AT)
    return clock


@pytest.fixture
def browser(app: Flask) -> Browser:
    """A browser that is signed in nowhere."""
    return Browser(app)


@pytest.fixture
def kenya(app: Flask, db: Database, debate: Debate) -> Browser:
    """Kenya's phone on Kenya's page."""
    return sign_in(app, db, debate, "KEN")


@pytest.fixture
def brazil(app: Flask, db: Database, debate: Debate) -> Browser:
    """Brazil's phone on Brazil's page."""
    return sign_in(app, db, debate, "BRA")


@pytest.fixture
def vera(app: Flask) -> Browser:
    """A verifier's laptop."""
    return sign_in_member(app, "vera")


@pytest.fixture
def anna(app: Flask) -> Browser:
    """An admin's laptop."""
    return sign_in_member(app, "anna")


@pytest.fixture
def carl(app: Flask) -> Browser:
    """The chair's laptop: sees the list, reads no letters."""
    return sign_in_member(app, "carl")
