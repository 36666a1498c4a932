"""Receipts that anybody can check, and the rule of the order."""

from __future__ import annotations

import pytest
from flask import Flask

from rostrum.actions.registrations.withdrawal import withdraw
from rostrum.domain.actors import Actor
from rostrum.domain.debates.debate import Debate
from rostrum.domain.registrations.receipts import receipt_code
from rostrum.domain.times import MICROSECOND
from rostrum.store.database import Database
from tests.factories import OPENS_AT, FakeClock, actor, delegation, strike
from tests.web.client import Browser
from tests.web.factories import sign_in, take_place


def test_a_stranger_sees_what_the_server_recorded_and_nothing_personal(
    app: Flask, db: Database, debate: Debate, opened: FakeClock
) -> None:
    held = take_place(app, db, debate, "KEN")
    page = Browser(app)
    page.get(f"/receipts/{receipt_code(app.secret_key, held.id)}")
    for said in ("Genuine", "Kenya", held.reference, held.letter.sha256, "2025-03-19T13:30:00"):
        assert said in page.words
    for kept in (held.speaker.name, held.speaker.contact_email, held.letter.original_name):
        assert kept not in page.words


def test_the_delegation_finds_its_receipt_on_its_page(
    app: Flask, db: Database, debate: Debate, opened: FakeClock
) -> None:
    held = take_place(app, db, debate, "KEN")
    kenya = sign_in(app, db, debate, "KEN")
    kenya.get(f"/debates/{debate.slug}/delegations/KEN")
    kenya.follow("a[href^='/receipts/']")
    assert held.reference in kenya.words


def test_a_receipt_tells_that_its_place_was_given_up(
    app: Flask, db: Database, debate: Debate, opened: FakeClock
) -> None:
    held = take_place(app, db, debate, "KEN")
    who = delegation(db, "KEN").id
    withdraw(db, OPENS_AT + 9 * MICROSECOND, actor("KEN"), debate, delegation_id=who)
    page = Browser(app)
    page.get(f"/receipts/{receipt_code(app.secret_key, held.id)}")
    assert "Genuine" in page.words
    assert "was given up" in page.words


def test_a_receipt_tells_that_the_mission_took_its_place(
    app: Flask, db: Database, debate: Debate, opened: FakeClock
) -> None:
    held = take_place(app, db, debate, "KEN")
    opened.set(debate.letter_deadline)
    strike(db, opened.now(), Actor("staff", "vera"), debate, held, reason="No letter in time.")
    page = Browser(app)
    page.get(f"/receipts/{receipt_code(app.secret_key, held.id)}")
    assert "The Presidency took the delegation off the list" in page.words
    assert "given up" not in page.words
    assert "No letter in time." not in page.words, "the reason is the delegation's alone"


@pytest.mark.parametrize(
    ("forged", "sentence"),
    [
        ("1-AAAAAAAAAAAAAAAAAAAAAA", "not a receipt of this server"),
        ("9999999-AAAAAAAAAAAAAAAAAAAAAA", "not a receipt of this server"),
        ("1", "The link is not whole."),
        ("x", "The link is not whole."),
        ("1-é", "The link is not whole."),
        ("99999999999-A", "The link is not whole."),
    ],
)
def test_a_forged_receipt_is_refused(app: Flask, forged: str, sentence: str) -> None:
    for path in (f"/receipts/{forged}", f"/receipts/{forged}/code.svg"):
        page = Browser(app)
        page.get(path, status=404)
        assert sentence in page.words


def test_the_code_is_a_picture_of_the_link(
    app: Flask, db: Database, debate: Debate, opened: FakeClock
) -> None:
    held = take_place(app, db, debate, "KEN")
    answer = app.test_client().get(f"/receipts/{receipt_code(app.secret_key, held.id)}/code.svg")
    assert answer.mimetype == "image/svg+xml"
    assert answer.data.startswith(b"<svg")


def test_the_rule_is_public_and_speaks_of_this_debate(app: Flask, debate: Debate) -> None:
    page = Browser(app)
    page.get(f"/debates/{debate.slug}/rule")
    assert "Places follow the order in which this server received" in page.words
    assert "Wed 19 March, 9:30 New York" in page.words
    page.get("/debates/none/rule", status=404)
