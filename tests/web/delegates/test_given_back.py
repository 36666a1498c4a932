"""A place that was given back: the delegation reads by whom, when and why."""

from __future__ import annotations

import pytest
from flask import Flask

from rostrum.actions.order.places import move_place
from rostrum.actions.registrations.reinstatements import reinstate_place
from rostrum.actions.registrations.withdrawal import withdraw
from rostrum.domain.actors import Actor
from rostrum.domain.debates.debate import Debate
from rostrum.domain.order.stretches import written_order
from rostrum.domain.registrations.registration import Registration
from rostrum.store.database import Database
from rostrum.store.places import list_places
from rostrum.store.registrations import find_active_registration
from tests.factories import FakeClock, actor, delegation, strike
from tests.web.client import Browser
from tests.web.factories import console, home, sign_in_member, take_place

VERA = Actor("staff", "vera")
REASON = "The letter came by mail in time."


@pytest.fixture
def held(app: Flask, db: Database, debate: Debate, opened: FakeClock) -> Registration:
    """Kenya, third of three."""
    for code in ("BRA", "JPN"):
        take_place(app, db, debate, code)
    return take_place(app, db, debate)


def give_back(db: Database, clock: FakeClock, debate: Debate, held: Registration) -> None:
    clock.advance(minutes=5)
    now = clock.now()
    reinstate_place(db, now, VERA, debate, registration_id=held.id, reason=REASON)


def move(db: Database, clock: FakeClock, debate: Debate, held: Registration, place: int) -> None:
    seen = written_order(list_places(db, debate.id))
    given = {"registration_id": held.id, "place": place, "seen_order": seen, "reason": "Travel."}
    move_place(db, clock.now(), VERA, debate, **given)


def test_a_struck_delegation_reads_that_it_is_back_since_when_and_why(
    db: Database, debate: Debate, opened: FakeClock, held: Registration, kenya: Browser
) -> None:
    move(db, opened, debate, held, 1)
    opened.set(debate.letter_deadline)
    strike(db, opened.now(), VERA, debate, held, "No letter.")
    give_back(db, opened, debate, held)
    kenya.get(home(debate))
    said = kenya.says("#standing")
    assert "You are number 3" in said
    assert f"The Presidency put your delegation back on the list at 18:05:00. {REASON}" in said
    assert "Travel" not in said, "what moved it before explains its number no longer"
    assert "No change since" not in said
    kenya.get(f"{home(debate)}/phones")
    changes = kenya.says("#phone_changes")
    assert "Put back on the list Fri 21 March 2025, 18:05:00 New York · the Presidency" in changes
    assert "Taken off the list Fri 21 March 2025, 18:00:00 New York · the Presidency" in changes
    assert "Moved to another place" in changes


def test_who_withdrew_and_is_back_at_its_number_reads_so_too(
    db: Database, debate: Debate, opened: FakeClock, held: Registration, kenya: Browser
) -> None:
    withdraw(db, opened.now(), actor(), debate, delegation_id=held.delegation_id)
    give_back(db, opened, debate, held)
    kenya.get(home(debate))
    said = kenya.says("#standing")
    assert f"The Presidency put your delegation back on the list at 9:35:00. {REASON}" in said
    assert "No change since" not in said


def test_a_move_after_that_is_told_with_it(
    db: Database, debate: Debate, opened: FakeClock, held: Registration, kenya: Browser
) -> None:
    withdraw(db, opened.now(), actor(), debate, delegation_id=held.delegation_id)
    give_back(db, opened, debate, held)
    opened.advance(minutes=1)
    move(db, opened, debate, held, 1)
    kenya.get(home(debate))
    said = kenya.says("#standing")
    assert "the Presidency moved you at 9:36:00. Reason: Travel." in said
    assert "now 1: the Presidency gave your place back, the Presidency moved you." in said
    assert REASON in said


def test_what_cancelled_out_is_no_reason_for_a_number(
    app: Flask, db: Database, debate: Debate, opened: FakeClock, held: Registration, kenya: Browser
) -> None:
    brazil = find_active_registration(db, debate.id, delegation(db, "BRA").id)
    withdraw(db, opened.now(), actor("BRA"), debate, delegation_id=brazil.delegation_id)
    vera = sign_in_member(app, "vera")
    vera.get(console(debate))
    assert "arrived 3; Brazil withdrew" in vera.says(f"#row_{held.id}")
    give_back(db, opened, debate, brazil)
    kenya.get(home(debate))
    assert "You are now number 3 instead of 2: Brazil got its place back" in kenya.words
    assert "Arrived as number 3 at 9:30:00.000." in kenya.says("#standing")
    assert "withdrew" not in kenya.says("#standing")
    for path in (console(debate), f"{console(debate)}/order"):
        anna = sign_in_member(app, "anna")
        anna.get(path)
        assert "arrived 3" not in anna.words
        assert "withdrew" not in anna.words
