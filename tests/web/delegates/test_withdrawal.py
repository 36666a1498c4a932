"""Giving the place up, asked once more, and registering again."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask

from rostrum.actions.registrations.withdrawal import withdraw
from rostrum.domain.debates.debate import Debate
from rostrum.store.database import Database
from tests.factories import OPENS_AT, FakeClock, actor, delegation
from tests.web.client import Browser
from tests.web.factories import (
    home,
    set_instant,
    sign_in,
    snapshot,
    take_place,
    ten_seconds_pass,
)


@pytest.fixture
def four_places(app: Flask, db: Database, debate: Debate, opened: FakeClock) -> None:
    for code in ("BRA", "KEN", "JPN", "PSE"):
        take_place(app, db, debate, code)
        opened.advance(seconds=1)


def test_withdrawing_is_asked_once_more(four_places: None, kenya: Browser, db: Database) -> None:
    before = snapshot(db)
    kenya.follow(".give-up a")
    assert kenya.says("h1") == "Give up place 2?"
    assert snapshot(db) == before
    kenya.follow("main form a")
    assert kenya.says(".number") == "2"


def test_giving_up_moves_the_others_up_and_tells_them_why(
    app: Flask,
    db: Database,
    debate: Debate,
    opened: FakeClock,
    four_places: None,
    kenya: Browser,
) -> None:
    japan = sign_in(app, db, debate, "JPN")
    kenya.follow(".give-up a")
    opened.set(OPENS_AT + timedelta(minutes=5))
    kenya.submit("main form")
    assert "You give up number 2" in kenya.says("#change")
    ten_seconds_pass(db, opened)
    kenya.poll()
    assert "Your place was given up" in kenya.says("#change")
    kenya.follow("a.back")
    assert "Your place was given up at 9:35:10" in kenya.says("#standing")
    japan.poll()
    why = "You are now number 2 instead of 3: Kenya withdrew at 9:35:10."
    assert japan.says(".why") == why
    assert japan.says(".number") == "2"
    assert "Arrival number3" in japan.says(".receipt")


def test_who_gave_up_registers_again_by_one_press_and_is_last(
    db: Database, debate: Debate, opened: FakeClock, four_places: None, kenya: Browser
) -> None:
    kenya.follow(".give-up a")
    kenya.submit("main form")
    ten_seconds_pass(db, opened)
    kenya.get(home(debate))
    assert "The new place is the last one." in kenya.says("#standing")
    kenya.submit("[data-register]")
    assert kenya.says(".number") == "4"
    assert "Arrival number5" in kenya.says(".receipt")


@pytest.mark.parametrize("is_closed", [False, True])
def test_the_receipt_stays_at_hand_after_the_place_is_given_up(
    db: Database,
    debate: Debate,
    opened: FakeClock,
    four_places: None,
    kenya: Browser,
    is_closed: bool,
) -> None:
    withdraw(db, opened.now(), actor(), debate, delegation_id=delegation(db).id)
    if is_closed:
        set_instant(db, debate, closes_at=opened.now())
    kenya.get(home(debate))
    kenya.follow("#standing a[href^='/receipts/']")
    assert "Genuine" in kenya.words
    assert "The place was given up on" in kenya.words


def test_a_place_is_not_given_up_twice(
    four_places: None, kenya: Browser, db: Database, debate: Debate, opened: FakeClock
) -> None:
    kenya.follow(".give-up a")
    fields = {"csrf_token": kenya.token()}
    kenya.submit("main form")
    before = snapshot(db)
    kenya.post(f"{home(debate)}/withdrawal", fields, status=409)
    assert "This place is about to change." in kenya.says(".summary")
    assert snapshot(db) == before
    ten_seconds_pass(db, opened)
    before = snapshot(db)
    kenya.post(f"{home(debate)}/withdrawal", fields, status=409)
    assert snapshot(db) == before


def test_giving_up_is_taken_back_within_ten_seconds(
    four_places: None, kenya: Browser, db: Database, debate: Debate, opened: FakeClock
) -> None:
    kenya.follow(".give-up a")
    kenya.submit("main form")
    kenya.get(home(debate))
    kenya.follow("#standing .is-wait a[href$=change]")
    kenya.submit("button.press")
    assert kenya.says(".number") == "2"
    assert "Taken back. You keep your place." in kenya.words
    ten_seconds_pass(db, opened)
    kenya.poll()
    assert kenya.says(".number") == "2"


def test_what_another_phone_decided_is_taken_back_on_a_page_that_was_open(
    app: Flask, four_places: None, kenya: Browser, db: Database, debate: Debate
) -> None:
    kenya.get(f"{home(debate)}/change")
    other = sign_in(app, db, debate)
    other.get(f"{home(debate)}/withdrawal")
    other.submit("main form")
    kenya.poll()
    shown = kenya.page.select_one("#page_body")["data-fingerprint"]
    assert kenya.page.select_one("#change")["data-fingerprint"] != shown, "so it is read anew"
    kenya.refresh()
    kenya.submit("#change button")
    assert kenya.says(".number") == "2"


def test_what_can_no_longer_be_taken_back_says_so(
    four_places: None, kenya: Browser, db: Database, opened: FakeClock
) -> None:
    kenya.follow(".give-up a")
    kenya.submit("main form")
    ten_seconds_pass(db, opened)
    before = snapshot(db)
    kenya.submit("#change button", status=409)
    assert "It is too late to take this back." in kenya.says(".summary")
    assert "Your place was given up" in kenya.says("#change")
    assert snapshot(db) == before


def test_what_was_dropped_is_told_with_its_reason(
    four_places: None, kenya: Browser, db: Database, debate: Debate, opened: FakeClock
) -> None:
    kenya.follow(".give-up a")
    kenya.submit("main form")
    withdraw(db, opened.now(), actor("BRA"), debate, delegation_id=delegation(db, "BRA").id)
    ten_seconds_pass(db, opened)
    kenya.poll()
    told = "Your place was not given up. Your number changed meanwhile. Check, then decide again."
    assert kenya.says("#change") == f"{told} You are number 1."
    kenya.get(home(debate))
    assert told in kenya.says("#standing")
    opened.advance(hours=1)
    kenya.poll()
    assert told not in kenya.says("#standing")


def test_the_question_says_what_time_is_given_up(four_places: None, kenya: Browser) -> None:
    kenya.follow(".give-up a")
    assert "You now speak at about Mon 24 March, " in kenya.says(".forecast")
    assert "The last place speaks at about 1" in kenya.says(".forecast")
    assert kenya.says("main .press") == "Keep place 2"


def test_where_a_debate_shows_no_times_no_question_does(
    four_places: None, kenya: Browser, db: Database, debate: Debate
) -> None:
    set_instant(db, debate)
    db.execute("update debate set status = 'postponed', status_reason = 'Snow.'")
    for question in ("withdrawal", "later/4", "change"):
        kenya.get(f"{home(debate)}/{question}")
        assert not kenya.has(".forecast")


def test_another_place_than_the_page_showed_is_not_given_up(
    db: Database, debate: Debate, opened: FakeClock, four_places: None, kenya: Browser
) -> None:
    kenya.follow(".give-up a")
    shown = kenya.value("place")
    withdraw(db, opened.now(), actor("BRA"), debate, delegation_id=delegation(db, "BRA").id)
    before = snapshot(db)
    kenya.submit("main form", status=409)
    assert snapshot(db) == before
    assert f"You are now number {int(shown) - 1} and still have that place." in kenya.says(
        ".summary"
    )
    kenya.submit("main form")
    assert kenya.says(".sentence") == f"You give up number {int(shown) - 1}"


def test_after_the_closing_no_way_back_is_promised(
    db: Database, debate: Debate, opened: FakeClock, four_places: None, kenya: Browser
) -> None:
    set_instant(db, debate, closes_at=opened.now())
    kenya.follow(".give-up a")
    assert "you cannot register again" in kenya.words
    kenya.submit("main form")
    ten_seconds_pass(db, opened)
    kenya.get(home(debate))
    assert "The list closed on" in kenya.says(".sentence")
    assert "Your place was given up at" in kenya.says(".why")


def test_without_a_place_there_is_nothing_to_give_up(kenya: Browser, debate: Debate) -> None:
    kenya.get(f"{home(debate)}/withdrawal")
    assert kenya.path == home(debate), "the way back after giving up leads to one's own page"
