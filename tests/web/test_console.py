"""The console: the list as staff see it, letters read and decided, the CSV."""

from __future__ import annotations

import csv
import io
import json
from datetime import timedelta

import pytest
from flask import Flask

from rostrum.actions.registrations import withdraw
from rostrum.domain.debates import Debate
from rostrum.store.database import Database
from tests.factories import OPENS_AT, FakeClock, actor, delegation, pdf_bytes
from tests.web.bodies import File
from tests.web.client import Browser
from tests.web.factories import (
    SPEAKER,
    console,
    home,
    set_instant,
    sign_in_member,
    snapshot,
    take_place,
)

REASON = "The letter is not addressed to the President of the Security Council."


@pytest.fixture
def listed(app: Flask, db: Database, debate: Debate, opened: FakeClock) -> None:
    """Brazil, Kenya and Japan registered a second apart; Japan gave its place up."""
    for code in ("BRA", "KEN", "JPN"):
        take_place(app, db, debate, code)
        opened.advance(seconds=1)
    withdraw(db, opened.now(), actor("JPN"), debate, delegation(db, "JPN").id)


@pytest.fixture
def kenyas_letter(listed: None, db: Database, debate: Debate) -> str:
    """The address of the letter as staff open it."""
    kenya = delegation(db, "KEN").id
    [row] = [row for row in snapshot(db)["letter"] if row["delegation_id"] == kenya]
    return f"{console(debate)}/letters/{row['id']}"


def letter_states(db: Database) -> list[str]:
    return [row["state"] for row in snapshot(db)["letter"]]


def rows(browser: Browser) -> list[str]:
    return [" ".join(row.get_text(" ").split()) for row in browser.page.select("tbody tr")]


# --- The list ---------------------------------------------------------------------------------


def test_before_the_opening_the_list_is_empty_and_says_when_it_opens(
    vera: Browser, debate: Debate
) -> None:
    vera.get(console(debate))
    assert "The list opens Wed 19 March, 9:30 New York." in vera.says("#console_list")
    assert "Nobody has registered yet." in vera.says("#console_list")


def test_the_list_has_places_speakers_and_letter_states(
    listed: None, vera: Browser, debate: Debate
) -> None:
    vera.get(console(debate))
    first, second = rows(vera)
    assert first.startswith("1 Brazil")
    assert "H.E. Mr. Erastus Ekitela Lokaale" in second
    assert "to read" in second
    assert "2 · 9:30:01.000" in second


@pytest.mark.parametrize(
    ("shown", "count", "delegations"),
    [
        ("registered", "2", ["Brazil", "Kenya"]),
        ("pending", "2", ["Brazil", "Kenya"]),
        ("returned", "0", []),
        ("withdrawn", "1", ["Japan"]),
    ],
)
def test_each_figure_is_the_number_of_rows_it_leads_to(
    listed: None, vera: Browser, debate: Debate, shown: str, count: str, delegations: list[str]
) -> None:
    vera.get(console(debate))
    link = f".figures a[href$='show={shown}']"
    assert vera.says(f"{link} strong") == count
    vera.follow(link)
    assert len(rows(vera)) == len(delegations)
    for name, row in zip(delegations, rows(vera), strict=True):
        assert name in row
    vera.poll()
    assert len(rows(vera)) == len(delegations), "the live block keeps the filter"


def test_an_unknown_figure_shows_the_registered(
    listed: None, vera: Browser, debate: Debate
) -> None:
    vera.get(f"{console(debate)}?show=%00%FF")
    assert len(rows(vera)) == 2


def test_the_polled_list_follows_what_happens(
    listed: None, db: Database, vera: Browser, debate: Debate, opened: FakeClock
) -> None:
    vera.get(console(debate))
    withdraw(db, opened.now(), actor("BRA"), debate, delegation(db, "BRA").id)
    vera.poll()
    [row] = rows(vera)
    assert "1 Kenya" in row
    assert "arrived 2; Brazil withdrew" in row


# --- Letters ----------------------------------------------------------------------------------


def test_opening_a_letter_is_in_the_journal_with_the_name(
    kenyas_letter: str, vera: Browser, db: Database, debate: Debate
) -> None:
    vera.get(console(debate))
    before = len(snapshot(db)["journal"])
    vera.get(kenyas_letter)
    vera.follow("a[href$=original]")
    opened = snapshot(db)["journal"][before:]
    assert [(row["kind"], row["actor"]) for row in opened] == [("letter opened", "staff:vera")] * 2
    assert {json.loads(row["facts"])["letter_id"] for row in opened} == {2}


def test_the_page_of_a_letter_has_what_is_needed_to_decide(
    kenyas_letter: str, vera: Browser
) -> None:
    vera.get(kenyas_letter)
    assert vera.says("h1") == "Letter of Kenya"
    for value in ("name", "functional_title", "contact_email", "contact_phone"):
        assert SPEAKER[value] in vera.words
    assert "to the President of the Security Council" in vera.words
    assert "letter-of-KEN.pdf" in vera.words


def test_the_original_is_a_download_that_runs_nothing(kenyas_letter: str, vera: Browser) -> None:
    answer = vera.get(f"{kenyas_letter}/original")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer.headers["Content-Security-Policy"]


def test_the_pages_of_a_letter_are_pictures_of_ours(
    kenya: Browser, vera: Browser, debate: Debate, opened: FakeClock
) -> None:
    kenya.get(home(debate))
    kenya.submit("[data-register]", SPEAKER, {"letter": File(pdf_bytes(2))})
    vera.get(console(debate))
    vera.follow("a.press")
    pictures = [str(tag["src"]) for tag in vera.page.select(".sheet img")]
    assert len(pictures) == 2
    for path in pictures:
        picture = vera.get(path)
        assert picture.headers["Content-Type"] == "image/webp"
        assert picture.headers["Cache-Control"] == "no-store"
        assert picture.body[:4] == b"RIFF"
    vera.get(pictures[0].replace("/pages/1", "/pages/3"), status=404)
    vera.get(pictures[0].replace("/pages/1", "/pages/0"), status=404)


