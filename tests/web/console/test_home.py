"""The first page of the console, and the way on which it leads a coordinator."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask

from rostrum.domain.debates.debate import Debate
from rostrum.domain.retention.purge import Purge
from rostrum.domain.staff.accounts import Role
from rostrum.letters.cage import CageState, Lack
from rostrum.store.database import Database, writing
from rostrum.store.retention import insert_purge
from tests.factories import OPENS_AT, FakeClock
from tests.web.client import Browser
from tests.web.factories import (
    add_member,
    console,
    parts_of,
    sign_in_member,
    take_place,
)


def test_a_debate_tells_its_year_its_figures_and_what_comes_next(
    app: Flask, db: Database, debate: Debate, opened: FakeClock, anna: Browser, carl: Browser
) -> None:
    take_place(app, db, debate, "KEN")
    anna.get("/staff")
    assert "Mon 24 March 2025, 10:00 New York · the list is open" in anna.words
    assert "Invited: 5 · registered: 1 · letters to read: 1" in anna.words
    anna.follow(".card .more a")
    assert anna.path.startswith(f"{console(debate)}/letters/")
    carl.get("/staff")
    assert "Next:" not in carl.words


def test_the_settings_show_the_way_and_each_step_leads_on(
    debate: Debate, db: Database, anna: Browser, opened: FakeClock
) -> None:
    opened.set(debate.opens_at - timedelta(days=1))
    anna = sign_in_member(anna.app, "anna")
    anna.get(f"{console(debate)}/settings")
    assert "Council chosen (done)" in anna.says(".way")
    assert anna.says(".way [aria-current=step]") == "Contact given"
    anna.follow(".way .press")
    anna.submit("#contact", {"phone": "+1 212 555 0142"})
    anna.get(f"{console(debate)}/settings")
    assert anna.says(".way [aria-current=step]") == "Notice translated"
    anna.follow(".way .press")
    assert anna.path == f"{console(debate)}/settings/notice/fr"


def test_a_lone_admin_is_asked_to_add_a_second_one(
    anna: Browser, vera: Browser, db: Database
) -> None:
    anna.get("/staff")
    assert "Only anna can do what admins do." in anna.words
    vera.get("/staff")
    assert "can do what admins do" not in vera.words
    add_member(db, "ben", Role.ADMIN)
    anna.get("/staff")
    assert "can do what admins do" not in anna.words


@pytest.mark.parametrize("lack", sorted(Lack))
def test_what_is_lacking_when_letters_are_opened_is_told_to_admins(
    app: Flask, anna: Browser, vera: Browser, lack: Lack
) -> None:
    anna.get("/staff")
    assert "Letters are opened" not in anna.words
    app.extensions["rostrum"].cage.state = CageState(lost=lack, trouble="no room")
    said = lack.message % {"trouble": "no room"}
    anna.get("/staff")
    assert said in anna.words
    anna.get("/staff/overview/state")
    assert said in anna.words, "as a live page asks for it"
    vera.get("/staff")
    assert said not in vera.words


def test_staff_are_told_of_little_room_on_the_disk_long_before_letters_are_refused(
    app: Flask, debate: Debate, vera: Browser
) -> None:
    files, pages = parts_of(app).files, ("/staff", f"{console(debate)}/letters")
    for low, least, words in (
        (0, 0, ""),
        (10**18, 1_000_000_000, "GB are free on the server’s disk. Below 1 GB no letter"),
        (10**18, 10**18, "No letter is accepted now: "),
    ):
        files.low, files.min_free = low, least
        for page in pages:
            vera.get(page)
            assert vera.has(".room") is bool(words)
            assert words in vera.words


def test_an_instance_without_debates_begins_with_the_first(anna: Browser, db: Database) -> None:
    with writing(db):
        insert_purge(db, Purge(0, 1, OPENS_AT, "staff:anna", 0, 0, 0, None, is_deletion=True))
    anna.get("/staff")
    anna.follow("#overview a.press")
    assert anna.path == "/staff/new-debate"
