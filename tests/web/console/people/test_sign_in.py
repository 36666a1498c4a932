"""Staff sign in and out."""

from __future__ import annotations

import pytest
from flask import Flask

from rostrum.domain.debates.debate import Debate
from rostrum.store.database import Database, all_rows
from tests.factories import FakeClock
from tests.web.client import Browser
from tests.web.factories import PASSWORD, console, journal_kinds, sign_in_member, snapshot


def test_name_and_password_lead_to_the_debates(browser: Browser, db: Database) -> None:
    browser.get("/staff/sign-in")
    browser.submit("form", {"name": "vera", "password": PASSWORD})
    assert browser.path == "/staff"
    assert browser.says("h1") == "Debates"
    assert journal_kinds(db)[-1] == "signed in"


def test_signing_in_leads_to_the_page_that_was_asked_for(browser: Browser, debate: Debate) -> None:
    browser.get(console(debate))
    assert browser.path.startswith("/staff/sign-in?next=")
    browser.submit("form", {"name": "carl", "password": PASSWORD})
    assert browser.path == console(debate)


def test_who_was_signed_out_comes_back_to_the_page_of_the_form(
    app: Flask, browser: Browser, debate: Debate
) -> None:
    letter, levels, asked = (
        f"{console(debate)}/{rest}" for rest in ("letters/7", "levels", "journal?kind=signed+in")
    )
    browser.get("/staff/sign-in")
    for path, page in ((f"{letter}/acceptance", letter), (levels, levels)):
        browser.post(path, {"csrf_token": browser.token()})
        assert browser.value("next") == page
    headers = {"HX-Request": "true", "HX-Current-URL": f"http://localhost{asked}#entries"}
    answer = app.test_client().get(f"{console(debate)}/state", headers=headers)
    assert answer.status_code == 401
    browser.get(answer.headers["HX-Redirect"])
    assert browser.value("next") == asked
    browser.submit("form", {"name": "anna", "password": PASSWORD})
    assert browser.path.startswith("/staff/sign-in/code")
    assert browser.value("next") == asked


def test_a_wrong_try_keeps_the_page_that_was_asked_for(browser: Browser, debate: Debate) -> None:
    browser.get(console(debate))
    browser.submit("form", {"name": "carl", "password": "wrong"}, status=422)
    browser.submit("form", {"name": "carl", "password": PASSWORD})
    assert browser.path == console(debate)


@pytest.mark.parametrize("name", ["vera", "nobody"])
def test_a_wrong_password_and_an_unknown_name_read_the_same(
    browser: Browser, db: Database, name: str
) -> None:
    browser.get("/staff/sign-in")
    before = snapshot(db)
    answer = browser.submit("form", {"name": name, "password": "hunter2hunter2"}, status=422)
    assert browser.problem("password") == "The name or the password is wrong."
    assert browser.value("name") == name
    assert "hunter2" not in answer.text
    assert snapshot(db) == before


@pytest.mark.parametrize(
    ("fields", "wrong", "sentence"),
    [
        ({"name": "", "password": PASSWORD}, "name", "Give your name."),
        ({"name": "vera", "password": ""}, "password", "Give your password."),
        ({"name": "n" * 10_000, "password": "x"}, "name", "Name has 10000 characters"),
        ({"name": "vera", "password": "x" * 10_000}, "password", "Password has 10000 characters"),
        ({"name": "\0", "password": "x\0y"}, "password", "password is wrong"),
        ({"name": b"\xff\xfe", "password": b"\xff"}, "password", "password is wrong"),
    ],
)
def test_what_is_missing_or_strange_is_said_at_its_field(
    browser: Browser, fields: dict[str, str], wrong: str, sentence: str
) -> None:
    browser.get("/staff/sign-in")
    browser.submit("form", fields, status=422)
    assert sentence in browser.problem(wrong)


ELSEWHERE = (
    "https://evil.example/",
    "//evil.example/",
    "/\\evil.example",
    "/staff/..//evil.example",
    "/staff//evil.example",
    "/staff\\evil.example",
    "/stafff",
    "javascript:alert(1)",
    "/debates/x",
    " //evil.example",
    "/staff/\r\nSet-Cookie: a=b",
)


def test_signing_in_never_leads_elsewhere(browser: Browser, subtests: pytest.Subtests) -> None:
    for target in ELSEWHERE:
        with subtests.test(target):
            browser.get("/staff/sign-in")
            fields = {"name": "vera", "password": PASSWORD, "next": target}
            answer = browser.submit("form", fields, status=303)
            assert answer.location == "/staff"


def test_signing_out_ends_the_session_even_for_a_copied_cookie(
    app: Flask, db: Database, clock: FakeClock, debate: Debate
) -> None:
    vera, thief = sign_in_member(app, "vera"), Browser(app)
    thief.hold(vera.cookies)
    thief.get(console(debate))
    vera.submit("form.sign-out")
    assert vera.path == "/staff/sign-in"
    assert [row["ended_at"] for row in snapshot(db)["session"]] == [clock.micros()]
    assert journal_kinds(db)[-1] == "signed out"
    thief.get(console(debate), status=303)
    vera.get(console(debate), status=303)


def test_the_row_holds_only_a_hash_of_the_cookies_id(app: Flask, db: Database) -> None:
    vera = sign_in_member(app, "vera")
    session_id = vera.cookies["rostrum-staff"]
    assert session_id not in str(all_rows(db, "select * from session"))


def test_htmx_is_told_to_load_the_sign_in_page(browser: Browser, debate: Debate) -> None:
    headers = {"HX-Request": "true"}
    answer = browser._ask("GET", f"{console(debate)}/state", headers=headers)
    assert answer.status == 401
    assert answer.headers["HX-Redirect"].startswith("/staff/sign-in")


def test_the_debates_lead_to_their_consoles(vera: Browser, debate: Debate) -> None:
    vera.get("/staff")
    vera.follow("article a")
    assert vera.path == console(debate)
