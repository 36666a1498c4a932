"""The first press waits for nothing that a second one would not wait for."""

from __future__ import annotations

import threading

import pytest
from flask import Flask

from rostrum.config import Config
from rostrum.domain.debates.debate import Debate
from rostrum.store.database import Database
from rostrum.web.language.catalogs import LANGUAGES
from rostrum.web.warming import warm_up
from tests.factories import FakeClock
from tests.web.client import Browser
from tests.web.factories import home, make_ready, snapshot


def loaded(app: Flask) -> set[str]:
    """The templates that are compiled."""
    return {name for _, name in app.jinja_env.cache}


def cold(app: Flask) -> set[str]:
    app.jinja_env.cache.clear()
    return loaded(app)


def warm(app: Flask) -> set[str]:
    app.jinja_env.cache.clear()
    warm_up(app)
    return loaded(app)


@pytest.mark.parametrize(("begin", "compiles"), [(cold, True), (warm, False)])
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_warm_server_compiles_nothing_for_a_press(
    app: Flask,
    db: Database,
    debate: Debate,
    opened: FakeClock,
    kenya: Browser,
    language: str,
    begin,
    compiles: bool,
) -> None:
    make_ready(app, db, debate, "KEN")
    kenya.get(f"{home(debate)}?lang={language}")
    before = begin(app)
    kenya.submit("[data-register]", htmx=True)
    assert (loaded(app) != before) == compiles


def test_the_desk_is_open_before_the_first_press(app: Flask) -> None:
    before = threading.active_count()
    warm_up(app)
    assert threading.active_count() == before + 1
    warm_up(app)
    assert threading.active_count() == before + 1


def test_warming_leaves_no_trace(app: Flask, config: Config, db: Database, debate: Debate) -> None:
    def traces() -> tuple[dict, dict]:
        files = {path: path.read_bytes() for path in config.instance.rglob("*") if path.is_file()}
        return snapshot(db), files

    before = traces()
    warm_up(app)
    assert traces() == before
