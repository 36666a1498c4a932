"""The delegation's own deadline for its letter, in every state of the letter and of the debate."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from flask import Flask

from rostrum.actions.debates.lifecycle import NewDates, postpone
from rostrum.actions.debates.settings import change_debate
from rostrum.actions.letters.decisions import accept_letter, return_letter
from rostrum.actions.registrations.deadlines import extend_deadline
from rostrum.domain.actors import Actor
from rostrum.domain.debates.debate import Debate
from rostrum.domain.letters.letter import LetterState
from rostrum.store.database import Database
from rostrum.store.debates import get_debate_by_id
from tests.factories import FakeClock
from tests.web.client import Browser
from tests.web.factories import home, share, share_token, take_place

VERA = Actor("staff", "vera")
UNTIL = datetime(2025, 3, 22, 16, tzinfo=UTC)
OWN = "The Presidency gave you more time for your letter: until Sat 22 March, 12:00 New York."


def bring(db: Database, clock: FakeClock, debate: Debate, letter_id: int, state: str) -> None:
    """Decides about the letter as `state` says, through the actions that staff use."""
    now = clock.now()
    if state == LetterState.ACCEPTED:
        accept_letter(db, now, VERA, debate, letter_id=letter_id)
    if state == LetterState.RETURNED:
        return_letter(db, now, VERA, debate, letter_id=letter_id, reasons=("not_signed",))


@pytest.mark.parametrize("state", ["accepted", "pending", "returned"])
def test_more_time_is_told_with_who_gave_it_in_every_state_of_the_letter(
    app: Flask, db: Database, debate: Debate, opened: FakeClock, kenya: Browser, state: str
) -> None:
    held = take_place(app, db, debate)
    bring(db, opened, debate, held.letter.id, state)
    changed = replace(debate, letter_deadline=debate.letter_deadline.replace(hour=20))
    change_debate(db, opened.now(), VERA, changed=changed, seen=debate.version, reason="Travel.")
    debate = get_debate_by_id(db, debate.id)
    kenya.get(home(debate))
    assert ("Letters are due by 16:00" in kenya.words) is (state != "accepted")
    extend_deadline(db, opened.now(), VERA, debate, registration_id=held.id, until=UNTIL)
    kenya.poll()
    assert OWN in kenya.says("#standing")
    assert "Letters are due by" not in kenya.words
    kenya.get(f"{home(debate)}/about")
    assert "Letters by Sat 22 March, 12:00 New York" in kenya.words
    kenya.get(f"{home(debate)}/phones")
    assert "Time for the letter: until Sat 22 March, 12:00 New York" in kenya.says("#phone_changes")
    opened.set(UNTIL)
    kenya.get(home(debate))
    assert OWN not in kenya.words


def test_while_postponed_the_letter_and_its_deadline_stay_on_the_page(
    app: Flask, db: Database, debate: Debate, opened: FakeClock, kenya: Browser, browser: Browser
) -> None:
    share(db, debate)
    held = take_place(app, db, debate)
    bring(db, opened, debate, held.letter.id, "returned")
    postpone(db, opened.now(), VERA, debate, reason="Travel.", dates=NewDates())
    kenya.get(home(debate))
    said = kenya.says("#standing")
    assert "Your place is kept: number 1 of 1" in said
    assert "The letter came back" in said
    assert kenya.has("#standing .press[href$='/letter']")
    assert "by Fri" not in said, "the new dates are not known"
    again = NewDates(starts_at=debate.starts_at.replace(day=31))
    postpone(db, opened.now(), VERA, debate, reason="Travel.", dates=again)
    kenya.refresh()
    assert "Replace the letter by Fri 28 March, 18:00 New York." in kenya.says("#standing")
    browser.get(f"/shared/{share_token(app, db, debate)}")
    assert "The letter came back" in browser.words
    kenya.follow("#standing .press")
    assert "Letters can be sent until Fri 28 March, 18:00 New York." in kenya.words
