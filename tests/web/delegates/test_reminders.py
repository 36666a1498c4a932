"""What a phone wants to be told: that only so many are before its delegation."""

from __future__ import annotations

import pytest
from flask import Flask

from rostrum.actions.registrations.withdrawal import withdraw
from rostrum.domain.debates.debate import Debate
from rostrum.store.database import Database
from tests.factories import FakeClock, actor, delegation
from tests.web.client import Browser
from tests.web.factories import home, sign_in, snapshot, take_place


@pytest.fixture
def third(app: Flask, db: Database, debate: Debate, opened: FakeClock, kenya: Browser) -> Browser:
    """Kenya's phone, Kenya third."""
    for code in ("BRA", "JPN", "KEN"):
        take_place(app, db, debate, code)
    kenya.get(home(debate))
    return kenya


def is_shown(browser: Browser) -> bool:
    return browser.has("#reached:not([hidden])")


def test_the_number_is_kept_for_this_phone_and_told_once_it_is_reached(
    third: Browser, app: Flask, db: Database, debate: Debate, opened: FakeClock
) -> None:
    third.submit("form.tell", {"before": "1"})
    assert third.value("before") == "1"
    assert not is_shown(third)
    withdraw(db, opened.now(), actor("BRA"), debate, delegation_id=delegation(db, "BRA").id)
    third.get(home(debate))
    assert is_shown(third)
    assert third.says("#reached") == "1 before you: you asked to be told"
    other = sign_in(app, db, debate, "KEN")
    other.get(home(debate))
    assert not other.has("#reached")


def test_a_number_that_was_jumped_over_counts_as_reached(third: Browser) -> None:
    third.submit("form.tell", {"before": "30"})
    assert third.says("#reached") == "2 before you: you asked to be told"


def test_it_can_be_switched_off(third: Browser) -> None:
    third.submit("form.tell", {"before": "30"})
    third.submit("form.tell [name=off]")
    assert "Switched off." in third.words
    assert not third.has("#reached")


@pytest.mark.parametrize("typed", ["", "-1", "301", "five", "1.5", "9" * 40])
def test_what_is_no_such_number_is_refused_at_its_field(
    db: Database, third: Browser, typed: str
) -> None:
    before = snapshot(db)
    third.submit("form.tell", {"before": typed}, status=422)
    assert third.says("#before_error")
    assert third.value("before") == typed
    assert snapshot(db) == before


def test_nobody_is_asked_before_there_is_a_place(debate: Debate, kenya: Browser) -> None:
    kenya.get(home(debate))
    assert not kenya.has("form.tell")
