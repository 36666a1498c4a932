"""The outside address in the console: which holds, setting it, and what is said of dead links."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask import Flask

from rostrum.actions.instance.addresses import find_address, note_listening, set_address
from rostrum.app import settle
from rostrum.config import Config
from rostrum.domain.actors import COMMAND_LINE
from rostrum.domain.debates.debate import Debate
from rostrum.domain.instance.addresses import Source
from rostrum.store.database import Database
from rostrum.store.journal import list_entries
from tests.factories import OPENS_AT, FakeClock, contents
from tests.journal_in_english import latest_in_english
from tests.web.client import Browser
from tests.web.factories import console, home, sign_in, sign_in_member, take_place

OUTSIDE = "https://list.mission.example"
PAGE = "/staff/address"
LOCAL_WORDS = "only the computer on which Rostrum runs can open them"


@pytest.fixture
def app(assembled: Flask, config: Config, clock: FakeClock) -> Iterator[Flask]:
    """The application where the environment says no address; its server listens on port 8114."""
    settle(assembled, replace(config, base_url=""), clock)
    parts = assembled.extensions["rostrum"]
    with parts.connections.borrowed() as db:
        note_listening(db, "http://127.0.0.1:8114")
    yield assembled
    parts.connections.close()


def admin_at(app: Flask, base_url: str) -> Browser:
    """An admin's browser that has this address in its line."""
    anna = sign_in_member(app, "anna")
    anna.hold(anna.cookies, base_url.partition("://")[2].partition(":")[0])
    anna.base_url = base_url
    return anna


def keep(browser: Browser, text: str, tried: str | None = None, status: int = 200) -> None:
    browser.get(PAGE)
    browser.submit("#keep_address", {"base_url": text}, status=422 if tried else status)
    if tried:
        browser.submit("#keep_address", {"tried": [tried]}, status=status)


def handing_out(debate: Debate) -> tuple[str, ...]:
    """The pages on which links are handed out, and the first after the sign-in."""
    invitations = f"{console(debate)}/invitations"
    tails = ("", "/new", "/1", "/cards")
    people = ("/staff/people", "/staff/people/1")
    return ("/staff", *people, *(f"{invitations}{tail}" for tail in tails))


def test_the_page_says_which_address_holds_and_where_it_comes_from(
    anna: Browser, db: Database
) -> None:
    anna.get(PAGE)
    assert "Links begin withhttp://127.0.0.1:8114" in anna.words
    assert "where the server listens: no outside address is set" in anna.words
    assert "You are athttp://localhost" in anna.words
    set_address(db, OPENS_AT, COMMAND_LINE, OUTSIDE)
    anna.get(PAGE)
    assert f"Links begin with{OUTSIDE}" in anna.words
    assert "what was set here" in anna.words
    assert "Links lead elsewhere" in anna.words
    assert anna.value("base_url") == OUTSIDE


def test_the_environment_wins_and_leaves_nothing_to_set(
    app: Flask, config: Config, clock: FakeClock, db: Database
) -> None:
    settle(app, replace(config, base_url=OUTSIDE), clock)
    anna = admin_at(app, OUTSIDE)
    anna.get(PAGE)
    assert "ROSTRUM_BASE_URL, where the server starts" in anna.words
    assert "Links lead to where you are." in anna.words
    assert not anna.has("#keep_address")
    before = contents(db)
    anna.post(PAGE, {"base_url": "http://x.example", "csrf_token": anna.token()}, status=409)
    assert contents(db) == before


def test_the_address_where_the_admin_is_is_kept_at_once(app: Flask, db: Database) -> None:
    anna = admin_at(app, "http://list.mission.example:8114")
    keep(anna, " HTTP://List.Mission.Example:8114/ ")
    assert find_address(db, "").url == "http://list.mission.example:8114"
    assert "Links lead to where you are." in anna.words
    entry, _ = list_entries(db)[-1]
    assert (entry.kind, entry.actor) == ("address changed", "staff:anna")
    assert latest_in_english(db, "address changed").endswith(
        "none → http://list.mission.example:8114"
    )


def test_another_address_is_kept_once_it_was_tried(anna: Browser, db: Database) -> None:
    keep(anna, OUTSIDE, status=422)
    assert anna.problem("tried") == "Try the address, and tick that it leads here."
    assert anna.has(f"a[href='{OUTSIDE}/staff']")
    assert find_address(db, "").source is Source.LISTENING
    both = {"base_url": "https://else.example", "tried": [OUTSIDE]}
    anna.submit("#keep_address", both, status=422)
    assert find_address(db, "").source is Source.LISTENING, "the other one was not tried"
    keep(anna, OUTSIDE, tried=OUTSIDE)
    assert find_address(db, "").url == OUTSIDE


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "Give the address."),
        ("list.mission.example", "Begin the address with"),
        ("https://list.mission.example/rostrum", "End the address after"),
        ("https://" + "a" * 300, "there is room for 200"),
    ],
)
def test_an_address_of_no_good_form_is_told_at_its_field(
    anna: Browser, db: Database, text: str, words: str
) -> None:
    before = contents(db)
    keep(anna, text, status=422)
    assert words in anna.problem("base_url")
    assert anna.value("base_url") == text
    assert contents(db) == before


