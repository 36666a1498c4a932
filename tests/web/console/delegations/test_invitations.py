"""Invitations in the console: issued, seen to be opened, copied, printed, renewed, revoked."""

from __future__ import annotations

import csv
import io

import pytest
from bs4 import Tag
from flask import Flask

from rostrum.domain.debates.debate import Debate
from rostrum.store.database import Database
from rostrum.store.invitations import find_invitation_of
from rostrum.store.sessions import find_session_by_id
from rostrum.web.access import may_stay
from tests.factories import delegation
from tests.web.client import Browser, words_of
from tests.web.factories import console, home, journal_kinds, link, sign_in_member, snapshot

INVITED_COUNT = 5


@pytest.fixture
def anna(app: Flask) -> Browser:
    """An admin's laptop."""
    return sign_in_member(app, "anna")


def place(debate: Debate, rest: str = "") -> str:
    return f"{console(debate)}/invitations{rest}"


def links_on(anna: Browser) -> list[Tag]:
    return anna.page.select(".card-link")


def open_one(anna: Browser, db: Database, debate: Debate, code: str = "KEN") -> None:
    invitation = find_invitation_of(db, debate.id, delegation(db, code).id)
    anna.get(place(debate, f"/{invitation.id}"))


def test_the_list_tells_who_has_opened(anna: Browser, debate: Debate, kenya: Browser) -> None:
    anna.get(place(debate))
    assert "Opened: 1 · not opened yet: 4 · revoked: 0" in anna.words
    assert "1 phone" in anna.words


def test_the_live_block_follows_an_opening(
    anna: Browser, app: Flask, db: Database, debate: Debate
) -> None:
    anna.get(place(debate))
    assert "Opened: 0" in anna.says("#invitation_list")
    phone = Browser(app)
    phone.get(link(app, db, debate, "BRA"))
    phone.submit("form")
    anna.poll()
    assert "Opened: 1" in anna.says("#invitation_list")


@pytest.mark.parametrize(("words", "found"), [("kénya", True), ("KEN", True), ("brazil", False)])
def test_the_search_folds_accents(anna: Browser, debate: Debate, words: str, found: bool) -> None:
    anna.get(place(debate))
    anna.get(place(debate, f"?q={words}"))
    assert ("Kenya" in anna.says("#invitation_list")) == found


def test_some_are_invited(anna: Browser, db: Database, debate: Debate) -> None:
    anna.get(place(debate, "/new"))
    anna.submit("#chosen", {"code": ["NOR", "CHE"]})
    assert "2 delegations are invited." in anna.words
    assert find_invitation_of(db, debate.id, delegation(db, "NOR").id)
    assert find_invitation_of(db, debate.id, delegation(db, "SWE").id) is None


def test_all_are_invited_once_and_who_does_not_register_apart(
    anna: Browser, db: Database, debate: Debate
) -> None:
    anna.get(place(debate, "/new"))
    others = anna.page.select_one("#everybody button[value=others]")
    assert "that are no Council members" in others.get_text()
    anna.submit("#everybody button[value=others]")
    assert find_invitation_of(db, debate.id, delegation(db, "CHN").id) is None
    assert find_invitation_of(db, debate.id, delegation(db, "NOR").id)
    anna.get(place(debate, "/new"))
    assert not anna.has("#everybody button[value=others]")
    anna.submit("#everybody")
    assert "· not invited: 0" in anna.words
    anna.get(place(debate, "/new"))
    assert "Everybody is invited." in anna.words


def test_nobody_chosen_is_told(anna: Browser, db: Database, debate: Debate) -> None:
    anna.get(place(debate, "/new"))
    before = snapshot(db)
    anna.submit("#chosen", {"code": []}, status=422)
    assert "Choose the delegations to invite." in anna.words
    assert snapshot(db) == before


def test_an_unknown_code_invites_nobody(anna: Browser, db: Database, debate: Debate) -> None:
    anna.get(place(debate, "/new"))
    before = snapshot(db)
    fields = {"csrf_token": anna.token(), "code": "XYZ"}
    anna.post(place(debate, "/new"), fields, status=409)
    assert snapshot(db) == before


def test_the_page_shows_the_link_that_works(
    anna: Browser, app: Flask, db: Database, debate: Debate
) -> None:
    open_one(anna, db, debate)
    assert str(anna.page.select_one("#link")["value"]).endswith(link(app, db, debate, "KEN"))


def test_renewing_kills_link_phones_and_streams(
    anna: Browser, app: Flask, db: Database, debate: Debate, kenya: Browser
) -> None:
    old = link(app, db, debate, "KEN")
    [row] = [r for r in snapshot(db)["session"] if r["invitation_id"]]
    with app.app_context():
        is_allowed = may_stay(find_session_by_id(db, row["id"]))
        assert is_allowed()
        open_one(anna, db, debate)
        anna.submit("#renew")
        app.extensions["rostrum"].hub.changes += 1
        assert not is_allowed()
    kenya.get(home(debate), status=404)
    Browser(app).get(old, status=404)
    Browser(app).get(link(app, db, debate, "KEN"))
    assert journal_kinds(db)[-1] == "invitation renewed"


