"""A delegation's page in each of its states, and the press."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask

from rostrum.actions.registrations.withdrawal import withdraw
from rostrum.domain.debates.debate import Debate
from rostrum.store.database import Database
from tests.factories import OPENS_AT, FakeClock, actor, pdf_bytes
from tests.letters.factories import a_long_pdf
from tests.web.client import Browser
from tests.web.factories import (
    SPEAKER,
    home,
    journal_kinds,
    keep_letter,
    make_ready,
    set_instant,
    sign_in,
    snapshot,
    take_place,
    ten_seconds_pass,
    until_read,
)
from tests.web.request_bodies import File

LATER = OPENS_AT + timedelta(hours=6)
WAYS = pytest.mark.parametrize("htmx", [False, True], ids=["plain", "htmx"])


def registrations(db: Database) -> list[dict]:
    return snapshot(db)["registration"]


# --- States -----------------------------------------------------------------------------------


def test_before_the_opening_the_page_asks_for_speaker_and_letter(kenya: Browser) -> None:
    assert "The list opens" in kenya.says("#standing")
    assert "Wed 19 March, 9:30 New York" in kenya.says("#standing")
    assert "Speaker and letter are needed to register." in kenya.words
    assert "Cites rule 37 of the provisional rules of procedure" in kenya.says("#letter_box")
    assert kenya.has("[name=contact_phone]")
    assert kenya.has("[data-countdown='1742391000000000']")


def test_an_observer_is_asked_for_a_letter_on_its_own_basis(
    app: Flask, db: Database, debate: Debate
) -> None:
    palestine = sign_in(app, db, debate, "PSE")
    assert "rule 37" not in palestine.says("#letter_box")


def test_prepared_the_page_says_ready(
    app: Flask, db: Database, debate: Debate, kenya: Browser
) -> None:
    make_ready(app, db, debate)
    kenya.get(home(debate))
    assert "Ready. At 9:30 press Register." in kenya.says("#standing")
    assert "H.E. Mr. Erastus Ekitela Lokaale" in kenya.says("#speaker")
    assert "letter-of-KEN.pdf" in kenya.says("#letter_box")


def test_open_the_page_says_since_when(debate: Debate, kenya: Browser, opened: FakeClock) -> None:
    kenya.get(home(debate))
    assert "opened on Wed 19 March, 9:30 New York" in kenya.says("#standing")
    assert kenya.has("[data-register]")


def test_with_the_meeting_the_list_is_closed_to_delegations(
    app: Flask, db: Database, debate: Debate, kenya: Browser, opened: FakeClock
) -> None:
    make_ready(app, db, debate)
    opened.set(debate.starts_at - timedelta(microseconds=1))
    kenya.get(home(debate))
    assert kenya.has("[data-register]")
    opened.set(debate.starts_at)
    kenya.get(home(debate))
    assert "The list closed on Mon 24 March, 10:00 New York" in kenya.says("#standing")
    assert not kenya.has("[data-register]")


def test_closed_the_page_says_when_and_offers_no_press(
    db: Database, debate: Debate, kenya: Browser, opened: FakeClock
) -> None:
    set_instant(db, debate, closes_at=OPENS_AT + timedelta(hours=1))
    opened.advance(hours=1)
    kenya.get(home(debate))
    assert "The list closed on Wed 19 March, 10:30 New York" in kenya.says("#standing")
    assert not kenya.has("[data-register]")


def test_a_council_member_is_told_that_the_mission_enters_the_order(
    app: Flask, db: Database, debate: Debate
) -> None:
    france = sign_in(app, db, debate, "FRA")
    assert "Council members speak in an order drawn by lot" in france.says("#standing")
    assert not france.has("form")


def test_the_debate_is_told_as_its_notice_has_it(kenya: Browser) -> None:
    kenya.follow("nav a[href$=about]")
    told = kenya.says("main")
    for words in (
        "Maintenance of international peace and security",
        "Mon 24 March, 10:00 New York",
        "Lars Løkke Rasmussen",
        "not longer than 3 minutes",
        "The list closes when the meeting starts",
        "Fri 21 March, 18:00 New York",
    ):
        assert words in told
    assert len(kenya.page.select("section ol li")) == 5


# --- The press --------------------------------------------------------------------------------


@WAYS
@pytest.mark.parametrize(
    ("early", "said"),
    [
        (timedelta(seconds=3.2), "3.2 s too early"),
        (timedelta(microseconds=1), "0.001 s too early"),
        (timedelta(minutes=3, seconds=12), "3 min 12 s too early"),
        (timedelta(hours=2, minutes=5), "2 h 5 min too early"),
    ],
)
def test_a_press_too_early_is_told_by_how_much_and_keeps_everything(
    app: Flask,
    db: Database,
    debate: Debate,
    clock: FakeClock,
    kenya: Browser,
    early: timedelta,
    said: str,
    htmx: bool,
) -> None:
    keep_letter(app, db, debate)
    kenya.get(home(debate))
    clock.set(OPENS_AT - early)
    kenya.submit("[data-register]", SPEAKER, htmx=htmx, status=422)
    told = kenya.says("#press_said") if htmx else kenya.problem("press")
    assert told.startswith(said)
    assert "nothing is lost" in told
    assert registrations(db) == []
    clock.set(OPENS_AT)
    # As typed: scripts leave the form as it stands, without them it was shown again.
    kenya.submit("[data-register]", SPEAKER if htmx else {}, htmx=htmx)
    assert kenya.says(".number") == "1"
    assert SPEAKER["name"] in kenya.words


@WAYS
def test_a_press_at_the_opening_gives_a_place_and_a_receipt(
    app: Flask, db: Database, debate: Debate, clock: FakeClock, kenya: Browser, htmx: bool
) -> None:
    take_first = OPENS_AT + timedelta(microseconds=412_999)
    make_ready(app, db, debate, "KEN")
    kenya.get(home(debate))
    clock.set(OPENS_AT)
    take_place(app, db, debate, "BRA")
    clock.set(take_first)
    kenya.submit("[data-register]", htmx=htmx)
    [_, held] = registrations(db)
    assert kenya.says(".number") == "2"
    assert "of 2 · 1 before you" in kenya.says("#standing")
    assert "You arrived as number 2 at 9:30:00.412. No change since." in kenya.says(".why")
    receipt = kenya.says(".receipt")
    assert f"Receipt {held['reference']}" in receipt
    assert "Arrival number2" in receipt
    assert "Wed 19 March 2025 · 9:30:00.412" in receipt
    assert "2025-03-19T13:30:00.412Z" in receipt
    assert kenya.has("time[datetime='2025-03-19T09:30:00.412-04:00']")
    assert "letter-of-KEN.pdf" in receipt
    assert snapshot(db)["letter_file"][0]["sha256"] in receipt


def test_who_arrives_after_others_gave_up_is_told_of_no_change_that_was_none(
    app: Flask, db: Database, debate: Debate, opened: FakeClock, kenya: Browser
) -> None:
    gone = take_place(app, db, debate, "BRA")
    withdraw(db, opened.now(), actor("BRA"), debate, delegation_id=gone.delegation_id)
    take_place(app, db, debate, "KEN")
    kenya.get(home(debate))
    assert kenya.says("#standing .number") == "1"
    assert kenya.says(".why") == "Arrived as number 2 at 9:30:00.000."


@WAYS
def test_a_second_press_is_told_the_same_place(
    app: Flask, db: Database, debate: Debate, opened: FakeClock, htmx: bool
) -> None:
    make_ready(app, db, debate)
    first, second = sign_in(app, db, debate), sign_in(app, db, debate)
    first.submit("[data-register]", htmx=htmx)
    opened.advance(seconds=5)
    second.submit("[data-register]", htmx=htmx)
    assert "Kenya is already registered: number 1, since 9:30:00.000." in second.words
    assert second.says(".receipt") == first.says(".receipt")
    assert len(registrations(db)) == 1


def test_who_presses_again_because_the_answer_was_lost_is_told_no_colleague_was_faster(
    app: Flask, db: Database, debate: Debate, opened: FakeClock, kenya: Browser
) -> None:
    make_ready(app, db, debate)
    kenya.get(home(debate))
    sent = {name: kenya.value(name) for name in ("csrf_token", "idempotency_key")}
    kenya.submit("[data-register]")
    opened.advance(seconds=5)
    kenya.post(f"{home(debate)}/registration", sent)
    assert kenya.says("#standing .number") == "1"
    assert "already registered" not in kenya.words
    kenya.post(f"{home(debate)}/registration", sent | {"idempotency_key": "attempt-1.another"})
    assert "Kenya is already registered: number 1" in kenya.words


def test_a_colleagues_press_with_other_details_is_told_the_place_and_changes_nothing(
    app: Flask, db: Database, debate: Debate, opened: FakeClock, kenya: Browser
) -> None:
    kenya.get(home(debate))
    take_place(app, db, debate)
    before = snapshot(db)
    other = SPEAKER | {"name": "Somebody Else"}
    kenya.submit("[data-register]", other, {"letter": File(pdf_bytes(2), "other.pdf")})
    assert "Kenya is already registered: number 1" in kenya.words
    assert "letter-of-KEN.pdf" in kenya.says(".receipt")
    after = snapshot(db)
    assert after.pop("journal")[-1]["kind"] == "pressed again"
    del before["journal"]
    assert after == before


def test_a_press_from_a_page_of_before_the_withdrawal_does_not_register_again(
    app: Flask, db: Database, debate: Debate, opened: FakeClock, kenya: Browser
) -> None:
    make_ready(app, db, debate)
    stale = sign_in(app, db, debate)
    kenya.get(home(debate))
    kenya.submit("[data-register]")
    kenya.follow(".give-up a")
    kenya.submit("main form")
    ten_seconds_pass(db, opened)
    stale.submit("[data-register]", status=409)
    assert "a place that has since been given up" in stale.problem("press")
    assert [row["place"] for row in registrations(db)] == [None]


def test_a_press_after_the_closing_is_told_when_that_was(
    app: Flask, db: Database, debate: Debate, opened: FakeClock, kenya: Browser
) -> None:
    make_ready(app, db, debate)
    kenya.get(home(debate))
    set_instant(db, debate, closes_at=LATER)
    opened.set(LATER)
    kenya.submit("[data-register]", status=422)
    assert "The list closed on Wed 19 March, 15:30 New York." in kenya.words
    assert registrations(db) == []


@WAYS
def test_a_press_without_a_letter_is_told_so_at_the_letter(
    db: Database, debate: Debate, opened: FakeClock, kenya: Browser, htmx: bool
) -> None:
    kenya.get(home(debate))
    kenya.submit("[data-register]", SPEAKER, htmx=htmx, status=422)
    assert kenya.problem("letter") == "Add the letter to register."
    assert SPEAKER["contact_phone"] in kenya.words
    assert registrations(db) == []


def test_a_press_without_a_speaker_names_every_missing_field(
    app: Flask, db: Database, debate: Debate, opened: FakeClock, kenya: Browser
) -> None:
    keep_letter(app, db, debate)
    kenya.get(home(debate))
    kenya.submit("[data-register]", status=422)
    for name in ("name", "functional_title", "level", "language", "contact_email"):
        assert kenya.problem(name)
    assert "things to change" in kenya.says(".summary")
    assert registrations(db) == []


def test_a_council_member_cannot_press_by_a_form_of_its_own_making(
    app: Flask, db: Database, debate: Debate, opened: FakeClock
) -> None:
    france = sign_in(app, db, debate, "FRA")
    france.get("/staff/sign-in")
    token = {"csrf_token": france.token()}
    for tail in ("/registration", "/draft", "/speaker", "/letter"):
        france.post(home(debate, "FRA") + tail, token | SPEAKER, status=422)
    state = snapshot(db)
    assert state["registration"] == state["draft"] == state["letter"] == []


# --- One form with the file, without JavaScript -----------------------------------------------


def test_one_form_with_its_file_registers_in_one_step(
    app: Flask, db: Database, debate: Debate, opened: FakeClock, kenya: Browser
) -> None:
    kenya.get(home(debate))
    files = {"letter": File(pdf_bytes(2), "Note verbale 12.pdf")}
    kenya.submit("[data-register]", SPEAKER, files)
    assert kenya.path == home(debate)
    assert kenya.says(".number") == "1"
    assert "Note verbale 12.pdf" in kenya.says(".receipt")
    assert "Letter being read by the Presidency" in kenya.says("#standing")
    until_read(app)
    kenya.get(home(debate))
    assert kenya.says(".number") == "1"
    assert "2 pages" in kenya.words


@WAYS
def test_a_file_that_ends_early_holds_the_place_and_comes_back_by_itself(
    app: Flask, db: Database, debate: Debate, opened: FakeClock, kenya: Browser, htmx: bool
) -> None:
    kenya.get(home(debate))
    truncated = File(a_long_pdf()[:20_000], "letter.pdf")
    kenya.submit("[data-register]", SPEAKER, {"letter": truncated}, htmx=htmx)
    assert kenya.says(".number") == "1", "which does not wait until the letter is read"
    until_read(app)
    kenya.get(home(debate))
    assert "The letter came back" in kenya.says("#standing")
    assert "Send it again, or photograph the letter." in kenya.says("#standing")
    assert "Your place is held." in kenya.says("#standing")
    [letter] = snapshot(db)["letter"]
    assert (letter["state"], letter["decided_by"]) == ("returned", "rostrum")


# --- The live block ---------------------------------------------------------------------------


def test_the_polled_block_is_the_one_on_the_page(
    app: Flask, db: Database, debate: Debate, kenya: Browser, opened: FakeClock
) -> None:
    take_place(app, db, debate)
    kenya.poll()
    assert kenya.says(".number") == "1"
    fingerprints = [kenya.page.select_one(part)["data-fingerprint"]
                    for part in ("#standing", "#page_body")]  # fmt: skip
    assert fingerprints[0] != fingerprints[1], "the page must see that it has to be read anew"
    kenya.refresh()
    assert kenya.has(".receipt")
    assert kenya.page.select_one("#page_body")["data-fingerprint"] == fingerprints[0]


def test_the_opening_alone_does_not_make_a_page_ask_for_itself_anew(
    debate: Debate, kenya: Browser, clock: FakeClock
) -> None:
    def fingerprint() -> str:
        return str(kenya.page.select_one("#standing")["data-fingerprint"])

    before = fingerprint()
    clock.set(OPENS_AT)
    kenya.poll()
    assert fingerprint() == before


def test_each_registration_is_in_the_journal_once(
    app: Flask, db: Database, debate: Debate, opened: FakeClock, kenya: Browser
) -> None:
    make_ready(app, db, debate)
    kenya.get(home(debate))
    kenya.submit("[data-register]")
    assert journal_kinds(db)[-1] == "registered"
    assert journal_kinds(db).count("registered") == 1
