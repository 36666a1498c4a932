"""The personal link: looking changes nothing, pressing signs in, dead links are not found."""

from __future__ import annotations

import pytest
from flask import Flask

from rostrum.actions.debates.lifecycle import NewDates, postpone
from rostrum.actions.delegations.invitations import revoke_invitation
from rostrum.domain.actors import COMMAND_LINE
from rostrum.domain.debates.debate import Debate
from rostrum.domain.delegations.invitations import invitation_token
from rostrum.store.database import Database
from rostrum.store.invitations import find_invitation_of
from tests.factories import BEFORE, OPENS_AT, FakeClock, delegation, make_invitations
from tests.web.client import Browser
from tests.web.factories import home, journal_kinds, link, revoke, sign_in, snapshot


@pytest.fixture
def kenyas_link(app: Flask, db: Database, debate: Debate) -> str:
    return link(app, db, debate, "KEN")


def test_opening_the_link_changes_nothing_however_often(
    app: Flask, db: Database, debate: Debate, kenyas_link: str
) -> None:
    before = snapshot(db)
    for _ in range(3):
        Browser(app).get(kenyas_link)
    returning = Browser(app)
    returning.get(kenyas_link)
    returning.get(kenyas_link)
    assert snapshot(db) == before
    returning.get(home(debate), status=404)


def test_the_page_says_who_is_invited_to_what(browser: Browser, kenyas_link: str) -> None:
    browser.get(kenyas_link)
    assert browser.says("h1").startswith("Advancing adaptability in UN peace operations")
    assert browser.says("form button") == "Continue as Kenya"


def test_the_first_page_says_in_a_sentence_how_this_works_and_when(
    app: Flask, db: Database, debate: Debate, clock: FakeClock, browser: Browser, kenyas_link: str
) -> None:
    browser.get(kenyas_link)
    assert "The list opens on Wed 19 March, 9:30 New York. Enter the speaker" in browser.words
    clock.set(OPENS_AT)
    browser.get(kenyas_link)
    assert "The list is open. Enter the speaker and the signed letter, then press" in browser.words
    browser.get(link(app, db, debate, "FRA"))
    assert "press" not in browser.words, "the Council does not queue"
    postpone(db, clock.now(), COMMAND_LINE, debate, reason="Travel.", dates=NewDates())
    browser.get(kenyas_link)
    assert "The debate is postponed Travel." in browser.words
    assert "24 March" not in browser.words
    assert "press" not in browser.words


def test_the_button_signs_in_and_leaves_the_token_behind(
    browser: Browser, db: Database, debate: Debate, kenyas_link: str
) -> None:
    browser.get(kenyas_link)
    answer = browser.submit("form")
    assert browser.path == home(debate)
    assert kenyas_link.rpartition("/")[2] not in answer.text
    assert journal_kinds(db)[-1] == "signed in"
    assert len(snapshot(db)["session"]) == 1


def test_the_token_is_in_no_cookie(browser: Browser, kenyas_link: str) -> None:
    browser.get(kenyas_link)
    browser.submit("form")
    assert kenyas_link.rpartition("/")[2] not in str(browser.cookies)


def test_the_link_works_again_on_a_second_phone_and_on_the_first(
    app: Flask, db: Database, debate: Debate
) -> None:
    phones = [sign_in(app, db, debate), sign_in(app, db, debate)]
    phones[0].get(link(app, db, debate, "KEN"))
    phones[0].submit("form")
    for phone in phones:
        phone.get(home(debate))
    assert len(snapshot(db)["session"]) == 3


def test_one_phone_can_be_signed_in_for_two_delegations(
    app: Flask, db: Database, debate: Debate
) -> None:
    phone = sign_in(app, db, debate, "KEN")
    phone.get(link(app, db, debate, "BRA"))
    phone.submit("form")
    for code in ("KEN", "BRA"):
        phone.get(home(debate, code))
    phone.get(home(debate, "JPN"), status=404)


def test_a_phone_of_many_delegations_keeps_the_latest_in_cookies_that_servers_take(
    app: Flask, db: Database, debate: Debate
) -> None:
    invited = list(make_invitations(db, debate))[:25]
    phone = Browser(app)
    for code in invited:
        phone.get(link(app, db, debate, code))
        phone.submit("form button", status=303)
    assert sum(len(f"{name}={value}; ") for name, value in phone.cookies.items()) < 4000
    for code in invited[-20:]:
        phone.get(home(debate, code))
    phone.get(home(debate, invited[-21]), status=404)


DEAD_TOKENS = (
    "1",
    "1-",
    "1-AAAAAAAAAAAAAAAAAAAAAA",
    "999999-AAAAAAAAAAAAAAAAAAAAAA",
    "99999999999999999999-A",
    "-1-A",
    "0",
    "٣-abc",
    "1-ünïcode",
    "%00",
    "1-%00",
    "%FF%FE",
    "x" * 5000,
    "..",
    "'; drop table invitation; --",
)


def test_a_token_that_was_never_given_is_not_found(
    browser: Browser, subtests: pytest.Subtests
) -> None:
    browser.get("/staff/sign-in")
    token_of_the_page = {"csrf_token": browser.token()}
    for token in DEAD_TOKENS:
        with subtests.test(token[:20]):
            browser.get(f"/invitations/{token}", status=404)
            browser.post(f"/invitations/{token}", token_of_the_page, status=404)


@pytest.mark.parametrize("change", ["another key", "older generation", "another invitation"])
def test_a_forged_token_is_not_found(
    app: Flask, db: Database, debate: Debate, browser: Browser, change: str
) -> None:
    invitation = find_invitation_of(db, debate.id, delegation(db, "KEN").id)
    number, generation, key = invitation.id, invitation.generation, app.secret_key
    token = {
        "another key": invitation_token(b"x" * 32, number, generation),
        "older generation": invitation_token(key, number, generation - 1),
        "another invitation": f"{number}-"
        + invitation_token(key, number + 1, generation).partition("-")[2],
    }[change]
    browser.get(f"/invitations/{token}", status=404)


def test_a_revoked_link_is_not_found_even_on_a_page_opened_before(
    app: Flask, db: Database, debate: Debate, browser: Browser, kenyas_link: str
) -> None:
    browser.get(kenyas_link)
    revoke(db, debate)
    before = snapshot(db)
    browser.submit("form", status=404)
    browser.get(kenyas_link, status=404)
    assert snapshot(db) == before


def test_revoking_one_link_leaves_the_others(
    app: Flask, db: Database, debate: Debate, brazil: Browser
) -> None:
    invitation = find_invitation_of(db, debate.id, delegation(db, "KEN").id)
    revoke_invitation(db, BEFORE, COMMAND_LINE, invitation)
    brazil.get(home(debate, "BRA"))
    brazil.get(link(app, db, debate, "BRA"))


def test_a_link_without_a_token_of_the_page_signs_nobody_in(
    browser: Browser, db: Database, kenyas_link: str
) -> None:
    before = snapshot(db)
    browser.post(kenyas_link, status=400)
    assert snapshot(db) == before


def test_the_token_stays_out_of_the_log(
    app: Flask, browser: Browser, kenyas_link: str, caplog: pytest.LogCaptureFixture
) -> None:
    token = kenyas_link.rpartition("/")[2]
    app.logger.error("Exception on %s [GET]", kenyas_link)
    assert token not in caplog.text
    assert "/invitations/[token]" in caplog.text
