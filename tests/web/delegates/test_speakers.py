"""Correcting the speaker on a page of its own, before and after the press."""

from __future__ import annotations

import pytest
from flask import Flask

from rostrum.actions.letters.decisions import accept_letter
from rostrum.domain.actors import Actor
from rostrum.domain.debates.debate import Debate
from rostrum.store.database import Database
from tests.factories import FakeClock
from tests.web.client import Browser
from tests.web.factories import (
    SPEAKER,
    home,
    keep_letter,
    make_ready,
    sign_in,
    snapshot,
    take_place,
)


@pytest.fixture
def page(debate: Debate) -> str:
    return f"{home(debate)}/speaker"


def test_the_form_is_filled_with_what_is_known(
    app: Flask, db: Database, debate: Debate, kenya: Browser
) -> None:
    make_ready(app, db, debate)
    kenya.get(home(debate))
    kenya.follow("#speaker a.edit")
    assert {name: kenya.value(name) for name in SPEAKER} == SPEAKER


def test_a_correction_before_the_opening_is_on_the_page(
    app: Flask, db: Database, debate: Debate, kenya: Browser, page: str
) -> None:
    make_ready(app, db, debate)
    kenya.get(page)
    kenya.submit("main form", {"name": "Amina Mohamed", "level": "minister"})
    assert kenya.path == home(debate)
    assert "H.E. Mr. Amina Mohamed" in kenya.says("#speaker")
    assert "Ready." in kenya.words


def test_a_correction_after_the_press_keeps_place_and_receipt(
    app: Flask, db: Database, debate: Debate, opened: FakeClock, kenya: Browser, page: str
) -> None:
    take_place(app, db, debate, "BRA")
    take_place(app, db, debate, "KEN")
    kenya.get(home(debate))
    receipt = kenya.says(".receipt")
    kenya.get(page)
    assert "Your place stays as it is." in kenya.words
    kenya.submit("main form", {"name": "Amina Mohamed"})
    assert kenya.says(".number") == "2"
    assert kenya.says(".receipt") == receipt
    assert "Amina Mohamed" in kenya.words


@pytest.mark.parametrize(
    ("change", "state"),
    [({"name": "Amina Mohamed"}, "pending"), ({"contact_phone": "+1 212 555 0199"}, "accepted")],
    ids=["what the letter says", "only the contact"],
)
def test_only_a_change_of_what_the_letter_says_goes_back_to_staff(
    app: Flask,
    db: Database,
    debate: Debate,
    opened: FakeClock,
    kenya: Browser,
    page: str,
    change: dict[str, str],
    state: str,
) -> None:
    letter = take_place(app, db, debate).letter
    accept_letter(db, opened.now(), Actor("staff", "vera"), debate, letter_id=letter.id)
    kenya.get(page)
    kenya.submit("main form", change)
    assert snapshot(db)["letter"][0]["state"] == state


def test_a_colleague_who_was_faster_is_not_overwritten(
    app: Flask, db: Database, debate: Debate, page: str
) -> None:
    make_ready(app, db, debate)
    phones = [sign_in(app, db, debate), sign_in(app, db, debate)]
    for phone in phones:
        phone.get(page)
    phones[0].submit("main form", {"name": "Amina Mohamed"})
    phones[1].submit("main form", {"name": "Somebody Else"}, status=422)
    assert "changed on another phone" in phones[1].problem("speaker")
    assert "H.E. Mr. Amina Mohamed" in phones[1].problem("speaker")
    assert phones[1].value("name") == "Somebody Else"
    assert snapshot(db)["draft"][0]["speaker_name"] == "Amina Mohamed"
    phones[1].submit("main form")
    assert snapshot(db)["draft"][0]["speaker_name"] == "Somebody Else"


def test_a_council_member_has_no_speaker_to_enter(app: Flask, db: Database, debate: Debate) -> None:
    france = sign_in(app, db, debate, "FRA")
    france.get(f"{home(debate, 'FRA')}/speaker", status=422)
    assert "drawn by lot" in france.says("#problem")


def test_going_back_saves_nothing(
    app: Flask, db: Database, debate: Debate, kenya: Browser, page: str
) -> None:
    make_ready(app, db, debate)
    before = snapshot(db)
    kenya.get(page)
    kenya.follow("a.back")
    assert kenya.path == home(debate)
    assert snapshot(db) == before


@pytest.mark.parametrize(
    ("language", "title"),
    [("en", "H.E. Ms."), ("fr", "S. E. Mme"), ("es", "Excma. Sra."), ("zh", "H.E. Ms.")],
)
def test_forms_of_address_are_suggested_in_the_pages_language(
    kenya: Browser, debate: Debate, language: str, title: str
) -> None:
    kenya.get(f"{home(debate)}?lang={language}")
    assert title in [option["value"] for option in kenya.page.select("#titles option")]


def test_a_letter_that_may_name_somebody_else_is_asked_about_until_it_is_replaced(
    app: Flask, db: Database, debate: Debate, opened: FakeClock, kenya: Browser, page: str
) -> None:
    take_place(app, db, debate)
    opened.advance(minutes=1)
    kenya.get(page)
    kenya.submit("main form", {"contact_phone": "+1 212 555 0199"})
    assert not kenya.has("#letter_question")
    kenya.get(page)
    kenya.submit("main form", {"name": "Amina Mohamed", "title": "H.E. Ms."})
    assert "Does it name the right person?" in kenya.says("#letter_question")
    opened.advance(minutes=1)
    keep_letter(app, db, debate, name="new.pdf")
    kenya.get(home(debate))
    assert not kenya.has("#letter_question")


def test_a_letter_that_staff_accept_for_the_new_speaker_is_asked_about_no_more(
    app: Flask, db: Database, debate: Debate, opened: FakeClock, kenya: Browser, page: str
) -> None:
    letter = take_place(app, db, debate).letter
    opened.advance(minutes=1)
    kenya.get(page)
    kenya.submit("main form", {"name": "Amina Mohamed"})
    assert kenya.has("#letter_question")
    opened.advance(minutes=1)
    accept_letter(db, opened.now(), Actor("staff", "vera"), debate, letter_id=letter.id)
    kenya.get(home(debate))
    assert not kenya.has("#letter_question")
