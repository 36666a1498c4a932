"""The list is open and the time for letters is over: page, invitation and press say the same."""

from __future__ import annotations

import pytest
from flask import Flask

from rostrum.actions.debates.mission_contact import set_mission_contact
from rostrum.actions.registrations.withdrawal import withdraw
from rostrum.domain.actors import COMMAND_LINE
from rostrum.domain.debates.debate import Debate
from rostrum.domain.debates.mission_contact import MissionContact
from rostrum.store.database import Database
from tests.factories import FakeClock, actor, pdf_bytes
from tests.web.client import Browser
from tests.web.factories import home, link, make_ready, snapshot, take_place
from tests.web.request_bodies import File

WORDS = (
    "The time for letters is over. Without a letter your delegation cannot register by itself. "
    "Call the Presidency."
)
PHONE = "+45 33 92 00 00"


@pytest.fixture
def late(app: Flask, db: Database, debate: Debate, opened: FakeClock) -> FakeClock:
    """The clock at the end of the time for letters."""
    opened.set(debate.letter_deadline)
    return opened


def test_without_a_letter_there_is_no_button_that_cannot_work(
    app: Flask, db: Database, debate: Debate, opened: FakeClock, kenya: Browser
) -> None:
    set_mission_contact(db, opened.now(), COMMAND_LINE, MissionContact(phone=PHONE), debate)
    opened.set(debate.letter_deadline)
    kenya.refresh()
    assert WORDS in kenya.says("#standing")
    assert PHONE in kenya.says("#standing")
    assert not kenya.has("#page_body form")
    invited = Browser(app)
    invited.get(link(app, db, debate, "KEN"))
    assert WORDS in invited.words
    assert PHONE in invited.words
    assert "press Register" not in invited.words


def test_a_press_on_a_page_from_before_is_refused_in_the_same_words(
    debate: Debate, kenya: Browser, db: Database, opened: FakeClock
) -> None:
    kenya.get(home(debate))
    opened.set(debate.letter_deadline)
    before = snapshot(db)
    kenya.submit("[data-register]", status=422)
    assert WORDS in kenya.says("#standing")
    assert snapshot(db) == before


def test_a_letter_that_comes_with_a_late_press_is_refused(
    debate: Debate, kenya: Browser, db: Database, opened: FakeClock
) -> None:
    kenya.get(home(debate))
    opened.set(debate.letter_deadline)
    kenya.submit("[data-register]", files={"letter": File(pdf_bytes())}, status=422)
    assert "Letters were due by Fri 21 March, 18:00 New York" in kenya.words
    assert not snapshot(db)["registration"]


def test_with_a_letter_a_delegation_registers_as_before(
    app: Flask, db: Database, debate: Debate, late: FakeClock, kenya: Browser
) -> None:
    late.set(debate.opens_at)
    make_ready(app, db, debate)
    late.set(debate.letter_deadline)
    kenya.refresh()
    assert "Ready. Press Register." in kenya.says("#standing")
    kenya.submit("[data-register]", htmx=True)
    assert kenya.has("[data-place]")


def test_who_gave_its_place_up_before_its_letter_came_reads_both(
    app: Flask, db: Database, debate: Debate, opened: FakeClock, kenya: Browser
) -> None:
    held = take_place(app, db, debate)
    withdraw(db, opened.now(), actor(), debate, delegation_id=held.delegation_id)
    db.execute("update draft set letter_id = null")
    db.conn.commit()
    opened.set(debate.letter_deadline)
    kenya.refresh()
    assert "Your place was given up" in kenya.says("#standing")
    assert WORDS in kenya.says("#standing")
    assert "You can register again" not in kenya.words


def test_the_invitation_of_who_is_registered_asks_for_nothing(
    app: Flask, db: Database, debate: Debate, opened: FakeClock, browser: Browser
) -> None:
    take_place(app, db, debate)
    browser.get(link(app, db, debate, "KEN"))
    assert "Kenya is registered. Your page shows your place, live." in browser.words
    assert "press Register" not in browser.words
    opened.set(debate.starts_at)
    browser.get(link(app, db, debate, "BRA"))
    assert "The list closed on Mon 24 March, 10:00 New York" in browser.words
