"""Late letters at the console and on the phone: more time for one, a place struck with a reason."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask

from rostrum.actions.letters.decisions import return_letter
from rostrum.domain.actors import Actor
from rostrum.domain.debates.debate import Debate
from rostrum.store.database import Database
from rostrum.store.registrations import find_active_registration
from tests.factories import FakeClock, delegation, pdf_bytes
from tests.web.client import Browser
from tests.web.factories import (
    console,
    home,
    sign_in,
    sign_in_member,
    snapshot,
    take_place,
    ten_seconds_pass,
)
from tests.web.request_bodies import File

VERA = Actor("staff", "vera")
REASON = "No signed letter was received in time."
SOON = "2025-03-21T20:00"
"""Two hours after the deadline of the shipped debate, New York time."""


@pytest.fixture
def listed(app: Flask, db: Database, debate: Debate, opened: FakeClock) -> None:
    for code in ("BRA", "KEN", "JPN"):
        take_place(app, db, debate, code)


@pytest.fixture
def late(listed: None, db: Database, debate: Debate, opened: FakeClock) -> FakeClock:
    """A minute after the deadline; the letters of Kenya and Japan came back."""
    for code in ("KEN", "JPN"):
        letter_id = letter_of(db, debate, code)
        return_letter(db, opened.now(), VERA, debate, letter_id=letter_id, reasons=("not_signed",))
    opened.set(debate.letter_deadline + timedelta(minutes=1))
    return opened


def letter_of(db: Database, debate: Debate, code: str) -> int:
    held = find_active_registration(db, debate.id, delegation(db, code).id)
    return held.letter.id


def page_of(db: Database, debate: Debate, code: str = "KEN") -> str:
    who = delegation(db, code).id
    row = next(row for row in snapshot(db)["registration"] if row["delegation_id"] == who)
    return f"{console(debate)}/registrations/{row['id']}/letter"


def test_before_the_deadline_nobody_is_late(listed: None, vera: Browser, debate: Debate) -> None:
    vera.get(console(debate))
    assert "Letter late" not in vera.words
    vera.get(f"{console(debate)}?show=late")
    assert vera.page.select("tbody tr") == []


def test_after_the_deadline_late_is_who_was_sent_the_letter_back_and_no_unread_one(
    listed: None, app: Flask, debate: Debate, db: Database, opened: FakeClock
) -> None:
    vera = sign_in_member(app, "vera")
    vera.get(f"{console(debate)}/letters/{letter_of(db, debate, 'KEN')}")
    vera.submit("#decision button.save", {"reasons": ["not_signed"], "remark": "See page 2."})
    opened.set(debate.letter_deadline + timedelta(minutes=1))
    vera = sign_in_member(app, "vera")
    vera.get(console(debate))
    assert vera.says(".figures a.is-bad") == "1 Letter late"
    vera.follow(".figures a.is-bad")
    [row] = vera.page.select("tbody tr")
    assert "Kenya" in row.th.get_text()
    assert "The letter is not signed." in row.th.get_text()
    assert "See page 2." in row.th.get_text()
    vera.follow("tbody a[href$='/letter']")
    assert vera.path == page_of(db, debate)
    assert "Letters could be sent until Fri 21 March, 18:00 New York." in vera.words


def test_nobody_is_late_whose_letter_waits_for_staff(
    late: FakeClock, vera: Browser, debate: Debate, db: Database
) -> None:
    vera.get(page_of(db, debate, "BRA"))
    assert "Came in time, still to be read" in vera.words
    assert not vera.has("#strike")
    vera.post(
        f"{page_of(db, debate, 'BRA')}/strike",
        {"csrf_token": vera.token(), "reason": REASON},
        status=422,
    )
    assert "The letter is still to be read" in vera.says(".summary")
    assert all(row["place"] for row in snapshot(db)["registration"])


def test_one_delegation_gets_more_time_and_sees_it(
    late: FakeClock, app: Flask, db: Database, debate: Debate, vera: Browser
) -> None:
    kenya, brazil = (sign_in(app, db, debate, code) for code in ("KEN", "BRA"))
    kenya.get(f"{home(debate)}/letter", status=422)
    vera.get(page_of(db, debate))
    vera.submit("#extension", {"until": SOON})
    assert "Letters of Kenya are taken until Fri 21 March, 20:00 New York." in vera.words
    vera.get(page_of(db, debate))
    assert "Extended for this delegation." in vera.words
    assert vera.value("until") == SOON
    kenya.get(f"{home(debate)}/letter")
    assert "Letters can be sent until Fri 21 March, 20:00 New York." in kenya.words
    kenya.submit("#letter_form", files={"letter": File(pdf_bytes(), "late.pdf")})
    assert "late.pdf" in kenya.words
    brazil.get(f"{home(debate, 'BRA')}/letter", status=422)


def test_a_returned_letter_tells_the_extended_deadline(
    listed: None, db: Database, debate: Debate, vera: Browser, kenya: Browser
) -> None:
    vera.get(page_of(db, debate))
    vera.follow("p.state a")
    vera.submit("#decision button.save", {"reasons": ["not_signed"]})
    kenya.poll()
    assert "Replace the letter by Fri 21 March, 18:00 New York." in kenya.says("#standing")
    vera.get(page_of(db, debate))
    vera.submit("#extension", {"until": SOON})
    before = kenya.page.select_one("#page_body")["data-fingerprint"]
    kenya.poll()
    assert "Replace the letter by Fri 21 March, 20:00 New York." in kenya.says("#standing")
    assert kenya.page.select_one("#standing")["data-fingerprint"] != before


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("", "Give a day and a time."),
        ("tomorrow", "for example 2025-03-21 18:00"),
        ("9999-12-31T23:59", "for example 2025-03-21 18:00"),
        ("2026-03-08T02:30", "There is no 02:30 in New York on Sun 8 March 2026"),
        ("2026-11-01T01:30", "01:30 comes twice in New York on Sun 1 November 2026"),
        ("2025-03-20T10:00", "This time is over."),
        ("2025-03-21T18:00", "This time is over."),
        ("2025-03-24T10:01", "needs the letter by Mon 24 March, 10:00 New York."),
    ],
)
def test_an_extension_that_gives_no_time_is_refused_at_its_field(
    late: FakeClock, db: Database, debate: Debate, vera: Browser, typed: str, told: str
) -> None:
    before = snapshot(db)
    vera.get(page_of(db, debate))
    vera.submit("#extension", {"until": typed}, status=422)
    assert told in vera.problem("until")
    assert vera.value("until") == typed
    assert snapshot(db)["registration"] == before["registration"]


def test_a_struck_place_is_told_with_its_reason(
    late: FakeClock, app: Flask, db: Database, debate: Debate, vera: Browser, kenya: Browser
) -> None:
    japan = sign_in(app, db, debate, "JPN")
    vera.get(page_of(db, debate))
    vera.submit("#strike", {"reason": REASON})
    assert "Kenya, number 2, is struck off the list." in vera.words
    kenya.get(home(debate))
    told = kenya.says("#standing")
    assert "took your delegation off the list Fri 21 March, 18:01 New York" in told
    assert REASON in told
    assert "Call the Presidency" in told
    assert not kenya.has("[data-register]")
    japan.poll()
    assert (
        "You are now number 2 instead of 3: the Presidency took Kenya off the list" in japan.words
    )
    assert REASON not in japan.words
    vera.get(f"{console(debate)}?show=withdrawn")
    assert f"struck by vera 18:01:00: {REASON}" in vera.words


def test_striking_needs_a_reason_and_a_deadline_that_has_passed(
    late: FakeClock, app: Flask, db: Database, debate: Debate, opened: FakeClock, vera: Browser
) -> None:
    opened.set(debate.opens_at)
    vera.get(page_of(db, debate))
    assert not vera.has("#strike")
    assert "Only when the time for letters is over." in vera.words
    opened.set(debate.letter_deadline)
    vera = sign_in_member(app, "vera")
    vera.get(page_of(db, debate))
    vera.submit("#strike", {"reason": " "}, status=422)
    assert "Say why it is struck" in vera.problem("reason")
    token, path = vera.token(), f"{page_of(db, debate)}/strike"
    opened.set(debate.opens_at)
    vera.post(path, {"csrf_token": token, "reason": REASON}, status=422)
    assert "cannot be struck before" in vera.says(".summary")
    assert all(row["place"] for row in snapshot(db)["registration"])


def test_a_place_given_up_meanwhile_is_told(
    late: FakeClock, db: Database, debate: Debate, vera: Browser, kenya: Browser
) -> None:
    vera.get(page_of(db, debate))
    kenya.get(f"{home(debate)}/withdrawal")
    kenya.submit("main form")
    ten_seconds_pass(db, late)
    vera.submit("#strike", {"reason": REASON}, status=409)
    assert "given up" in vera.words


def test_the_chair_decides_nothing_about_letters(
    late: FakeClock, db: Database, debate: Debate, carl: Browser
) -> None:
    carl.get(page_of(db, debate), status=403)