def test_accepting_is_told_to_the_delegation(
    kenyas_letter: str, vera: Browser, kenya: Browser, debate: Debate
) -> None:
    vera.get(kenyas_letter)
    vera.submit("form[action$=acceptance]")
    assert vera.path == console(debate)
    assert "The letter is accepted." in vera.words
    kenya.poll()
    assert "Letter accepted" in kenya.says("#standing")
    vera.get(kenyas_letter)
    assert "Accepted · vera, 9:30:03" in vera.words


def test_returning_needs_a_reason_and_keeps_what_was_typed(
    kenyas_letter: str, vera: Browser, db: Database
) -> None:
    vera.get(kenyas_letter)
    vera.submit("form[action$=return]", {"reason": "  "}, status=422)
    assert "the delegation reads this" in vera.problem("reason")
    too_long = "Sign it. " * 200
    vera.submit("form[action$=return]", {"reason": too_long}, status=422)
    assert "there is room for 1000" in vera.problem("reason")
    assert vera.value("reason") == too_long.strip()
    assert letter_states(db) == ["pending"] * 3


def test_a_returned_letter_tells_the_delegation_why_and_holds_the_place(
    kenyas_letter: str, vera: Browser, kenya: Browser
) -> None:
    vera.get(kenyas_letter)
    reason = f"{REASON}\nPlease <b>sign</b> it & send it again."
    vera.submit("form[action$=return]", {"reason": reason})
    kenya.poll()
    told = kenya.says("#standing")
    assert "The letter came back" in told
    assert "Please <b>sign</b> it & send it again." in told
    assert "Your place is held." in told
    assert kenya.says(".number") == "2"


@pytest.mark.parametrize("second", ["acceptance", "return"])
@pytest.mark.parametrize("first", ["acceptance", "return"])
def test_two_decisions_cannot_cross(
    kenyas_letter: str, app: Flask, vera: Browser, db: Database, first: str, second: str
) -> None:
    anna = sign_in_member(app, "anna")
    for browser in (vera, anna):
        browser.get(kenyas_letter)
    typed = {"acceptance": {}, "return": {"reason": REASON}}
    vera.submit(f"form[action$={first}]", typed[first])
    before = snapshot(db)
    anna.submit(f"form[action$={second}]", typed[second], status=409)
    assert "vera already decided at Wed 19 March, 9:30:03 New York" in anna.says("#problem")
    assert snapshot(db) == before


def test_a_letter_that_was_replaced_is_not_decided(
    kenyas_letter: str, app: Flask, db: Database, debate: Debate, vera: Browser, kenya: Browser
) -> None:
    vera.get(kenyas_letter)
    kenya.get(f"{home(debate)}/letter")
    kenya.submit("#letter_form", files={"letter": File(pdf_bytes(), "second.pdf")})
    vera.submit("form[action$=acceptance]", status=409)
    assert "no longer the current one" in vera.says("#problem")
    vera.get(kenyas_letter)
    assert "it was replaced, or the place was given up" in vera.words
    assert not vera.has("form[action$=acceptance]")


def test_a_letter_whose_place_was_given_up_is_not_decided(
    kenyas_letter: str, db: Database, debate: Debate, opened: FakeClock, vera: Browser
) -> None:
    vera.get(kenyas_letter)
    withdraw(db, opened.now(), actor(), debate, delegation(db).id)
    vera.submit("form[action$=return]", {"reason": REASON}, status=409)


def test_the_chair_reads_no_letters_and_contacts_of_nobody_in_a_letter(
    kenyas_letter: str, carl: Browser, db: Database
) -> None:
    before = snapshot(db)
    carl.get(kenyas_letter, status=403)
    assert "Your role does not include this." in carl.says("#problem")
    carl.get(f"{kenyas_letter}/original", status=403)
    carl.get(f"{kenyas_letter}/pages/1", status=403)
    assert snapshot(db) == before


# --- CSV --------------------------------------------------------------------------------------


def test_the_csv_has_every_registered_delegation_with_its_contacts(
    listed: None, vera: Browser, debate: Debate
) -> None:
    vera.get(console(debate))
    answer = vera.follow("a[href$=csv]")
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{debate.slug}-list.csv"'
    assert answer.body.startswith(b"\xef\xbb\xbfplace,arrival_number,delegation,iso3,basis,")
    table = list(csv.DictReader(io.StringIO(answer.body.decode("utf-8-sig"), newline="")))
    assert [(row["place"], row["iso3"]) for row in table] == [("1", "BRA"), ("2", "KEN")]
    kenya = table[1]
    assert kenya["speaker_name"] == SPEAKER["name"]
    assert kenya["contact_email"] == SPEAKER["contact_email"]
    assert kenya["received_at_new_york"] == "2025-03-19T09:30:01.000-04:00"
    assert kenya["received_at_utc"] == "2025-03-19T13:30:01.000+00:00"
    assert kenya["letter"] == "pending"


def test_the_console_says_when_the_list_closed(
    db: Database, vera: Browser, debate: Debate, opened: FakeClock
) -> None:
    set_instant(db, debate, closes_at=OPENS_AT + timedelta(hours=1))
    opened.advance(hours=2)
    vera.get(console(debate))
    assert "The list closed Wed 19 March, 10:30 New York." in vera.says("#console_list")
