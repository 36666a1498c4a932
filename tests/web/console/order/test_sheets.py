"""The list leaves as a table, is put in order in a spreadsheet, and comes back."""

from __future__ import annotations

import io

import pytest
import xlsxwriter
from flask import Flask

from rostrum.actions.journal import verify_journal
from rostrum.actions.registrations.withdrawal import withdraw
from rostrum.domain.debates.debate import Debate
from rostrum.store.database import Database
from tests.factories import FakeClock, actor, delegation
from tests.journal_in_english import latest_in_english
from tests.web.client import Browser
from tests.web.factories import console, journal_kinds, sign_in, snapshot, take_place
from tests.web.request_bodies import File
from tests.workbooks import cells

CODES = ("BRA", "EGY", "JPN", "KEN", "MEX")
WHY = "The Presidency groups the ministers & <b>ends</b> with Mexico."


@pytest.fixture
def listed(app: Flask, db: Database, debate: Debate, opened: FakeClock) -> None:
    """Five delegations on places 1 to 5 in the order of their names; it is 9:41:07."""
    for code in CODES:
        take_place(app, db, debate, code)
    opened.advance(minutes=11, seconds=7)


def send(browser: Browser, debate: Debate, content: bytes, status: int = 200) -> None:
    browser.get(f"{console(debate)}/order")
    browser.follow("a[href$='/order/sheet']")
    browser.submit("#sheet_form", files={"sheet": File(content, "list.xlsx")}, status=status)


def xlsx(*rows: list[object]) -> bytes:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return file.getvalue()


def moved(browser: Browser) -> list[str]:
    return [" ".join(row.get_text().split()) for row in browser.page.select(".places li")]


def order_on(browser: Browser, debate: Debate) -> list[str]:
    browser.get(f"{console(debate)}/order")
    return [row.get_text() for row in browser.page.select(".orderly .named")]


@pytest.mark.parametrize("query", ["", "?show=all&sort=-place", "?show=pending"])
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_what_was_downloaded_comes_back_without_any_move(
    listed: None, db: Database, vera: Browser, debate: Debate, kind: str, query: str
) -> None:
    content = vera.get(f"{console(debate)}/list.{kind}{query}").body
    before = snapshot(db)
    send(vera, debate, content)
    said = "say different orders" if "-place" in query else "Nobody gets another number."
    assert said in vera.words
    assert "names no delegation" not in vera.words
    assert snapshot(db) == before


@pytest.mark.parametrize("language", ["en", "fr"])
def test_rows_that_were_put_in_order_are_previewed_then_made_and_told(
    listed: None, app: Flask, db: Database, vera: Browser, debate: Debate, language: str
) -> None:
    table = vera.get(f"{console(debate)}/list.xlsx?lang={language}").body
    vera.get(f"{console(debate)}?lang=en")
    head, *rows = [row[:3] for row in cells(table)]
    again = [rows[number] for number in (3, 0, 1, 2, 4)]
    send(vera, debate, xlsx(head, *again))
    assert vera.page.select("#apply button.press")
    assert "The rows of the file and its numbers say different orders." in vera.words
    assert moved(vera) == ["1 Kenya now 4", "2 Brazil now 1", "3 Egypt now 2", "4 Japan now 3"]
    vera.submit("#apply", {"reason": WHY}, status=422)
    assert "Choose which of the two orders counts." in vera.words
    vera.submit("#apply", {"taken": "rows"})
    assert vera.path == f"{console(debate)}/order"
    assert "An order from a file moved 4 delegations. Changed by vera" in vera.words
    assert order_on(vera, debate) == ["Kenya", "Brazil", "Egypt", "Japan", "Mexico"]
    assert journal_kinds(db).count("list put in order") == 1
    assert "Kenya: 4 → 1" in latest_in_english(db, "list put in order")
    told = sign_in(app, db, debate, "BRA").words
    assert "You are now number 2 instead of 1: the Presidency moved you at 9:41:07." in told
    assert f"Reason: New order of the whole list · {WHY}" in told
    assert verify_journal(db) is None


ROWS = "3;Brésil;BRA 2;Égypte;EGY 1;Japon;JPN 4;Kenya;KEN 5;Mexique;MEX"
FRENCH = "\r\n".join(["\ufeffplace;delegation;iso3", *ROWS.split(), ""])


