"""The public list is rendered once a change and language, for nobody, and may be kept."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import brotli
import pytest
from flask import Flask, template_rendered
from jinja2_fragments.flask import template_block_rendered

from rostrum.domain.debates.debate import Debate
from rostrum.store.database import Database
from tests.factories import FakeClock
from tests.web.client import Browser
from tests.web.factories import set_instant, show_to_everybody, take_place

LIST, STATE = "", "/state"


@pytest.fixture
def path(db: Database, debate: Debate) -> str:
    show_to_everybody(db, debate)
    return f"/debates/{debate.slug}/list"


@contextmanager
def renderings(app: Flask) -> Iterator[list[str]]:
    """The name of each template, or of its block, that is rendered meanwhile."""
    made: list[str] = []

    def note_page(sender: Flask, template: object, **_: object) -> None:
        made.append(template.name)

    def note_block(sender: Flask, template_name: str, **_: object) -> None:
        made.append(template_name)

    with template_rendered.connected_to(note_page, app):
        template_block_rendered.connect(note_block, app)
        try:
            yield made
        finally:
            template_block_rendered.disconnect(note_block, app)


@pytest.mark.parametrize("tail", [LIST, STATE])
def test_all_who_ask_are_sent_the_same_bytes(
    path: str, tail: str, browser: Browser, kenya: Browser, anna: Browser
) -> None:
    kenya.get("/?lang=fr")
    answers = [each.get(path + tail) for each in (browser, kenya, anna)]
    assert len({answer.body for answer in answers}) == 1
    for answer in answers:
        assert answer.headers["Cache-Control"] == "public, max-age=1"
        assert answer.headers["Vary"] == "Accept-Encoding, Accept-Language"
        assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize("tail", [LIST, STATE])
def test_the_language_is_the_addresss_else_the_browsers(
    app: Flask, path: str, tail: str, browser: Browser
) -> None:
    client = app.test_client()
    asked = client.get(f"{path}{tail}?lang=fr")
    preferred = client.get(path + tail, headers={"Accept-Language": "fr-CH, en;q=0.5"})
    other = client.get(path + tail, headers={"Accept-Language": "xx"})
    assert asked.data == preferred.data != other.data
    assert "L’ouverture" in asked.text or "ouvre" in asked.text
    assert "Set-Cookie" not in asked.headers


def test_the_ways_on_keep_the_language(path: str, browser: Browser) -> None:
    browser.get(f"{path}?lang=es")
    links = [tag["href"] for tag in browser.page.select("main nav a")]
    assert links
    assert all(link.endswith("?lang=es") for link in links)
    live = browser.page.select_one("#live")
    assert live["data-state"] == f"{path}/state?lang=es"
    assert live["hx-sse:connect"] == f"{path}/stream?lang=es"


@pytest.mark.parametrize("tail", [LIST, STATE])
def test_it_is_rendered_once_a_change_and_language(
    app: Flask, db: Database, debate: Debate, path: str, tail: str, opened: FakeClock
) -> None:
    client = app.test_client()
    with renderings(app) as made:
        for _ in range(3):
            for language in ("en", "fr"):
                client.get(f"{path}{tail}?lang={language}")
        assert made == ["public/debates/list.html"] * 2
        take_place(app, db, debate, "KEN")
        made.clear()
        texts = {client.get(path + tail).text for _ in range(3)}
        assert made == ["public/debates/list.html"]
    assert len(texts) == 1
    assert "Kenya" in texts.pop()


def test_what_the_clock_changes_is_rendered_anew(
    db: Database, debate: Debate, path: str, opened: FakeClock, browser: Browser
) -> None:
    set_instant(db, debate, closes_at=opened.now() + timedelta(hours=1))
    browser.get(path)
    assert "The list is open" in browser.words
    opened.advance(hours=1)
    browser.get(path)
    assert "The list closed" in browser.words


def test_a_stream_is_told_the_text_that_the_state_is(app: Flask, path: str) -> None:
    client = app.test_client()
    state = client.get(f"{path}/state").text
    with renderings(app) as made:
        stream = client.get(f"{path}/stream")
        told = next(stream.iter_encoded()).decode()
        stream.close()
    assert made == []
    assert told.replace("data: ", "").split() == state.split()


def test_the_header_alone_tells_the_time(app: Flask, path: str, clock: FakeClock) -> None:
    client = app.test_client()
    first = client.get(path)
    clock.advance(minutes=1)
    second = client.get(path)
    assert first.data == second.data
    assert b"data-made" not in first.data
    assert second.headers["Server-Timing"] == f'clock;desc="{clock.micros()}"'


def test_it_comes_compressed(app: Flask, path: str) -> None:
    client = app.test_client()
    plain = client.get(path)
    packed = client.get(f"{path}?lang=en", headers={"Accept-Encoding": "gzip, br"})
    assert packed.headers["Content-Encoding"] == "br"
    assert brotli.decompress(packed.data) == plain.data
