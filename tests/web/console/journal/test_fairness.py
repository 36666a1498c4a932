"""How the order came about, on the console."""

from __future__ import annotations

from flask import Flask

from rostrum.domain.debates.debate import Debate
from rostrum.store.database import Database
from tests.factories import FakeClock, register
from tests.web.factories import sign_in_member, take_place


def test_staff_see_stamps_numbers_and_retries(
    app: Flask, db: Database, debate: Debate, opened: FakeClock
) -> None:
    take_place(app, db, debate, "KEN")
    take_place(app, db, debate, "BRA")
    register(db, debate, "KEN")
    carl = sign_in_member(app, "carl")
    carl.get(f"/staff/debates/{debate.slug}")
    carl.follow("a[href$='/fairness']")
    assert "Every number follows its stamp" in carl.words
    assert "Presses answered with the same receipt1" in carl.words.replace(" 1", "1")
    assert "2025-03-19T13:30:00" in carl.words


def test_before_the_opening_there_is_nothing_to_report(
    app: Flask, db: Database, debate: Debate
) -> None:
    carl = sign_in_member(app, "carl")
    carl.get(f"/staff/debates/{debate.slug}/fairness")
    assert "Nobody has registered yet." in carl.words
