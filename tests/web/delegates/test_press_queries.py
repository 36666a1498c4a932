"""What a press asks of the database: thousands may come at once."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flask import Flask

from rostrum.config import Config
from rostrum.domain.debates.debate import Debate
from rostrum.store.database import Database
from tests.factories import FakeClock
from tests.web.client import Browser
from tests.web.factories import home, make_ready, parts_of
from tests.web.request_bodies import urlencoded

ENDS = ("begin immediate", "commit")
FIRST, AGAIN = 18, 9
"""Statements, the writer's among them: a further press finds the place and notes that it came."""


@pytest.fixture
def config(config: Config) -> Config:
    """Nothing in the environment says the outside address: it is looked up, as on most servers."""
    return replace(config, base_url="")


@pytest.fixture
def statements(app: Flask) -> list[str]:
    """Everything that the database is asked from now on, but for a transaction's two ends.

    The connections that requests and the desk will borrow are borrowed first.
    """
    seen: list[str] = []
    connections = parts_of(app).connections
    borrowed = [connections.borrow() for _ in range(4)]
    for each in borrowed:
        each.conn.set_trace_callback(seen.append)
        connections.give_back(each)
    return seen


def test_a_press_asks_no_more_of_the_database_than_it_needs(
    app: Flask,
    db: Database,
    debate: Debate,
    opened: FakeClock,
    kenya: Browser,
    statements: list[str],
) -> None:
    make_ready(app, db, debate)
    body, kind = urlencoded([("csrf_token", kenya.token())])
    for most in (FIRST, AGAIN):
        statements.clear()
        path = f"{home(debate)}/registration"
        answer = kenya._ask("POST", path, body, kind, {"HX-Request": "true"})
        assert "You are number" in answer.text
        found = [each for each in statements if each not in ENDS]
        assert len(found) <= most, "\n".join(found)
        assert len(set(found)) == len(found), "something was asked twice"
