"""Errors are pages of ours, with the right status, and tell nothing of the inside."""

from __future__ import annotations

import io
import sqlite3
from collections.abc import Iterator
from typing import NoReturn

import pytest
from flask import Flask

from rostrum.app import create_app
from rostrum.config import Config
from rostrum.domain.debates.debate import Debate
from rostrum.domain.errors import Busy
from rostrum.store.database import Database
from tests.factories import FakeClock
from tests.web.client import Browser
from tests.web.factories import SPEAKER, home, snapshot, take_place

MEGABYTE = 1024 * 1024
URLENCODED = "application/x-www-form-urlencoded"


def test_an_unknown_address_is_a_page_of_ours(browser: Browser) -> None:
    unknown = ("/nowhere", "/debates", "/debates/x", "/static/no.css", "/%00", "/%FF", "/staff/x")
    for path in unknown:
        browser.get(path, status=404)
        assert browser.says("#problem").startswith(
            "There is no such page, or this browser may not open it."
        )
        assert browser.has("main a[href='/']")


@pytest.mark.parametrize(("method", "path"), [("POST", "/staff"), ("PUT", "/staff")])
def test_a_wrong_method_is_a_page_of_ours(browser: Browser, method: str, path: str) -> None:
    answer = browser._ask(method, path)
    assert answer.status == 405
    assert "This address does not take that kind of request." in answer.text
    assert answer.headers["Allow"]


@pytest.mark.parametrize(
    ("path", "page"),
    [
        ("/staff/sign-out", "/staff"),
        ("/staff/debates/x/letters/5/return", "/staff/debates/x/letters/5"),
        ("/staff/debates/x/council/further/KEN/move-up", "/staff/debates/x/council"),
        ("/staff/delegations/import/application?a=b", "/staff/delegations/import"),
        ("/debates/x/delegations/KEN/registration", "/debates/x/delegations/KEN"),
    ],
)
def test_an_address_of_a_form_read_anew_leads_to_its_page(
    browser: Browser, path: str, page: str
) -> None:
    answer = browser._ask("GET", path)
    assert (answer.status, answer.location) == (303, page)


def test_a_post_without_a_token_is_told_what_to_do(kenya: Browser, db: Database) -> None:
    before = snapshot(db)
    kenya.post(f"{kenya.path}/draft", SPEAKER, status=400)
    assert "Open the page again" in kenya.says("#problem")
    assert snapshot(db) == before


def test_htmx_gets_the_message_where_the_page_has_room(
    app: Flask, debate: Debate, kenya: Browser, db: Database
) -> None:
    db.execute("update session set ended_at = started_at")
    kenya.submit("button.save", SPEAKER, htmx=True, status=404)
    assert kenya.says("#problem") == (
        "This phone is signed out. Open your invitation link to come back: what was saved is there."
    )
    assert kenya.value("name") == "", "the page below stays as it was"
    assert kenya.has("#page_body form")


def test_a_refused_rule_is_422_as_a_page_of_ours(
    app: Flask, db: Database, debate: Debate, kenya: Browser, opened: FakeClock
) -> None:
    take_place(app, db, debate)
    opened.set(debate.letter_deadline)
    kenya.get(f"{home(debate)}/letter", status=422)
    assert "Letters were due by" in kenya.says("#problem")


class Zeros(io.RawIOBase):
    """A body of so many zeros, made as it is read."""

    def __init__(self, size: int) -> None:
        self.left = size

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:
        count = min(len(buffer), self.left)
        buffer[:count] = bytes(count)
        self.left -= count
        return count


@pytest.mark.parametrize(
    "kind", ["multipart/form-data; boundary=x", "application/x-www-form-urlencoded"]
)
def test_a_body_above_32_mb_is_413_as_a_page_of_ours(
    kenya: Browser, db: Database, kind: str
) -> None:
    size = 32 * MEGABYTE + 1
    before = snapshot(db)
    body = Zeros(size)
    response = kenya.client.post(
        f"{kenya.path}/letter",
        content_type=kind,
        environ_overrides={"wsgi.input": body, "CONTENT_LENGTH": str(size)},
    )
    assert response.status_code == 413
    assert "a file may have 10 MB" in response.text
    assert body.left == 0, "a browser shows our page only after it could send what it had"
    assert snapshot(db) == before


class Broken(RuntimeError):
    """Something nobody thought of, with a secret in its words."""


@pytest.fixture
def broken_app(config: Config, clock: FakeClock) -> Iterator[Flask]:
    """An application of its own, with views that fail in ways nobody foresaw."""
    app = create_app(config, clock)

    def fail(error: Exception) -> NoReturn:
        raise error

    failures = {
        "bug": Broken("secret-in-the-words"),
        "database": sqlite3.OperationalError("secret-in-the-words"),
        "busy": Busy(),
    }
    for name, error in failures.items():
        app.add_url_rule(f"/{name}", name, lambda error=error: fail(error))
    yield app
    app.extensions["rostrum"].connections.close()


@pytest.mark.parametrize("path", ["/bug", "/database"])
def test_an_unforeseen_error_is_our_page_with_a_reference_and_no_inside(
    broken_app: Flask, path: str, caplog: pytest.LogCaptureFixture
) -> None:
    browser = Browser(broken_app)
    answer = browser.get(path, status=500)
    said = browser.says("#problem")
    assert "Something went wrong on our side." in said
    assert "secret" not in answer.text
    assert "Traceback" not in answer.text
    reference = said.rpartition("Reference ")[2].rstrip(".")
    assert f"reference {reference} on {path}" in caplog.text


def test_a_locked_database_is_503_and_says_to_try_again(broken_app: Flask) -> None:
    browser = Browser(broken_app)
    browser.get("/busy", status=503)
    assert "Try again." in browser.says("#problem")


def test_an_answer_after_an_error_has_a_clean_connection(
    broken_app: Flask, db: Database, debate: Debate
) -> None:
    browser = Browser(broken_app)
    for _ in range(3):
        browser.get("/bug", status=500)
    browser.get("/staff/sign-in")


@pytest.mark.parametrize(
    "body", [b"--x\r\nContent-Disposition: form-data; name=", b"\x00" * 100, b""]
)
def test_a_body_that_is_no_form_is_refused(kenya: Browser, body: bytes) -> None:
    kind = "multipart/form-data; boundary=x"
    answer = kenya._ask("POST", f"{kenya.path}/registration", body, kind)
    assert answer.status == 400


def test_more_fields_than_any_form_has_are_refused(kenya: Browser) -> None:
    body = "&".join(f"f{n}=1" for n in range(20_000)).encode()
    answer = kenya._ask("POST", f"{kenya.path}/draft", body, URLENCODED)
    assert 400 <= answer.status < 500
