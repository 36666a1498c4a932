"""The file of one delegation: what staff see of it in each state, and each act done for it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask

from rostrum.domain.debates.debate import Debate
from rostrum.store.database import Database
from tests.factories import FakeClock, pdf_bytes
from tests.journal_in_english import latest_in_english
from tests.web.client import Browser
from tests.web.factories import (
    console,
    home,
    journal_kinds,
    make_ready,
    sign_in,
    sign_in_member,
    snapshot,
    take_place,
)
from tests.web.request_bodies import File

ASKED = "The Deputy asked for it by telephone."


def file_of(debate: Debate, code: str = "KEN") -> str:
    return f"{console(debate)}/delegations/{code}"


def links_of(browser: Browser) -> list[str]:
    return [link.get_text(strip=True) for link in browser.page.select("#dossier .more a")]


@pytest.fixture
def listed(app: Flask, db: Database, debate: Debate, opened: FakeClock) -> None:
    for code in ("BRA", "KEN", "JPN"):
        take_place(app, db, debate, code)


def test_before_the_opening_it_says_what_is_missing_and_never_what_is_prepared(
    app: Flask, db: Database, debate: Debate, vera: Browser, anna: Browser
) -> None:
    vera.get(file_of(debate))
    assert "Not ready: neither speaker nor letter is prepared." in vera.words
    assert "Not opened yet" in vera.says("#link_title ~ .state")
    make_ready(app, db, debate, "KEN", name="Njeri wa Kamau")
    vera.get(file_of(debate))
    assert "Ready: speaker and letter are prepared." in vera.words
    assert "Njeri" not in vera.words.partition("Journal")[0]
    assert vera.has("#link"), "who lost it asks whoever answers the telephone"
    anna.get(file_of(debate))
    assert "/invitations/" in str(anna.page.select_one("#link")["value"])


def test_a_place_its_speaker_its_letter_and_its_moves_stand_on_one_page(
    listed: None, debate: Debate, vera: Browser
) -> None:
    vera.get(f"{console(debate)}/registrations/2/move")
    vera.submit(
        "form[action$='/move'] button[type=submit]",
        {"place": "1", "reason": "Its minister leaves at noon."},
    )
    vera.get(file_of(debate))
    assert "Number 1 of 3" in vera.words
    assert "2 → 1 vera moved it: Its minister leaves at noon." in vera.words
    assert "To read" in vera.says("#letter_title ~ .state")
    assert vera.has("a[href^='mailto:']")
    assert vera.has("a[href^='tel:']")
    assert links_of(vera) == [
        "Move to another place",
        "Give the place up for it",
        "Correct the speaker",
        "Read the letter",
        "Put in a letter for it",
        "More time, or strike the place…",
        "Write to this delegation",
        "All entries about it",
    ]


def test_nobody_is_offered_what_the_role_may_not_do(
    listed: None, debate: Debate, carl: Browser, anna: Browser
) -> None:
    carl.get(file_of(debate))
    assert links_of(carl) == []
    assert not carl.has("form#note")
    anna.get(file_of(debate))
    assert "Language of the link, renew, revoke" in links_of(anna)
    for link in anna.page.select("#dossier .more a"):
        anna.get(str(link["href"]))


def test_a_council_member_is_offered_no_place(debate: Debate, anna: Browser) -> None:
    anna.get(file_of(debate, "FRA"))
    assert "Council member; their order is not set yet" in anna.words
    assert anna.has("#dossier a[href$='/council/FRA/speaker']")
    assert links_of(anna) == ["Language of the link, renew, revoke", "Write to this delegation"]
    anna.get(f"{file_of(debate, 'FRA')}/letter", status=422)


# --- Notes -------------------------------------------------------------------------------


def test_a_note_is_kept_for_the_staff_alone_and_removed_after_a_question(
    listed: None, app: Flask, db: Database, debate: Debate, vera: Browser, carl: Browser
) -> None:
    vera.get(file_of(debate))
    vera.submit("#note", {"text": "Called 10:15.\nSends the letter at noon."})
    assert "Called 10:15. Sends the letter at noon. vera" in vera.words
    assert latest_in_english(db, "staff note written").startswith("Note about Kenya: Called 10:15.")
    carl.get(file_of(debate))
    assert "Sends the letter at noon." in carl.words
    kenya = sign_in(app, db, debate, "KEN")
    kenya.get(home(debate))
    assert "noon" not in kenya.words
    vera.follow(".history a[href*='/notes/']")
    assert "Called 10:15. Sends the letter at noon." in vera.words
    vera.submit("form[action*='/notes/']")
    assert "No notes." in vera.words
    assert journal_kinds(db)[-1] == "staff note removed"


def test_an_empty_note_is_refused_at_its_field(
    listed: None, db: Database, debate: Debate, vera: Browser
) -> None:
    vera.get(file_of(debate))
    before = snapshot(db)
    vera.submit("#note", {"text": "  "}, status=422)
    assert vera.problem("text") == "Write the note."
    assert snapshot(db) == before


def test_a_note_of_another_delegation_is_not_found(
    listed: None, debate: Debate, vera: Browser
) -> None:
    vera.get(file_of(debate))
    vera.submit("#note", {"text": "Called."})
    vera.get(f"{file_of(debate, 'BRA')}/notes/1", status=404)


# --- Giving the place up ------------------------------------------------------------------


def test_a_place_is_given_up_for_a_delegation_which_reads_who_asked(
    listed: None, app: Flask, db: Database, debate: Debate, vera: Browser
) -> None:
    vera.get(f"{file_of(debate)}/withdrawal")
    assert "1 delegation will move up and be told." in vera.words
    vera.submit("#withdrawal", {"reason": ASKED})
    assert f"Given up for it by vera, Wed 19 March, 9:30 New York: {ASKED}" in vera.words
    assert "Reinstate the place" in links_of(vera)
    assert "Register on its behalf" in links_of(vera)
    told = latest_in_english(db, "withdrawn")
    assert told == f"Kenya: place 2 → given up; others moved up: 1. Reason: {ASKED}"
    kenya = sign_in(app, db, debate, "KEN")
    kenya.get(home(debate))
    assert f"Entered by the Presidency: {ASKED}" in kenya.words
    kenya.get(f"{home(debate)}/phones")
    assert "Place given up" in kenya.words
    japan = sign_in(app, db, debate, "JPN")
    japan.get(home(debate, "JPN"))
    assert "You are now number 2 instead of 3: Kenya withdrew" in japan.words


def test_without_a_reason_or_with_another_number_nothing_is_given_up(
    listed: None, db: Database, debate: Debate, vera: Browser
) -> None:
    vera.get(f"{file_of(debate)}/withdrawal")
    before = snapshot(db)
    vera.submit("#withdrawal", {"reason": ""}, status=422)
    assert vera.problem("reason").startswith("Say who asked for it, and how")
    vera.submit("#withdrawal", {"reason": ASKED, "place": "3"}, status=409)
    assert "The delegation is now number 2. Check, then decide again." in vera.words
    assert vera.value("reason") == ASKED
    assert snapshot(db) == before


# --- Speaker and letter -------------------------------------------------------------------


def test_a_corrected_speaker_is_told_to_the_delegation_and_the_letter_is_read_again(
    listed: None, app: Flask, db: Database, debate: Debate, vera: Browser
) -> None:
    vera.get(f"{console(debate)}/letters/2")
    vera.submit("button[formaction$=acceptance]")
    vera.get(f"{file_of(debate)}/speaker")
    vera.submit("#speaker_form", {"name": "Njeri wa Kamau"})
    assert "Saved. The delegation sees that the Presidency did this." in vera.words
    assert "Njeri wa Kamau" in vera.says("#speaker_title ~ dl")
    assert "To read" in vera.says("#letter_title ~ .state")
    kenya = sign_in(app, db, debate, "KEN")
    kenya.get(f"{home(debate)}/phones")
    assert "Njeri wa Kamau" in kenya.says("#phone_changes")
    assert "the Presidency" in kenya.says("#phone_changes")


def test_a_wrong_speaker_is_refused_at_its_field_and_stays_as_typed(
    listed: None, db: Database, debate: Debate, vera: Browser
) -> None:
    vera.get(f"{file_of(debate)}/speaker")
    before = snapshot(db)
    vera.submit("#speaker_form", {"name": "", "functional_title": "Minister"}, status=422)
    assert vera.problem("name") == "Give the speaker’s full name."
    assert vera.value("functional_title") == "Minister"
    assert snapshot(db) == before


def test_the_speaker_of_a_draft_is_the_delegations_own(debate: Debate, vera: Browser) -> None:
    vera.get(f"{file_of(debate)}/speaker", status=409)
    assert "Until then it prepares its own speaker." in vera.words


def test_a_letter_that_came_by_mail_in_time_counts_as_in_time(
    listed: None, app: Flask, db: Database, debate: Debate, opened: FakeClock
) -> None:
    opened.set(debate.letter_deadline + timedelta(hours=1))
    vera = sign_in_member(app, "vera")
    letter = {"letter": File(pdf_bytes(pages=2), "signed.pdf")}
    vera.get(f"{file_of(debate)}/letter")
    vera.submit("form[enctype]", {}, letter, status=422)
    assert vera.problem("letter").startswith("Letters were due by")
    vera.submit("form[enctype]", {"received_at": "2025-03-21T19:30"}, letter, status=422)
    assert vera.problem("received_at").startswith("This time is still to come.")
    vera.submit("form[enctype]", {"received_at": "2025-03-21T17:30"})
    assert "The letter has arrived." in vera.words
    assert snapshot(db)["letter"][-1]["version"] == 2
    assert "Fri 21 March, 17:30 New York" in vera.says("#letter_title ~ .history")


def test_a_file_that_is_no_letter_is_refused_and_the_letter_stays(
    listed: None, db: Database, debate: Debate, vera: Browser
) -> None:
    vera.get(f"{file_of(debate)}/letter")
    before = snapshot(db)
    vera.submit("form[enctype]", {}, {"letter": File(b"no letter", "notes.txt")}, status=422)
    assert vera.problem("letter").startswith("This file is not a PDF")
    vera.submit("form[enctype]", {}, status=422)
    assert vera.problem("letter") == "Choose the letter first."
    assert snapshot(db) == before
