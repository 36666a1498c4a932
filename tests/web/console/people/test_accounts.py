"""Accounts: one-time links, roles, closing; passwords, codes and recovery codes; slow guessing."""

from __future__ import annotations

import pyotp
import pytest
from flask import Flask

from rostrum.domain.debates.debate import Debate
from rostrum.domain.staff.accounts import Role
from rostrum.store.database import Database
from rostrum.store.staff import find_staff, insert_staff
from rostrum.web.access import may_stay
from tests.factories import FakeClock
from tests.web.client import Browser
from tests.web.factories import (
    _CHEAP,
    PASSWORD,
    console,
    current_code,
    journal_kinds,
    sign_in_member,
    snapshot,
)

NEW = "another long password"


def link_of(anna: Browser) -> str:
    return anna.value("link") if anna.has("[name=link]") else str(anna._one("#link")["value"])


def path_of(link: str) -> str:
    return link.removeprefix("http://localhost")


def add(anna: Browser, name: str = "ben", role: str = "verifier") -> str:
    """The path of the link of a new account."""
    anna.get("/staff/people")
    anna.submit("#add_person", {"name": name, "role": role})
    return path_of(link_of(anna))


def set_password(browser: Browser, path: str, password: str = NEW) -> None:
    browser.get(path)
    browser.submit("main form", {"password": password, "repeated": password})


def try_to_sign_in(browser: Browser, name: str, password: str, status: int = 200) -> None:
    browser.get("/staff/sign-in")
    browser.submit("form", {"name": name, "password": password}, status=status)


def test_a_new_account_gets_its_password_by_a_link_that_works_once(
    anna: Browser, browser: Browser, db: Database
) -> None:
    path = add(anna)
    try_to_sign_in(browser, "ben", NEW, 422)
    before = snapshot(db)
    browser.get(path)
    assert snapshot(db) == before, "looking at a link changes nothing"
    browser.submit("main form", {"password": NEW, "repeated": "other long password"}, status=422)
    assert "differ" in browser.problem("repeated")
    browser.submit("main form", {"password": "short", "repeated": "short"}, status=422)
    assert "12 characters" in browser.problem("password")
    browser.submit("main form", {"password": NEW, "repeated": NEW})
    assert "Sign in as ben." in browser.words
    assert browser.value("name") == "ben"
    try_to_sign_in(browser, "ben", NEW)
    assert browser.path == "/staff"
    browser.get(path, status=404)
    assert path.rpartition("/")[2] not in str(snapshot(db)["staff_link"])
    assert journal_kinds(db)[-4:] == ["staff added", "staff link made", "password set", "signed in"]


def test_a_link_expires_and_a_newer_one_ends_it(
    anna: Browser, browser: Browser, clock: FakeClock
) -> None:
    first = add(anna)
    anna.submit("#reset")
    second = path_of(link_of(anna))
    browser.get(first, status=404)
    browser.get(second)
    clock.advance(hours=24)
    browser.get(second, status=404)
    browser.post(second, {"csrf_token": "x"}, status=400)


def test_a_taken_name_is_told_at_its_field(anna: Browser, db: Database) -> None:
    anna.get("/staff/people")
    before = snapshot(db)
    anna.submit("#add_person", {"name": "VERA"}, status=409)
    assert "already an account named VERA" in anna.problem("name")
    assert anna.value("name") == "VERA"
    assert snapshot(db) == before


def test_a_closed_account_is_out_at_once_and_can_be_opened_again(
    app: Flask, anna: Browser, vera: Browser, db: Database, debate: Debate
) -> None:
    anna.get("/staff/people/1")
    anna.submit("#deactivate")
    vera.get(console(debate), status=303)
    try_to_sign_in(Browser(app), "vera", PASSWORD, 422)
    anna.submit("#reactivate")
    try_to_sign_in(Browser(app), "vera", PASSWORD)
    assert "staff deactivated" in journal_kinds(db)


def test_a_closed_accounts_stream_ends(
    app: Flask, anna: Browser, vera: Browser, debate: Debate
) -> None:
    held = vera.client.get_cookie("rostrum-staff").value
    with app.test_request_context():
        from rostrum.domain.access.sessions import session_hash
        from rostrum.store.sessions import find_session
        from rostrum.web.context import db as request_db

        is_good = may_stay(find_session(request_db(), session_hash(held)))
        assert is_good()
        anna.get("/staff/people/1")
        anna.submit("#deactivate")
        app.extensions["rostrum"].hub.changes += 1
        assert not is_good()


@pytest.mark.parametrize("form", ["#deactivate", "#change_role"])
def test_the_last_admin_stays(anna: Browser, db: Database, form: str) -> None:
    add(anna, "ben", "admin")
    anna.get("/staff/people/3")
    before = snapshot(db)
    anna.submit(form, {"role": "chair"} if form == "#change_role" else {}, status=409)
    assert "anna is the last admin" in anna.words
    assert snapshot(db) == before


