"""The meeting moves after letters came in: what was decided keeps its day, readers are told."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask

from rostrum.actions.debates.settings import change_debate
from rostrum.actions.letters.decisions import return_letter
from rostrum.domain.actors import Actor
from rostrum.domain.debates.debate import Debate
from rostrum.domain.registrations.registration import Registration
from rostrum.store.database import Database
from rostrum.store.debates import get_debate_by_id
from tests.factories import FakeClock
from tests.web.client import Browser
from tests.web.factories import console, home, make_ready, sign_in_member, take_place

VERA = Actor("staff", "vera")
OLDER = "The meeting moved after you sent your letter. The Presidency decides whether it needs"


@pytest.fixture
def held(app: Flask, db: Database, debate: Debate, opened: FakeClock) -> Registration:
    return take_place(app, db, debate)


def move_meeting(db: Database, clock: FakeClock, debate: Debate) -> None:
    """A week later; the list stays open."""
    clock.advance(minutes=1)
    present = get_debate_by_id(db, debate.id)
    changed = replace(present, starts_at=present.starts_at + timedelta(days=7))
    seen = present.version
    change_debate(db, clock.now(), VERA, changed=changed, seen=seen, reason="Travel.")


def test_a_decision_keeps_the_day_that_it_named(
    db: Database, debate: Debate, opened: FakeClock, held: Registration, kenya: Browser
) -> None:
    now = opened.now()
    return_letter(db, now, VERA, debate, letter_id=held.letter.id, reasons=("wrong_debate",))
    for _ in range(2):
        move_meeting(db, opened, debate)
        kenya.get(home(debate))
        assert "nor its date, Mon 24 March 2025." in kenya.says("#standing")
    assert "Mon 7 April" in kenya.says("header")
    carl = sign_in_member(kenya.app, "carl")
    carl.get(f"{console(debate)}?show=returned")
    assert "nor its date, Mon 24 March 2025." in carl.says(f"#row_{held.id}")


def test_an_older_letter_is_marked_where_it_is_read_and_where_it_was_sent(
    db: Database, debate: Debate, opened: FakeClock, held: Registration, kenya: Browser
) -> None:
    kenya.get(home(debate))
    assert OLDER not in kenya.words
    move_meeting(db, opened, debate)
    kenya.poll()
    assert OLDER in kenya.says("#standing")
    vera = sign_in_member(kenya.app, "vera")
    vera.get(f"{console(debate)}/letters/{held.letter.id}")
    said = "Sent before the meeting moved from Mon 24 March 2025 to Mon 31 March 2025: it may name"
    assert said in vera.words


def test_a_prepared_letter_that_is_older_says_so_and_stays_ready(
    app: Flask, db: Database, debate: Debate, opened: FakeClock, kenya: Browser
) -> None:
    make_ready(app, db, debate)
    move_meeting(db, opened, debate)
    kenya.get(home(debate))
    assert "Ready. Press Register." in kenya.words
    assert OLDER in kenya.says("#letter_box")
