"""Trying the button before the opening."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from flask import Flask

from rostrum.actions.debates.lifecycle import NewDates, cancel, postpone
from rostrum.actions.debates.rehearsals import start_rehearsal
from rostrum.actions.debates.settings import change_debate
from rostrum.domain.actors import COMMAND_LINE
from rostrum.domain.debates.debate import Debate
from rostrum.domain.registrations.trials import MOST
from rostrum.store.database import Database
from tests.factories import OPENS_AT, FakeClock
from tests.web.client import Browser
from tests.web.factories import home, make_ready, sign_in, snapshot, take_place

LINK = "nav.more a[href$='/trial']"
BUTTON = "#trial [data-register]"


def test_a_trial_press_arrives_and_leaves_nothing_behind(
    app: Flask, db: Database, debate: Debate, kenya: Browser
) -> None:
    make_ready(app, db, debate)
    kenya.get(home(debate))
    before = snapshot(db)
    kenya.follow(LINK)
    assert "This does not register you." in kenya.says("#trial")
    for htmx, part in ((True, "#trial"), (False, ".notice")):
        kenya.submit(BUTTON, htmx=htmx)
        told = "Your trial press arrived at 9:00:00.000. You are not registered."
        assert told in kenya.says(part)
        assert "umber" not in kenya.says("#trial")
    assert snapshot(db) == before


def test_the_answer_brings_what_the_page_measures_by(
    debate: Debate, kenya: Browser, clock: FakeClock
) -> None:
    kenya.get(f"{home(debate)}/trial")
    assert not kenya.has("[data-arrived]")
    kenya.submit(BUTTON, htmx=True)
    assert kenya.page.select_one("[data-arrived]")["data-arrived"] == str(clock.micros())
    assert all(part.has_attr("hidden") for part in kenya.page.select("[data-delay]"))


def test_it_looks_and_sounds_unlike_the_press_that_counts(
    app: Flask, db: Database, debate: Debate, kenya: Browser
) -> None:
    make_ready(app, db, debate)
    kenya.get(home(debate))
    assert "Register Kenya" in kenya.says("[data-register]")
    kenya.follow(LINK)
    assert kenya.says(BUTTON) == "Send a trial press"
    assert "Register" not in kenya.says("main")
    assert "It is on your page and works from Wed 19 March, 9:30 New York." in kenya.words


def test_ten_minutes_before_the_opening_it_is_over_and_leads_back(
    debate: Debate, kenya: Browser, clock: FakeClock
) -> None:
    kenya.get(f"{home(debate)}/trial")
    clock.set(OPENS_AT - timedelta(minutes=10))
    kenya.submit(BUTTON, htmx=True, status=409)
    assert "Trying is over" in kenya.says("#trial")
    kenya.follow("#trial a.press")
    assert kenya.path == home(debate)
    assert not kenya.has(LINK)
    kenya.get(f"{home(debate)}/trial")
    assert not kenya.has(BUTTON)


def test_a_moved_opening_moves_the_end_of_trying(
    db: Database, debate: Debate, kenya: Browser, clock: FakeClock
) -> None:
    clock.set(OPENS_AT - timedelta(minutes=5))
    wanted = replace(debate, opens_at=OPENS_AT + timedelta(minutes=30))
    change_debate(db, clock.now(), COMMAND_LINE, changed=wanted, seen=0, reason="Later.")
    kenya.get(home(debate))
    kenya.follow(LINK)
    assert "You can try until 9:50, New York time." in kenya.says("#trial")


def test_who_awaits_no_press_is_offered_no_trial(
    app: Flask, db: Database, debate: Debate, clock: FakeClock, kenya: Browser
) -> None:
    france = sign_in(app, db, debate, "FRA")
    clock.set(OPENS_AT)
    take_place(app, db, debate)
    clock.set(OPENS_AT - timedelta(hours=1))
    for browser, code in ((france, "FRA"), (kenya, "KEN")):
        browser.get(home(debate, code))
        assert not browser.has(LINK)
        browser.get(f"{home(debate, code)}/trial")
        assert "There is nothing to try now" in browser.says("#trial")


def test_a_debate_put_off_or_cancelled_offers_no_trial(
    db: Database, debate: Debate, clock: FakeClock, kenya: Browser
) -> None:
    kenya.get(f"{home(debate)}/trial")
    postpone(db, clock.now(), COMMAND_LINE, debate, reason="Travel.", dates=NewDates())
    kenya.submit(BUTTON, htmx=True, status=409)
    assert "There is nothing to try now" in kenya.says("#trial")
    cancel(db, clock.now(), COMMAND_LINE, debate, "Travel.")
    kenya.get(f"{home(debate)}/trial")
    assert not kenya.has(BUTTON)


def test_a_rehearsal_can_be_tried_as_the_debate_itself(
    app: Flask, db: Database, debate: Debate, clock: FakeClock
) -> None:
    copy = start_rehearsal(db, clock.now(), COMMAND_LINE, debate, 30)
    phone = sign_in(app, db, copy)
    phone.follow(LINK)
    phone.submit(BUTTON, htmx=True)
    assert "You are not registered." in phone.says("#trial")
    assert phone.has(".rehearsal")


def test_a_phone_that_tries_without_end_waits_and_others_do_not(
    app: Flask, db: Database, debate: Debate, clock: FakeClock, kenya: Browser
) -> None:
    kenya.get(f"{home(debate)}/trial")
    for _ in range(MOST):
        kenya.submit(BUTTON, htmx=True)
    kenya.submit(BUTTON, htmx=True, status=422)
    assert kenya.problem("press") == "You have tried often enough for now. Wait a minute."
    second = sign_in(app, db, debate)
    second.get(f"{home(debate)}/trial")
    second.submit(BUTTON, htmx=True)
    clock.advance(minutes=1)
    kenya.submit(BUTTON, htmx=True)
    assert "You are not registered." in kenya.says("#trial")