def test_a_changed_role_signs_the_person_out(
    anna: Browser, vera: Browser, db: Database, debate: Debate
) -> None:
    anna.get("/staff/people/1")
    anna.submit("#change_role", {"role": "chair"})
    assert find_staff(db, "vera").role is Role.CHAIR
    vera.get(console(debate), status=303)
    anna.submit("#change_role", {"role": "king"}, status=422)


def test_an_admin_signs_somebody_out_everywhere(
    app: Flask, anna: Browser, vera: Browser, debate: Debate
) -> None:
    sign_in_member(app, "vera")
    anna.get("/staff/people/1")
    anna.submit("#sign_out_all")
    assert "2 browsers are signed out." in anna.words
    vera.get(console(debate), status=303)


def test_a_reset_can_take_the_authenticator_away(
    app: Flask, anna: Browser, browser: Browser, db: Database
) -> None:
    anna.get("/staff/people/3")
    anna.submit("#reset", {"authenticator": ["1"]})
    path = path_of(link_of(anna))
    assert find_staff(db, "anna").has_totp, "nothing changes before the link is used"
    set_password(browser, path)
    try_to_sign_in(browser, "anna", NEW)
    assert browser.path == "/staff/account/authenticator"


# --- The second factor ----------------------------------------------------------------------------


def key_shown(browser: Browser) -> str:
    return browser.says(".totp-key").replace(" ", "")


def test_an_admin_sets_up_an_authenticator_before_anything_else(
    app: Flask, browser: Browser, db: Database, clock: FakeClock, debate: Debate
) -> None:
    insert_staff(db, "ben", Role.ADMIN, _CHEAP.hash(PASSWORD))
    try_to_sign_in(browser, "ben", PASSWORD)
    for path in ("/staff", "/staff/people", "/staff/account", console(debate)):
        browser.get(path)
        assert browser.path == "/staff/account/authenticator"
    assert not browser.has(".mission a")
    secret = key_shown(browser)
    address = str(browser.page.select_one("a[href^='otpauth:']")["href"])
    assert pyotp.parse_uri(address).secret == secret, "the phone that shows it cannot scan it"
    browser.submit("#set_up", {"code": "000000"}, status=422)
    assert "not right" in browser.problem("code")
    browser.submit("#set_up", {"code": pyotp.TOTP(secret).at(clock.now())})
    codes = [tag.get_text() for tag in browser.page.select(".recovery li")]
    assert len(set(codes)) == 10
    browser.follow("a.press")
    assert browser.path == "/staff"
    assert secret not in str(db.execute("select * from staff").fetchall())


def test_a_code_is_asked_for_after_the_password_and_taken_once(
    app: Flask, browser: Browser, clock: FakeClock, debate: Debate
) -> None:
    code = current_code(app, "anna")
    browser.get(console(debate))
    browser.submit("form", {"name": "anna", "password": PASSWORD})
    browser.get(console(debate), status=303)
    browser.get("/staff/sign-in/code?next=" + console(debate))
    browser.submit("#by_code", {"code": "12"}, status=422)
    browser.submit("#by_code", {"code": f"{code[:3]} {code[3:]}"})
    assert browser.path == console(debate)
    again = Browser(app)
    try_to_sign_in(again, "anna", PASSWORD)
    again.submit("#by_code", {"code": code}, status=422)
    assert "used before" in again.problem("code")


@pytest.mark.parametrize(("steps", "works"), [(-2, 0), (-1, 1), (0, 1), (1, 1), (2, 0)])
def test_a_phones_clock_may_be_half_a_minute_wrong(
    app: Flask, browser: Browser, clock: FakeClock, steps: int, works: int
) -> None:
    clock.advance(seconds=30 * steps)
    code = current_code(app, "anna")
    clock.advance(seconds=-30 * steps)
    try_to_sign_in(browser, "anna", PASSWORD)
    browser.submit("#by_code", {"code": code}, status=200 if works else 422)


def test_a_right_password_waits_five_minutes_for_its_code(
    app: Flask, browser: Browser, clock: FakeClock
) -> None:
    try_to_sign_in(browser, "anna", PASSWORD)
    clock.advance(minutes=5)
    browser.submit("#by_code", {"code": current_code(app, "anna")})
    assert browser.path == "/staff/sign-in"


def test_a_recovery_code_signs_in_once(app: Flask, anna: Browser, db: Database) -> None:
    anna.get("/staff/account/authenticator")
    anna.submit("#change", {"old": "wrong"}, status=422)
    anna.submit("#change", {"old": PASSWORD})
    code = anna.says(".recovery li")
    assert code not in str(snapshot(db))
    for status in (200, 422):
        browser = Browser(app)
        try_to_sign_in(browser, "anna", PASSWORD)
        browser.submit("#by_recovery", {"recovery_code": code.upper()}, status=status)
    anna.get("/staff/account")
    assert "9 recovery codes left" in anna.words
    assert journal_kinds(db)[-2:] == ["recovery code used", "signed in"]


def test_another_phone_can_take_the_authenticators_place(
    anna: Browser, db: Database, clock: FakeClock
) -> None:
    anna.get("/staff/account/authenticator")
    anna.submit("#change [formaction]", {"old": PASSWORD})
    assert "nothing else opens before" in anna.words
    anna.submit("#set_up", {"code": pyotp.TOTP(key_shown(anna)).at(clock.now())})
    assert find_staff(db, "anna").totp_generation == 2


