"""Headers on every kind of answer, and the cookie's attributes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask import Flask

from rostrum.actions.instance.addresses import set_address
from rostrum.app import create_app, settle
from rostrum.config import Config
from rostrum.domain.actors import COMMAND_LINE
from rostrum.domain.debates.debate import Debate
from rostrum.store.database import Database
from tests.factories import FakeClock
from tests.web.client import Answer, Browser
from tests.web.factories import console, home, link, make_ready

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
NO_DOCUMENT = "default-src 'none'; frame-ancestors 'none'"
ALWAYS = {"X-Content-Type-Options": "nosniff", "X-Robots-Tag": "noindex"}
ON_PAGES = {
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}


def check(answer: Answer, policy: str | None = None) -> None:
    """What every answer says, and what a page says besides."""
    kind = answer.headers["Content-Type"].partition(";")[0]
    is_page = kind == "text/html"
    for name, value in (ALWAYS | ON_PAGES if is_page else ALWAYS).items():
        assert answer.headers.getlist(name) == [value]
    policy = policy or (POLICY if is_page else NO_DOCUMENT)
    expected = [] if kind in ("text/plain", "text/event-stream") else [policy]
    assert answer.headers.getlist("Content-Security-Policy") == expected
    assert "Strict-Transport-Security" not in answer.headers


def test_answers_to_strangers_carry_the_headers(browser: Browser) -> None:
    found = ("/", "/healthz", "/clock", "/staff/sign-in")
    expected = dict.fromkeys(found, 200) | {"/staff": 303, "/nowhere": 404}
    for path, status in (expected | {"/invitations/1-x": 404, "/staff/sign-out": 303}).items():
        answer = browser.get(path, status)
        check(answer)
        assert answer.headers["Cache-Control"] == "no-store"


def test_answers_to_delegations_carry_the_headers(debate: Debate, kenya: Browser) -> None:
    for tail in ("", "/state", "/list", "/list/list.csv", "/letter", "/speaker"):
        answer = kenya.get(home(debate) + tail)
        check(answer)
        assert answer.headers["Cache-Control"] == "no-store"


def test_answers_to_posts_carry_the_headers(
    app: Flask, db: Database, debate: Debate, kenya: Browser
) -> None:
    check(kenya.submit("button.save", status=422))
    check(kenya.submit("button.save", htmx=True, status=422))
    check(kenya.post(f"{home(debate)}/draft", status=400))


def test_a_stream_is_never_stored_and_not_held_back(debate: Debate, kenya: Browser) -> None:
    response = kenya.stream(f"{home(debate)}/stream")
    answer = Answer(response.status_code, response.headers, b"")
    response.close()
    check(answer)
    assert answer.headers["Content-Type"] == "text/event-stream; charset=utf-8"
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Accel-Buffering"] == "no"


def test_a_letter_has_a_policy_of_its_own(
    app: Flask, db: Database, debate: Debate, kenya: Browser
) -> None:
    make_ready(app, db, debate)
    answer = kenya.get(f"{home(debate)}/letter/original")
    check(answer, "default-src 'none'; frame-ancestors 'none'; sandbox")


def test_cookies_are_for_http_only_and_this_site(
    app: Flask, db: Database, debate: Debate, browser: Browser
) -> None:
    path = link(app, db, debate, "KEN")
    given = browser.get(path).headers.getlist("Set-Cookie")
    given += browser.submit("form", status=303).headers.getlist("Set-Cookie")
    assert {cookie.partition("-")[0] for cookie in given} == {"rostrum"}
    assert len(given) == 3, "the form's secret, the session, the secret for as long"
    for cookie in given:
        assert "; HttpOnly" in cookie
        assert "; SameSite=Lax" in cookie
        assert "; Path=/" in cookie
        assert "; Max-Age=2592000" in cookie
        assert "; Secure" not in cookie
        assert "; Domain" not in cookie


def test_looking_at_public_pages_sets_no_cookie(browser: Browser) -> None:
    for path in ("/healthz", "/clock", "/nowhere", "/invitations/1-x"):
        status = 200 if path in ("/healthz", "/clock") else 404
        assert "Set-Cookie" not in browser.get(path, status).headers


@pytest.fixture
def secure_app(config: Config, clock: FakeClock) -> Iterator[Flask]:
    application = create_app(replace(config, base_url="https://list.mission.example"), clock)
    yield application
    application.extensions["rostrum"].connections.close()


def test_over_https_the_cookie_is_secure_and_https_is_asked_for(
    secure_app: Flask, db: Database, debate: Debate
) -> None:
    phone = Browser(secure_app, "https://localhost")
    answer = phone.get(link(secure_app, db, debate, "KEN"))
    assert "; Secure" in answer.headers["Set-Cookie"]
    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000"
    phone.submit("form")
    assert phone.path == home(debate)


def test_over_https_a_post_from_elsewhere_is_refused(
    secure_app: Flask, db: Database, debate: Debate
) -> None:
    phone = Browser(secure_app, "https://localhost")
    phone.get(link(secure_app, db, debate, "KEN"))
    token = phone.token()
    body = f"csrf_token={token}".encode()
    kind = "application/x-www-form-urlencoded"
    path = link(secure_app, db, debate, "KEN")
    elsewhere = {"Origin": "https://evil.example"}
    assert phone._ask("POST", path, body, kind, elsewhere).status == 400
    assert phone._ask("POST", path, body, kind).status == 303


def test_an_address_set_while_the_server_runs_holds_for_the_next_answer(
    assembled: Flask, config: Config, clock: FakeClock, db: Database, debate: Debate
) -> None:
    settle(assembled, replace(config, base_url=""), clock)
    phone = Browser(assembled, "https://localhost")
    path = link(assembled, db, debate, "KEN")
    first = phone.get(path)
    assert "; Secure" not in first.headers["Set-Cookie"]
    assert "Strict-Transport-Security" not in first.headers
    set_address(db, clock.now(), COMMAND_LINE, "https://list.mission.example")
    later = Browser(assembled, "https://localhost").get(path)
    assert "; Secure" in later.headers["Set-Cookie"]
    assert later.headers["Strict-Transport-Security"] == "max-age=31536000"
    assembled.extensions["rostrum"].connections.close()


def test_errors_over_https_ask_for_https_too(secure_app: Flask) -> None:
    answer = Browser(secure_app, "https://localhost").get("/nowhere", 404)
    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000"


def test_console_answers_carry_the_headers(vera: Browser, debate: Debate) -> None:
    for tail in ("", "/state", "/list.csv", "?show=pending"):
        answer = vera.get(console(debate) + tail)
        check(answer)
        assert answer.headers["Cache-Control"] == "no-store"
