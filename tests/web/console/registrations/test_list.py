"""The console: the list as staff see it, letters read and decided, the CSV."""

from __future__ import annotations

import csv
import io
from datetime import timedelta

import pytest
from flask import Flask

from rostrum.actions.registrations.withdrawal import withdraw
from rostrum.domain.debates.debate import Debate
from rostrum.store.database import Database
from tests.factories import OPENS_AT, FakeClock, actor, delegation
from tests.web.client import Browser
from tests.web.factories import (
    SPEAKER,
    console,
    set_instant,
    take_place,
)


@pytest.fixture
def listed(app: Flask, db: Database, debate: Debate, opened: FakeClock) -> None:
    """Brazil, Kenya and Japan registered a second apart; Japan gave its place up."""
    for code in ("BRA", "KEN", "JPN"):
        take_place(app, db, debate, code)
        opened.advance(seconds=1)
    withdraw(db, opened.now(), actor("JPN"), debate, delegation_id=delegation(db, "JPN").id)


def rows(browser: Browser) -> list[str]:
    return [" ".join(row.get_text(" ").split()) for row in browser.page.select("tbody tr")]


# --- The list ---------------------------------------------------------------------------------


def test_before_the_opening_the_list_is_empty_and_says_when_it_opens(
    vera: Browser, debate: Debate
) -> None:
    vera.get(console(debate))
    assert "The list opens on Wed 19 March, 9:30 New York." in vera.says("#console_list")
    assert "Nobody has registered yet." in vera.says("#console_list")


def test_the_list_has_places_speakers_and_letter_states(
    listed: None, vera: Browser, debate: Debate
) -> None:
    vera.get(console(debate))
    first, second = rows(vera)
    assert first.startswith("1 Brazil")
    assert "H.E. Mr. Erastus Ekitela Lokaale" in second
    assert "To read" in second
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
    withdraw(db, opened.now(), actor("BRA"), debate, delegation_id=delegation(db, "BRA").id)
    vera.poll()
    [row] = rows(vera)
    assert "1 Kenya" in row
    assert "arrived 2; Brazil withdrew" in row


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
    assert "The list closed on Wed 19 March, 10:30 New York." in vera.says("#console_list")


# --- The clock --------------------------------------------------------------------------------

PATHS = ["/staff", "/staff/account", "/staff/delegations", ""]
"""Of pages that are live and of others; the last is the list of the debate."""


def clock_fault(browser: Browser) -> str | None:
    """What a page says of the clocks; None where it says nothing."""
    said = browser.page.select_one("#clock_fault")
    return None if said is None or said.has_attr("hidden") else said.get_text()


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("ahead", [timedelta(minutes=5), timedelta(minutes=-5)])
def test_staff_are_told_on_every_page_that_the_clocks_differ(
    anna: Browser, kenya: Browser, debate: Debate, clock: FakeClock, path: str, ahead: timedelta
) -> None:
    clock.wall_is_ahead_by = timedelta(milliseconds=900)
    anna.get(path or console(debate))
    assert clock_fault(anna) is None
    clock.wall_is_ahead_by = ahead
    anna.get(path or console(debate))
    assert "differ by 300 s" in clock_fault(anna)
    kenya.get(f"/debates/{debate.slug}/delegations/KEN")
    assert clock_fault(kenya) is None