# --- One's own account ----------------------------------------------------------------------------


def test_a_password_is_changed_with_the_old_one(
    app: Flask, vera: Browser, debate: Debate, db: Database
) -> None:
    other = sign_in_member(app, "vera")
    vera.get("/staff/account")
    typed = {"old": "wrong", "password": NEW, "repeated": NEW}
    vera.submit("#change_password", typed, status=422)
    assert "not your password" in vera.problem("old")
    vera.submit("#change_password", typed | {"old": PASSWORD})
    vera.get(console(debate))
    other.get(console(debate), status=303)
    try_to_sign_in(other, "vera", PASSWORD, 422)
    try_to_sign_in(other, "vera", NEW)
    assert "password changed" in journal_kinds(db)


def test_other_browsers_are_listed_and_ended(app: Flask, vera: Browser, debate: Debate) -> None:
    others = [sign_in_member(app, "vera") for _ in range(2)]
    vera.get("/staff/account")
    vera.submit("form:has([name=session])")
    assert "1 browser is signed out." in vera.words
    vera.submit("#end_others")
    for other in others:
        other.get(console(debate), status=303)
    vera.get(console(debate))
    token = {"csrf_token": vera.token()} if vera.has("[name=csrf_token]") else {}
    for session in ("0", "x", "999999", "9" * 30):
        vera.post("/staff/account/sessions", token | {"session": session}, status=404)


# --- Time -----------------------------------------------------------------------------------------


def test_an_admin_who_rests_for_half_an_hour_signs_in_again(
    anna: Browser, vera: Browser, clock: FakeClock, debate: Debate
) -> None:
    for _ in range(3):
        clock.advance(minutes=29)
        anna.get(console(debate))
    anna.get(f"{console(debate)}/state")
    clock.advance(minutes=20)
    anna.get(f"{console(debate)}/state")
    clock.advance(minutes=10)
    anna.get(console(debate), status=303)
    vera.get(console(debate))


def test_wrong_passwords_are_slowed_and_the_right_one_counts_at_once(
    app: Flask, browser: Browser, clock: FakeClock
) -> None:
    for _ in range(3):
        try_to_sign_in(browser, "Vera", "wrong", 422)
    try_to_sign_in(browser, "vera", "wrong", 429)
    assert browser.problem("password") == "Try again in 5 s."
    clock.advance(seconds=10)
    try_to_sign_in(browser, "vera", "wrong", 422)
    try_to_sign_in(Browser(app), "vera", "wrong", 429)
    try_to_sign_in(Browser(app), "carl", "wrong", 422)
    try_to_sign_in(browser, "vera", PASSWORD)
    for _ in range(3):
        try_to_sign_in(Browser(app), "nobody", "wrong", 422)
    try_to_sign_in(Browser(app), "nobody", "wrong", 429)


def test_a_browser_that_was_signed_in_before_does_not_wait_for_strangers(
    app: Flask, browser: Browser
) -> None:
    own = sign_in_member(app, "anna")
    own.submit("header form")
    try_to_sign_in(browser, "anna", PASSWORD)
    for _ in range(3):
        browser.submit("#by_code", {"code": "000000"}, status=422)
    browser.submit("#by_code", {"code": "000000"}, status=429)
    for _ in range(3):
        try_to_sign_in(own, "anna", "wrong", 422)
    try_to_sign_in(own, "anna", PASSWORD)
    own.submit("#by_code", {"code": "000000"}, status=422)
    browser.submit("#by_code", {"code": current_code(app, "anna")}, status=429)
    own.submit("#by_code", {"code": current_code(app, "anna")})
    assert own.path == "/staff"


def test_strangers_at_the_door_do_not_keep_the_owner_from_proving_again(
    app: Flask, anna: Browser, browser: Browser
) -> None:
    for _ in range(3):
        try_to_sign_in(browser, "anna", "wrong", 422)
    try_to_sign_in(browser, "anna", "wrong", 429)
    anna.get("/staff/account/authenticator")
    for _ in range(3):
        anna.submit("#change", {"old": "wrong"}, status=422)
    anna.submit("#change", {"old": PASSWORD}, status=429)
    other = sign_in_member(app, "anna")
    other.get("/staff/account/authenticator")
    other.submit("#change", {"old": PASSWORD})


def test_guessing_codes_is_slowed_too(app: Flask, browser: Browser, clock: FakeClock) -> None:
    try_to_sign_in(browser, "anna", PASSWORD)
    for _ in range(3):
        browser.submit("#by_code", {"code": "000000"}, status=422)
    browser.submit("#by_code", {"code": current_code(app, "anna")}, status=429)
    assert browser.problem("code") == "Try again in 5 s."
    try_to_sign_in(browser, "anna", PASSWORD)
    browser.submit("#by_code", {"code": current_code(app, "anna")}, status=429)
    clock.advance(seconds=5)
    browser.submit("#by_code", {"code": current_code(app, "anna")})
