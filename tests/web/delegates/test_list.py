"""The whole list as delegations see it: places and names, nothing personal."""

from __future__ import annotations

import csv
import io

import pytest
from flask import Flask

from rostrum.actions.registrations.withdrawal import withdraw
from rostrum.domain.debates.debate import Debate
from rostrum.store.database import Database
from tests.factories import FakeClock, actor, delegation
from tests.web.client import Browser
from tests.web.factories import home, show_to_everybody, sign_in, take_place


@pytest.fixture
def listed(app: Flask, db: Database, debate: Debate, opened: FakeClock) -> None:
    for code in ("BRA", "KEN", "JPN"):
        take_place(app, db, debate, code)


def test_before_anybody_registered_the_list_says_so(kenya: Browser, debate: Debate) -> None:
    kenya.follow("nav.more a[href$=list]")
    assert "Nobody has registered yet." in kenya.says("#registered_list")


def test_the_list_has_every_place_and_marks_ones_own(
    listed: None, kenya: Browser, debate: Debate
) -> None:
    kenya.get(f"{home(debate)}/list")
    rows = [" ".join(row.get_text().split()) for row in kenya.page.select("#registered_list li")]
    assert rows == ["1 Brazil about 11:20", "2 Kenya about 11:25", "3 Japan about 11:30"]
    assert kenya.says("main [aria-current=true]") == "2 Kenya about 11:25"
    assert kenya.says("main a[href='#own']") == "You are number 2."
    assert "After the briefers and the 15 Council members." in kenya.words


def test_a_printed_list_says_as_of_which_change_it_is(
    listed: None, db: Database, debate: Debate, opened: FakeClock, kenya: Browser
) -> None:
    show_to_everybody(db, debate)
    opened.advance(minutes=5)
    kenya.get(f"{home(debate)}/list")
    told = "Last change of a place: Wed 19 March 2025, 9:30:00 New York"
    assert kenya.says(".as-of") == told
    withdraw(db, opened.now(), actor("BRA"), debate, delegation_id=delegation(db, "BRA").id)
    opened.advance(minutes=5)
    kenya.poll()
    assert kenya.says(".as-of") == told.replace("9:30", "9:35")
    kenya.get(f"/debates/{debate.slug}/list")
    assert kenya.says(".as-of") == told.replace("9:30", "9:35")


def test_a_delegation_without_a_place_sees_the_list_too(
    listed: None, app: Flask, db: Database, debate: Debate
) -> None:
    for code in ("PSE", "FRA"):
        browser = sign_in(app, db, debate, code)
        browser.get(f"{home(debate, code)}/list")
        assert len(browser.page.select("#registered_list li")) == 3
        assert not browser.has("a[href='#own']")


def test_the_polled_list_follows_a_withdrawal(
    listed: None, db: Database, debate: Debate, opened: FakeClock, kenya: Browser
) -> None:
    kenya.get(f"{home(debate)}/list")
    withdraw(db, opened.now(), actor("BRA"), debate, delegation_id=delegation(db, "BRA").id)
    kenya.poll()
    rows = [" ".join(row.get_text().split()) for row in kenya.page.select("#registered_list li")]
    assert rows == ["1 Kenya about 11:20", "2 Japan about 11:25"]


def test_the_csv_holds_places_and_delegations_only(
    listed: None, kenya: Browser, debate: Debate
) -> None:
    kenya.get(f"{home(debate)}/list")
    answer = kenya.follow("nav.more a[href$=csv]")
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.body.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(answer.body.decode("utf-8-sig"), newline="")))
    assert rows == [
        ["place", "delegation", "iso3"],
        ["1", "Brazil", "BRA"],
        ["2", "Kenya", "KEN"],
        ["3", "Japan", "JPN"],
    ]
    assert answer.body.count(b"\r\n") == 4
