"""Streams: the present state at once, then every change, and `gone` when the sign-in ended."""

from __future__ import annotations

import pytest
from flask import Flask

from rostrum.actions.registrations import withdraw
from rostrum.domain.debates import Debate
from rostrum.live.hub import BEAT
from rostrum.store.database import Database
from tests.factories import FakeClock, actor, delegation
from tests.web.checks import check_html, parse
from tests.web.client import Browser, words_of
from tests.web.factories import console, home, parts_of, revoke, take_place
from tests.web.streams import html_of, listening, next_news


@pytest.fixture
def registered(app: Flask, db: Database, debate: Debate, opened: FakeClock) -> None:
    for code in ("BRA", "KEN"):
        take_place(app, db, debate, code)


def test_a_delegations_stream_begins_with_its_state_and_tells_every_change(
    registered: None, app: Flask, db: Database, debate: Debate, opened: FakeClock, kenya: Browser
) -> None:
    with listening(kenya, f"{home(debate)}/stream") as messages:
        first = html_of(next_news(messages))
        check_html(first, app)
        partial = parse(first).find("hx-partial")
        assert partial["hx-target"] == "#standing"
        assert partial["hx-swap"] == "outerHTML"
        assert "You are number 2" in words_of(partial)
        withdraw(db, opened.now(), actor("BRA"), debate, delegation(db, "BRA").id)
        second = words_of(parse(html_of(next_news(messages))))
        assert "You are now number 1, before that 2: Brazil withdrew at 9:30:00." in second
        assert parts_of(app).hub.count_listeners() == 1
    assert parts_of(app).hub.count_listeners() == 0


def test_the_opening_is_told_although_nobody_committed(
    debate: Debate, clock: FakeClock, kenya: Browser
) -> None:
    with listening(kenya, f"{home(debate)}/stream") as messages:
        assert "The list opens" in next_news(messages)
        clock.set(debate.opens_at)
        assert "New York" in words_of(parse(html_of(next_news(messages))))


def test_an_ended_session_is_told_that_it_is_gone_and_the_stream_ends(
    registered: None,
    db: Database,
    debate: Debate,
    kenya: Browser,
    opened: FakeClock,
) -> None:
    with listening(kenya, f"{home(debate)}/stream") as messages:
        next_news(messages)
        revoke(db, debate)
        opened.advance(seconds=BEAT.total_seconds())
        rest = list(messages)
    assert rest[-1] == "event: gone\ndata: gone\n\n"


def test_a_stream_without_news_beats_with_the_servers_clock(
    app: Flask, debate: Debate, clock: FakeClock, kenya: Browser
) -> None:
    with listening(kenya, f"{home(debate)}/stream") as messages:
        next_news(messages)
        clock.advance(seconds=BEAT.total_seconds())
        beats = (message for message in messages if message.startswith("event: beat"))
        assert next(beats) == f"event: beat\ndata: {clock.micros()}\n\n"


@pytest.mark.parametrize(
    ("who", "path", "target"),
    [("kenya", "list", "#registered_list"), ("vera", "console", "#console_list")],
)
def test_lists_are_pushed_to_their_place_on_the_page(
    registered: None,
    app: Flask,
    debate: Debate,
    request: pytest.FixtureRequest,
    who: str,
    path: str,
    target: str,
) -> None:
    browser = request.getfixturevalue(who)
    address = {"list": f"{home(debate)}/list", "console": console(debate)}[path]
    with listening(browser, f"{address}/stream") as messages:
        html = html_of(next_news(messages))
        check_html(html, app)
        assert parse(html).find("hx-partial")["hx-target"] == target
        assert "Brazil" in html