def test_a_page_that_was_overtaken_renews_nothing(
    anna: Browser, app: Flask, db: Database, debate: Debate
) -> None:
    other = sign_in_member(app, "anna")
    open_one(anna, db, debate)
    open_one(other, db, debate)
    other.submit("#renew")
    before = snapshot(db)
    anna.submit("#renew", status=409)
    assert snapshot(db) == before


def test_a_revoked_invitation_comes_back_with_a_new_link(
    anna: Browser, app: Flask, db: Database, debate: Debate, kenya: Browser
) -> None:
    old = link(app, db, debate, "KEN")
    open_one(anna, db, debate)
    anna.submit("#revoke")
    assert "Revoked" in anna.words
    assert not anna.has("#link")
    kenya.get(home(debate), status=404)
    anna.submit("#renew")
    Browser(app).get(old, status=404)
    assert str(anna.page.select_one("#link")["value"]).endswith(link(app, db, debate, "KEN"))


def test_revoking_twice_is_refused(anna: Browser, app: Flask, db: Database, debate: Debate) -> None:
    other = sign_in_member(app, "anna")
    open_one(anna, db, debate)
    open_one(other, db, debate)
    other.submit("#revoke")
    anna.submit("#revoke", status=409)
    assert journal_kinds(db).count("invitation revoked") == 1


def test_the_csv_has_links_that_work_and_is_kept_nowhere(
    anna: Browser, app: Flask, db: Database, debate: Debate
) -> None:
    open_one(anna, db, debate, "BRA")
    anna.submit("#revoke")
    answer = anna.get(place(debate, "/links.csv"))
    rows = list(csv.DictReader(io.StringIO(answer.body.decode("utf-8-sig"))))
    assert [row["iso3"] for row in rows] == ["FRA", "JPN", "KEN", "PSE"]
    assert rows[2]["link"].endswith(link(app, db, debate, "KEN"))
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("fr", ("ltr", "Brésil", "La liste s’ouvre le mer. 19 mars à ")),
        ("ar", ("rtl", "البرازيل", "تُفتح القائمة يوم الأربعاء، 19 آذار/\u2060مارس")),
        ("zh", ("ltr", "巴西", "名单于")),
    ],
)
def test_cards_speak_the_language_that_their_links_open_in(
    anna: Browser, debate: Debate, language: str, said: tuple[str, str, str]
) -> None:
    answer = anna.get(place(debate, f"/cards?language={language}"))
    cards = anna.page.select(".invitation-card")
    assert len(anna.page.select(".card-code svg")) == len(cards) == INVITED_COUNT
    assert {(card["lang"], card["dir"]) for card in cards} == {(language, said[0])}
    words = words_of(cards[0])
    assert said[1] in words
    assert said[2] in words
    assert all(link.get_text().endswith(f"?lang={language}") for link in links_on(anna))
    assert answer.headers["Cache-Control"] == "no-store"
    assert anna.page.html["lang"] == "en", "the page round them stays the reader's"


def test_cards_for_the_phones_own_language_speak_the_pages(anna: Browser, debate: Debate) -> None:
    anna.get(place(debate, "/cards?lang=fr"))
    assert "Brésil" in anna.words
    assert "ven. 21 mars à 18 h 00 (New York)" in anna.words, "until when letters can be sent"
    assert not any("lang=" in link.get_text() for link in links_on(anna))


def test_the_language_of_the_links_goes_from_page_to_page(
    anna: Browser, app: Flask, db: Database, debate: Debate
) -> None:
    anna.get(place(debate, "?q=e"))
    anna.follow(f".ways a[lang=es][href*='{place(debate)}?']")
    assert anna.page.select_one("[name=language]")["value"] == "es"
    anna.poll()
    anna.follow("#invitation_list li a.edit")
    opens_in_spanish = f"{link(app, db, debate, 'BRA')}?lang=es"
    assert str(anna.page.select_one("#link")["value"]).endswith(opens_in_spanish)
    anna.submit("#renew")
    assert str(anna.page.select_one("#link")["value"]).endswith("?lang=es")
    anna.follow(".back")
    answer = anna.get(str(anna.page.select_one("#invitation_list a[href*=csv]")["href"]))
    rows = list(csv.DictReader(io.StringIO(answer.body.decode("utf-8-sig"))))
    assert {row["link"].partition("?")[2] for row in rows} == {"lang=es"}


def test_an_unknown_language_is_the_phones_own(anna: Browser, debate: Debate) -> None:
    anna.get(place(debate, "/cards?language=%22%3E"))
    assert not any("?" in link.get_text() for link in links_on(anna))


def test_an_invitation_of_another_number_is_not_found(anna: Browser, debate: Debate) -> None:
    anna.get(place(debate, "/999"), status=404)
