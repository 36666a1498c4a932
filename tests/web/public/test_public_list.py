"""The public list: the same for everybody, live, without anything personal; bounded."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flask import Flask

from rostrum.actions.debates.lifecycle import cancel
from rostrum.actions.debates.messages import Wanted, send_message
from rostrum.actions.debates.settings import change_debate
from rostrum.config import Config
from rostrum.domain.actors import COMMAND_LINE
from rostrum.domain.debates.debate import Debate, Visibility
from rostrum.store.database import Database
from rostrum.store.debates import get_debate_by_id
from tests.factories import FakeClock
from tests.web.client import Browser
from tests.web.factories import SPEAKER, parts_of, set_instant, show_to_everybody, take_place


@pytest.fixture
def config(config: Config) -> Config:
    """There is room for one page of everybody's."""
    return replace(config, public_streams=1)


@pytest.fixture
def path(db: Database, debate: Debate) -> str:
    show_to_everybody(db, debate)
    return f"/debates/{debate.slug}/list"


def hide(db: Database, debate: Debate) -> None:
    found = get_debate_by_id(db, debate.id)
    changed = replace(found, visibility=Visibility.DELEGATIONS)
    change_debate(db, debate.opens_at, COMMAND_LINE, changed=changed, seen=found.version)


def first_message(browser: Browser, path: str) -> str:
    response = browser.stream(f"{path}/stream")
    text = next(response.iter_encoded()).decode()
    response.close()
    return text


def test_before_the_opening_it_counts_down(path: str, browser: Browser) -> None:
    browser.get(path)
    assert browser.says(".countdown") == "9:30"
    assert browser.has("[data-own-time]")
    assert "Nobody has registered yet." in browser.words


def test_it_shows_every_section_and_nothing_personal(
    app: Flask, db: Database, debate: Debate, path: str, opened: FakeClock, browser: Browser
) -> None:
    for code in ("KEN", "BRA"):
        take_place(app, db, debate, code)
    for wanted in (Wanted("In the Trusteeship Council.", is_public=True), Wanted("Send letters.")):
        send_message(db, opened.now(), COMMAND_LINE, debate, wanted=wanted)
    page = browser.get(path).text
    assert "The list is open" in browser.words
    assert "2 delegations are registered" in browser.words
    assert [tag.get_text() for tag in browser.page.select("h2")] == [
        "Registered delegations",
        "Briefers",
        "Council members",
    ]
    assert "After the briefers and the 15 Council members." in browser.words
    assert browser.says(".kicker") == "Security Council · Mon 24 March, 10:00 New York"
    assert debate.notice.venue in browser.words
    assert browser.says("ol.places li:first-child").startswith("1 Kenya about")
    assert "Trusteeship Council" in browser.words
    assert "Send letters." not in browser.words
    for text in (page, browser.poll().text, first_message(browser, path)):
        personal = [SPEAKER[name] for name in ("name", "contact_email", "contact_phone")]
        assert [each for each in personal if each in text] == []
        assert "<form" not in text.partition("<main")[2]


def test_it_tells_the_closing_and_what_became_of_the_debate(
    db: Database, debate: Debate, path: str, opened: FakeClock, browser: Browser
) -> None:
    opened.advance(hours=1)
    set_instant(db, debate, closes_at=opened.now())
    browser.get(path)
    assert "The list closed on Wed 19 March, 10:30 New York" in browser.words
    found = get_debate_by_id(db, debate.id)
    cancel(db, opened.now(), COMMAND_LINE, found, "The President fell ill.")
    browser.poll()
    assert "The debate is cancelled" in browser.words
    assert "The President fell ill." in browser.words


def test_who_looks_at_it_loses_it_when_it_is_hidden(
    app: Flask, db: Database, debate: Debate, path: str, browser: Browser
) -> None:
    response = browser.stream(f"{path}/stream")
    messages = (chunk.decode() for chunk in response.iter_encoded())
    assert next(messages).startswith("data: <hx-partial")
    hide(db, debate)
    assert next(each for each in messages if "beat" not in each) == "event: gone\ndata: gone\n\n"
    response.close()
    for tail in ("", "/stream", "/state"):
        browser.get(path + tail, status=404)


def test_over_the_bound_a_page_is_sent_away_and_asks_instead(
    app: Flask, path: str, browser: Browser
) -> None:
    response = browser.stream(f"{path}/stream")
    first = next(response.iter_encoded()).decode()
    assert first.startswith("data: <hx-partial")
    assert first_message(browser, path) == "event: gone\ndata: slow\n\n"
    assert parts_of(app).hub.count_listeners() == 1
    browser.get(path)
    assert 'id="public_list"' in browser.poll().text
    response.close()
    assert first_message(browser, path).startswith("data: <hx-partial")


def test_the_landing_page_lists_what_is_public(
    db: Database, debate: Debate, clock: FakeClock, browser: Browser
) -> None:
    browser.get("/")
    assert debate.notice.title not in browser.words
    show_to_everybody(db, debate)
    browser.get("/")
    assert "The list opens on Wed 19 March, 9:30 New York" in browser.says(".open-debates")
    clock.set(debate.opens_at)
    browser.get("/")
    assert "The list is open" in browser.says(".open-debates")
    browser.follow(".open-debates a")
    assert browser.path == f"/debates/{debate.slug}/list?lang=en"
