"""Streams: the present state at once, then every change, and `gone` when the sign-in ended."""

from __future__ import annotations

import zlib
from contextlib import ExitStack
from dataclasses import replace

import pytest
from flask import Flask

from rostrum.actions.debates.lifecycle import NewDates, postpone
from rostrum.actions.debates.messages import Wanted, send_message
from rostrum.actions.debates.settings import change_debate
from rostrum.actions.order.council import draw_council_order
from rostrum.actions.registrations.withdrawal import withdraw
from rostrum.domain.actors import Actor
from rostrum.domain.debates.debate import Debate
from rostrum.live.hub import BEAT, STREAMS_EACH
from rostrum.store.database import Database
from tests.factories import FakeClock, actor, delegation
from tests.web.client import Browser, words_of
from tests.web.factories import (
    console,
    home,
    link,
    parts_of,
    renew,
    revoke,
    sign_in_member,
    take_place,
)
from tests.web.html_checks import check_html, parse
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
        withdraw(db, opened.now(), actor("BRA"), debate, delegation_id=delegation(db, "BRA").id)
        second = words_of(parse(html_of(next_news(messages))))
        assert "You are now number 1 instead of 2: Brazil withdrew at 9:30:00." in second
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


def test_the_stream_that_a_newer_one_of_its_session_displaces_is_told_so(
    registered: None, debate: Debate, kenya: Browser
) -> None:
    with ExitStack() as open_pages:
        first = open_pages.enter_context(listening(kenya, f"{home(debate)}/stream"))
        next_news(first)
        for _ in range(STREAMS_EACH):
            newer = open_pages.enter_context(listening(kenya, f"{home(debate)}/stream"))
            next_news(newer)
        assert list(first)[-1] == "event: gone\ndata: full\n\n"
        asks_again = kenya.client.get(f"{home(debate)}/stream", headers={"If-Room": "1"})
        assert asks_again.text == "event: gone\ndata: full\n\n"


def test_who_was_signed_in_is_told_why_that_ended_and_what_to_do(
    app: Flask, db: Database, debate: Debate, kenya: Browser
) -> None:
    old_link = link(app, db, debate, "KEN")
    for end, says in (
        (renew, "Your invitation link was renewed: open the new one"),
        (revoke, "The Presidency has ended this invitation. If that is a mistake, call."),
    ):
        end(db, debate)
        for path in (home(debate), f"{home(debate)}/state", old_link):
            kenya.get(path, status=404)
            assert says in kenya.says("#problem")
    stranger = Browser(app)
    stranger.get(home(debate), status=404)
    assert says not in stranger.words


def test_a_stream_without_news_beats_with_the_servers_clock(
    app: Flask, debate: Debate, clock: FakeClock, kenya: Browser
) -> None:
    with listening(kenya, f"{home(debate)}/stream") as messages:
        next_news(messages)
        clock.advance(seconds=BEAT.total_seconds())
        beats = (message for message in messages if message.startswith("event: beat"))
        assert next(beats) == f"event: beat\ndata: {clock.micros()} 0\n\n"


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


@pytest.mark.parametrize(
    ("tail", "told"),
    [
        ("/settings/edit", "Changed by olga at 9:00:00: Settings changed."),
        ("/messages", "Changed by olga at 9:00:00: Message sent."),
        ("/council", "Changed by olga at 9:00:00: Order of the Council members set."),
    ],
)
def test_a_page_with_a_form_tells_what_others_changed_and_keeps_what_is_typed(
    app: Flask, db: Database, debate: Debate, clock: FakeClock, anna: Browser, tail: str, told: str
) -> None:
    olga = Actor("staff", "olga")
    anna.get(console(debate) + tail)
    anna.poll()
    assert anna.says("#changes") == ""
    form = anna.page.select_one("main form")
    changed = replace(debate, speaking_limit=240)
    change_debate(db, clock.now(), olga, changed=changed, seen=debate.version)
    send_message(db, clock.now(), olga, debate, wanted=Wanted("Use the east door."))
    draw_council_order(db, clock.now(), olga, debate, presidency_last=True)
    anna.poll()
    assert anna.says("#changes") == f"{told} Refresh"
    assert anna.page.select_one("main form") is form
    anna.get(console(debate) + tail)
    anna.poll()
    assert anna.says("#changes") == ""


def test_what_one_did_oneself_in_another_tab_is_not_told_as_a_change_by_others(
    app: Flask, db: Database, debate: Debate, opened: FakeClock, vera: Browser
) -> None:
    take_place(app, db, debate, "BRA")
    anna = sign_in_member(app, "anna")
    for each in (anna, vera):
        each.get(f"{console(debate)}/registrations/1/move")
    take_place(app, db, debate, "KEN")
    vera.poll()
    assert vera.says("#changes") == "Changed by Kenya at 9:30:00: Registered. Refresh"
    for each in (anna, vera):
        each.get(f"{console(debate)}/registrations/1/move")
    tab = sign_in_member(app, "anna")
    tab.get(f"{console(debate)}/registrations/1/move")
    tab.submit("#move_place form", {"place": "2", "ground": "travel"})
    for each in (anna, vera):
        each.poll()
    assert anna.says("#changes") == ""
    told = "Changed by anna at 9:30:00: Moved by the Presidency. Brazil. Refresh"
    assert vera.says("#changes") == told


def test_the_overview_of_the_debates_is_live(
    app: Flask, db: Database, debate: Debate, clock: FakeClock, carl: Browser
) -> None:
    carl.get("/staff")
    postpone(
        db,
        clock.now(),
        Actor("staff", "anna"),
        debate,
        reason="The chair travels.",
        dates=NewDates(),
    )
    carl.poll()
    assert "Postponed" in carl.says("#overview")
    assert not carl.has("#overview a[href$=settings]")


def test_every_console_page_that_others_may_change_hears_of_it(
    registered: None, app: Flask, debate: Debate, anna: Browser
) -> None:
    anna.get("/staff/people")
    pages = [
        "/staff",
        "/staff/people",
        "/staff/people/1",
        "/staff/delegations",
        "/staff/delegations/1",
        "/staff/journal",
    ]
    pages += [
        console(debate) + tail
        for tail in (
            "", "/order", "/levels", "/council", "/swaps", "/messages", "/settings", "/journal",
            "/settings/edit", "/settings/notice/fr", "/settings/council", "/settings/status",
            "/invitations", "/retention", "/registrations/1/move", "/registrations/1/letter",
            "/exports", "/fairness", "/invitations/1", "/journal?kind=registered",
        )
    ]  # fmt: skip
    for path in pages:
        anna.get(path)
        assert anna.has("#live"), path
        anna.poll()


def test_a_browser_that_takes_gzip_is_told_the_same_compressed(
    registered: None, db: Database, debate: Debate, kenya: Browser, opened: FakeClock
) -> None:
    path = f"{home(debate)}/stream"
    with listening(kenya, path) as messages:
        expected = next_news(messages)
    response = kenya.client.get(path, headers={"Accept-Encoding": "gzip, br"})
    assert response.headers["Content-Encoding"] == "gzip"
    assert response.headers["Vary"].startswith("Accept-Encoding")
    reader = zlib.decompressobj(zlib.MAX_WBITS | 16)
    pieces = response.iter_encoded()
    assert reader.decompress(next(pieces)).decode() == expected
    revoke(db, debate)
    opened.advance(seconds=BEAT.total_seconds())
    rest = b"".join(reader.decompress(piece) for piece in pieces)
    assert rest.endswith(b"event: gone\ndata: gone\n\n")
    assert reader.eof
