"""Who only watches is told before being signed out, and stays by one key."""

from __future__ import annotations

import re

from flask import Flask

from rostrum.domain.debates.debate import Debate
from rostrum.store.database import Database
from tests.factories import FakeClock
from tests.web.client import Answer, Browser
from tests.web.factories import console, sign_in_member, snapshot

WARNING = "At 9:30:00 New York you are signed out."


def ask(browser: Browser) -> Answer:
    """What a page of the console asks by itself."""
    return browser._ask("GET", "/staff/here", headers={"HX-Request": "true"})


def press_a_key(browser: Browser) -> Answer:
    body = f"csrf_token={browser.token()}".encode()
    kind = "application/x-www-form-urlencoded"
    return browser._ask("PUT", "/staff/here", body, kind, headers={"HX-Request": "true"})


def asks_in(html: str) -> int:
    return int(re.search(r"delay:(\d+)s", html)[1])


def test_an_admin_who_watches_is_warned_and_stays_by_one_key(
    app: Flask, debate: Debate, clock: FakeClock
) -> None:
    anna = sign_in_member(app, "anna")
    page = anna.get(console(debate)).text
    assert (asks_in(page), WARNING in page) == (25 * 60 + 1, False)
    clock.advance(seconds=25 * 60 + 1)
    assert WARNING in ask(anna).text
    assert "Stay signed in" in ask(anna).text
    assert asks_in(ask(anna).text) == 31, "it looks whether somebody was there on another page"
    stays = press_a_key(anna).text
    assert (asks_in(stays), WARNING in stays) == (25 * 60 + 1, False)
    clock.advance(minutes=29)
    anna.get(console(debate))


def test_what_a_page_asks_by_itself_keeps_nobody_signed_in(
    app: Flask, db: Database, debate: Debate, clock: FakeClock
) -> None:
    anna = sign_in_member(app, "anna")
    anna.get(console(debate))
    before = snapshot(db)
    for _ in range(29):
        clock.advance(minutes=1)
        ask(anna)
    assert snapshot(db) == before
    clock.advance(minutes=1)
    assert ask(anna).status == 204, "its stream tells"
    anna.get(console(debate))
    assert anna.path.startswith("/staff/sign-in")


def test_a_verifier_hears_of_the_end_of_the_day_alone(
    app: Flask, debate: Debate, clock: FakeClock
) -> None:
    vera = sign_in_member(app, "vera")
    assert asks_in(vera.get(console(debate)).text) == (12 * 60 - 5) * 60 + 1
    clock.advance(hours=12, minutes=-4)
    page = vera.get(console(debate)).text
    assert "At 21:00:00 New York you are signed out, twelve hours after you signed in." in page
    assert "Stay signed in" not in page


def test_the_button_works_without_javascript(
    app: Flask, db: Database, debate: Debate, clock: FakeClock
) -> None:
    anna = sign_in_member(app, "anna")
    anna.get(console(debate))
    clock.advance(minutes=26)
    anna.post("/staff/here", {"csrf_token": anna.token()})
    clock.advance(minutes=29)
    anna.get(console(debate))
    assert anna.path == console(debate)