def test_links_follow_the_address_at_once(
    app: Flask, anna: Browser, db: Database, debate: Debate
) -> None:
    page = f"{console(debate)}/invitations/1"
    anna.get(page)
    assert str(anna._one("#link")["value"]).startswith("http://127.0.0.1:8114/invitations/")
    keep(anna, OUTSIDE, tried=OUTSIDE)
    anna.get(page)
    assert str(anna._one("#link")["value"]).startswith(f"{OUTSIDE}/invitations/")
    table = anna.get(f"{console(debate)}/invitations/links.csv").body.decode("utf-8-sig")
    assert table.count(f"{OUTSIDE}/invitations/") == 5
    assert "127.0.0.1" not in table


def test_before_links_are_handed_out_the_console_says_where_they_lead(
    app: Flask, db: Database, debate: Debate
) -> None:
    anna = admin_at(app, "http://list.mission.example")
    for path in handing_out(debate):
        anna.get(path)
        assert LOCAL_WORDS in anna.words, path
        assert anna.has("main a[href='/staff/address']"), path
    set_address(db, OPENS_AT, COMMAND_LINE, "http://other.example")
    for path in handing_out(debate):
        anna.get(path)
        words = "begin with http://other.example, but you are at http://list.mission.example."
        assert words in anna.words, path
    set_address(db, OPENS_AT, COMMAND_LINE, "http://list.mission.example")
    for path in handing_out(debate):
        anna.get(path)
        assert not anna.has(".warning"), path


def test_a_one_time_link_is_shown_with_where_it_leads(app: Flask) -> None:
    anna = admin_at(app, "http://list.mission.example")
    anna.get("/staff/people/1")
    anna.submit("#reset")
    assert str(anna._one("#link")["value"]).startswith("http://127.0.0.1:8114/staff/links/")
    assert LOCAL_WORDS in anna.words


def test_on_the_servers_own_computer_local_links_are_told_too(app: Flask, debate: Debate) -> None:
    anna = admin_at(app, "http://127.0.0.1:8114")
    anna.get(f"{console(debate)}/invitations")
    assert LOCAL_WORDS in anna.words


def test_whoever_sets_no_address_is_not_told(carl: Browser, vera: Browser) -> None:
    for browser in (carl, vera):
        browser.get("/staff")
        assert not browser.has(".warning")
        browser.get(PAGE, status=403)


@pytest.mark.parametrize(
    ("headers", "here"),
    [
        ({}, "http://127.0.0.1:8000"),
        ({"Sec-Fetch-Site": "same-origin"}, OUTSIDE),
        ({"Sec-Fetch-Site": "cross-site"}, "http://127.0.0.1:8000"),
        ({"Sec-Fetch-Site": "same-origin", "Referer": "about:blank"}, "http://127.0.0.1:8000"),
    ],
)
def test_behind_a_proxy_that_hides_the_host_the_browsers_own_page_tells_where_it_is(
    app: Flask, headers: dict[str, str], here: str
) -> None:
    anna = admin_at(app, "http://127.0.0.1:8000")
    sent = {"Referer": f"{OUTSIDE}/staff", **headers}
    text = anna._ask("GET", PAGE, headers=sent).text
    assert f'You are at</dt><dd dir="ltr">{here}</dd>' in text


def test_a_delegation_is_told_where_its_links_lead_elsewhere(
    app: Flask, db: Database, debate: Debate, opened: FakeClock
) -> None:
    take_place(app, db, debate)
    words = "The link begins with https://list.mission.example, but you are at http://localhost."
    kenya = sign_in(app, db, debate, "KEN")
    set_address(db, opened.now(), COMMAND_LINE, OUTSIDE)
    pages = [f"{home(debate)}/shares"]
    kenya.get(home(debate))
    pages.append(str(kenya._one("a[href^='/receipts/']")["href"]))
    for path in pages:
        kenya.get(path)
        assert words in kenya.words
    set_address(db, opened.now(), COMMAND_LINE, "http://localhost")
    for path in pages:
        kenya.get(path)
        assert "The link begins with" not in kenya.words


def test_an_address_in_the_line_that_is_none_breaks_nothing(app: Flask) -> None:
    anna = sign_in_member(app, "anna")
    response = anna.client.get(PAGE, headers={"Host": "[bad"})
    assert response.status_code in (200, 303, 400)
