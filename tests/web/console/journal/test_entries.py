"""The journal's pages: everything that happened, filtered, verified, exported, live."""

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
from tests.web.factories import console, take_place


@pytest.fixture
def listed(app: Flask, db: Database, debate: Debate, opened: FakeClock) -> None:
    for code in ("BRA", "KEN"):
        take_place(app, db, debate, code)
    withdraw(db, opened.now(), actor("BRA"), debate, delegation_id=delegation(db, "BRA").id)


def shown(browser: Browser) -> list[str]:
    return [tag.get_text(strip=True) for tag in browser.page.select(".journal strong")]


def test_the_journal_of_a_debate_has_the_latest_first(
    listed: None, vera: Browser, debate: Debate
) -> None:
    vera.get(console(debate))
    vera.follow(".ways a[href$=journal]")
    assert shown(vera)[:2] == ["Place given up", "Registered"]
    assert "· BRA" in vera.says(".journal li")
    assert "Brazil: place 1 → given up; others moved up: 1." in vera.words


def test_it_is_filtered_by_what_who_and_whom(listed: None, vera: Browser, debate: Debate) -> None:
    path = f"{console(debate)}/journal"
    vera.get(path)
    offered = [tag.get_text() for tag in vera.page.select("#kind option")][1:]
    assert offered == sorted(offered, key=str.casefold)
    for query, kinds in (
        ("kind=registered", ["Registered", "Registered"]),
        ("kind=registered&delegation=ken", ["Registered"]),
        ("kind=withdrawn&actor=delegation:KEN", []),
        ("kind=withdrawn&actor=delegation:BRA", ["Place given up"]),
    ):
        vera.get(f"{path}?{query}")
        assert shown(vera) == kinds, query
    vera.get(f"{path}?kind=%00&actor=%00&before=-1")
    assert len(shown(vera)) > 3


@pytest.mark.parametrize("name", ["KEN", "kenya", "Кения", "肯尼亚"])
def test_it_is_asked_about_a_delegation_by_name_or_code(
    listed: None, vera: Browser, debate: Debate, name: str
) -> None:
    vera.get(f"{console(debate)}/journal?kind=registered&delegation={name}")
    assert shown(vera) == ["Registered"]


@pytest.mark.parametrize("name", ["Atlantis", "%FF", "!"])
def test_a_delegation_that_is_not_there_is_said_and_shows_nothing(
    listed: None, vera: Browser, debate: Debate, name: str
) -> None:
    vera.get(f"{console(debate)}/journal?delegation={name}")
    assert vera.problem("delegation") == "No delegation has this name or code."
    assert shown(vera) == []


def test_it_is_read_page_by_page(
    app: Flask, db: Database, debate: Debate, opened: FakeClock, vera: Browser
) -> None:
    for code in ("BRA", "KEN", "JPN", "EGY", "PSE"):
        for _ in range(6):
            take_place(app, db, debate, code)
            withdraw(db, opened.now(), actor(code), debate, delegation_id=delegation(db, code).id)
    vera.get("/staff/journal")
    numbers = [int(tag["value"]) for tag in vera.page.select(".journal > li")]
    assert len(numbers) == 50
    vera.follow("a[href*='before=']")
    older = [int(tag["value"]) for tag in vera.page.select(".journal > li")]
    assert older[0] == numbers[-1] - 1


def test_the_first_page_is_live(
    listed: None, vera: Browser, db: Database, debate: Debate, opened: FakeClock
) -> None:
    vera.get(f"{console(debate)}/journal")
    withdraw(db, opened.now(), actor("KEN"), debate, delegation_id=delegation(db, "KEN").id)
    vera.poll()
    assert shown(vera)[:2] == ["Place given up", "Place given up"]


def test_it_is_verified_and_a_change_is_found(listed: None, vera: Browser, db: Database) -> None:
    vera.get("/staff/journal")
    vera.submit("main form[method=post]")
    assert "The journal is whole: nothing in it was changed." in vera.words
    db.execute("drop trigger journal_is_append_only_update")
    db.execute("update journal set facts = '{}' where kind = 'registered'")
    vera.submit("main form[method=post]")
    assert "The journal is broken: entry" in vera.words


def test_a_journal_whose_end_was_cut_off_is_found(
    listed: None, vera: Browser, db: Database
) -> None:
    vera.get("/staff/journal")
    [last] = db.execute("select hash from journal order by id desc limit 1").fetchone()
    assert last in vera.words
    db.execute("drop trigger journal_is_append_only_delete")
    db.execute("drop trigger journal_value_is_not_deleted")
    db.execute("delete from journal_value where journal_id = (select max(id) from journal)")
    db.execute("delete from journal where id = (select max(id) from journal)")
    vera.submit("main form[method=post]")
    assert "The journal is broken: it ends after" in vera.words


def test_it_is_exported_as_csv(listed: None, vera: Browser, debate: Debate) -> None:
    vera.get(f"{console(debate)}/journal?kind=registered")
    answer = vera.follow("a[href*='journal.csv']")
    table = list(csv.DictReader(io.StringIO(answer.body.decode("utf-8-sig"), newline="")))
    assert [(row["kind"], row["delegation"]) for row in table] == [
        ("registered", "KEN"),
        ("registered", "BRA"),
    ]
    assert all(len(row["hash"]) == 64 for row in table)
    assert table[0]["told"].startswith("Kenya arrived 2 and got place 2. ")
    assert table[0]["debate"] == debate.slug
