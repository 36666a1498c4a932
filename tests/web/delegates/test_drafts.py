"""What a delegation prepares before the press, and what two phones may do to each other."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask

from rostrum.domain.debates.debate import Debate
from rostrum.store.database import Database
from tests.factories import OPENS_AT, FakeClock, pdf_bytes
from tests.web.client import Browser
from tests.web.factories import (
    SPEAKER,
    home,
    set_instant,
    sign_in,
    snapshot,
    take_place,
)
from tests.web.request_bodies import File

LATER = OPENS_AT + timedelta(hours=6)
WAYS = pytest.mark.parametrize("htmx", [False, True], ids=["plain", "htmx"])


@WAYS
def test_a_speaker_is_saved_for_the_opening(kenya: Browser, db: Database, htmx: bool) -> None:
    kenya.submit("button.save", SPEAKER, htmx=htmx)
    assert "pm@kenya.example" in kenya.says("#speaker")
    assert "Add the letter to register." in kenya.says("#standing")
    assert snapshot(db)["registration"] == []


def test_after_a_save_the_browser_may_reload_the_page(kenya: Browser, debate: Debate) -> None:
    kenya.submit("button.save", SPEAKER)
    assert kenya.visited == [f"{home(debate)}/draft", home(debate)]


def test_a_page_that_was_overtaken_is_told_and_overwrites_nothing(
    app: Flask, db: Database, debate: Debate
) -> None:
    first, second = sign_in(app, db, debate), sign_in(app, db, debate)
    first.submit("button.save", SPEAKER)
    second.submit("button.save", SPEAKER | {"name": "Somebody Else"}, status=422)
    assert "changed on another phone" in second.problem("speaker")
    assert second.value("name") == "Somebody Else"
    assert snapshot(db)["draft"][0]["speaker_name"] == SPEAKER["name"]


@WAYS
def test_a_save_whose_answer_was_lost_is_no_other_phones(
    db: Database, debate: Debate, kenya: Browser, htmx: bool
) -> None:
    hidden = {name: kenya.value(name) for name in ("csrf_token", "seen", "page")}
    kenya.client.post(f"{home(debate)}/draft", data=SPEAKER | hidden)
    kenya.submit("button.save", SPEAKER | {"name": "Amina Mohamed"}, htmx=htmx)
    assert "Amina Mohamed" in kenya.says("#speaker")
    assert snapshot(db)["draft"][0]["version"] == 2


def test_two_phones_that_say_the_same_do_not_quarrel(
    app: Flask, db: Database, debate: Debate
) -> None:
    first, second = sign_in(app, db, debate), sign_in(app, db, debate)
    first.submit("button.save", SPEAKER)
    second.submit("button.save", SPEAKER)
    assert SPEAKER["name"] in second.says("#speaker")


def test_before_the_opening_one_form_prepares_everything_in_one_step(
    app: Flask, db: Database, debate: Debate, kenya: Browser
) -> None:
    kenya.submit("button.save", SPEAKER, {"letter": File(pdf_bytes())})
    assert "Ready. At 9:30 press Register." in kenya.words


@WAYS
def test_saving_on_a_page_from_before_a_colleagues_press_keeps_what_was_typed(
    app: Flask, db: Database, debate: Debate, opened: FakeClock, kenya: Browser, htmx: bool
) -> None:
    take_place(app, db, debate)
    before = snapshot(db)["registration"]
    other = SPEAKER | {"name": "Somebody Else"}
    kenya.submit("button.save", other, htmx=htmx, status=422)
    assert "changed on another phone" in kenya.problem("speaker")
    assert kenya.value("name") == "Somebody Else"
    assert snapshot(db)["registration"] == before
    kenya.submit("form#speaker")
    assert kenya.says(".number") == "1"
    assert "Somebody Else" in kenya.words


def test_saving_with_a_bad_file_on_a_page_from_before_a_colleagues_press_is_told(
    app: Flask, db: Database, debate: Debate, opened: FakeClock, kenya: Browser
) -> None:
    take_place(app, db, debate)
    zipped = File(b"PK\x03\x04", "letter.zip")
    kenya.submit("button.save", SPEAKER, {"letter": zipped}, status=422)
    assert "not a PDF" in kenya.problem("letter")
    assert "letter-of-KEN.pdf" in kenya.says(".receipt")


def test_saving_with_wrong_fields_on_a_page_from_before_the_closing_is_told(
    db: Database, debate: Debate, opened: FakeClock, kenya: Browser
) -> None:
    set_instant(db, debate, closes_at=LATER)
    opened.set(LATER)
    kenya.submit("button.save", SPEAKER | {"level": "emperor"}, status=422)
    assert "The list closed on" in kenya.says("#standing")