@pytest.mark.parametrize("encoding", ["cp1252", "utf-16", "utf-8"])
@pytest.mark.parametrize("separator", ["\t", ";"])
def test_a_french_spreadsheet_may_save_it_in_any_way(
    listed: None, vera: Browser, debate: Debate, encoding: str, separator: str
) -> None:
    text = FRENCH.replace(";", separator)
    text = text if encoding == "utf-8" else text.removeprefix("\ufeff")
    send(vera, debate, text.encode(encoding))
    assert "say different orders" in vera.words
    assert moved(vera) == ["1 Japan now 3", "3 Brazil now 1"]
    vera.submit("#apply", {"taken": "numbers", "reason": WHY})
    assert order_on(vera, debate) == ["Japan", "Egypt", "Brazil", "Kenya", "Mexico"]


def test_lines_that_are_left_out_are_named(listed: None, vera: Browser, debate: Debate) -> None:
    send(vera, debate, b"code\r\nKEN\r\nATLANTIS\r\nTCD\r\nBRA\r\n")
    assert "Line 3: “ATLANTIS” names no delegation." in vera.words
    assert "Line 4: Chad is not on the list." in vera.words
    assert "they keep their numbers: Egypt, Japan, Mexico" in vera.words
    send(vera, debate, b"code\r\nKEN\r\nken\r\n", status=422)
    assert "Line 3: Kenya is in the file twice." in vera.words
    assert not vera.has("#apply")


def test_without_a_reason_nobody_is_moved_and_the_preview_stays(
    listed: None, db: Database, vera: Browser, debate: Debate
) -> None:
    send(vera, debate, b"code\r\nEGY\r\nBRA\r\n")
    before = snapshot(db)
    vera.submit("#apply", {"reason": " "}, status=422)
    assert "Say why: every delegation that moves reads this." in vera.words
    assert moved(vera) == ["1 Egypt now 2", "2 Brazil now 1"]
    assert snapshot(db) == before


def test_a_change_between_those_that_move_stops_it_and_is_told(
    listed: None, db: Database, vera: Browser, debate: Debate, opened: FakeClock
) -> None:
    send(vera, debate, b"code\r\nEGY\r\nBRA\r\n")
    withdraw(db, opened.now(), actor("MEX"), debate, delegation_id=delegation(db, "MEX").id)
    vera.submit("#apply", {"reason": WHY})
    assert order_on(vera, debate) == ["Egypt", "Brazil", "Japan", "Kenya"]
    send(vera, debate, b"code\r\nKEN\r\nJPN\r\nEGY\r\nBRA\r\n")
    withdraw(db, opened.now(), actor("JPN"), debate, delegation_id=delegation(db, "JPN").id)
    before = snapshot(db)
    vera.submit("#apply", {"reason": WHY}, status=409)
    assert "Japan has no place now." in vera.words
    assert snapshot(db) == before
    assert moved(vera) == ["1 Kenya now 3", "2 Egypt now 1", "3 Brazil now 2"]
    assert vera.value("reason") == WHY
    vera.submit("#apply")
    assert order_on(vera, debate) == ["Kenya", "Egypt", "Brazil"]


def test_the_order_is_taken_back_as_long_as_all_are_there(
    listed: None, app: Flask, db: Database, vera: Browser, debate: Debate, opened: FakeClock
) -> None:
    for _ in range(2):
        opened.advance(seconds=30)
        send(vera, debate, b"code\r\nEGY\r\nJPN\r\nBRA\r\n")
        vera.submit("#apply", {"reason": WHY})
        vera.submit(".decided button")
        assert "The list is in its earlier order. 3 places changed." in vera.words
        assert order_on(vera, debate) == ["Brazil", "Egypt", "Japan", "Kenya", "Mexico"]
        assert not vera.has(".decided")
    assert "was taken back" in latest_in_english(db, "list put in order")
    assert "The Presidency undid its earlier move" in sign_in(app, db, debate, "BRA").words
    send(vera, debate, b"code\r\nEGY\r\nJPN\r\nBRA\r\n")
    vera.submit("#apply", {"reason": WHY})
    withdraw(db, opened.now(), actor("BRA"), debate, delegation_id=delegation(db, "BRA").id)
    vera.submit(".decided button", status=409)
    assert "Brazil has no place now." in vera.words
