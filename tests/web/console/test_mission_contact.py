"""Who runs the debates: set once, different for one debate, read wherever one is told to call."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask

from rostrum.actions.debates.mission_contact import find_mission_contact, set_mission_contact
from rostrum.domain.actors import Actor
from rostrum.domain.debates.debate import Debate
from rostrum.domain.debates.mission_contact import MissionContact
from rostrum.store.database import Database, writing
from rostrum.store.retention import count_texts, erase_texts
from rostrum.web.delegates.page import delegation_page
from rostrum.web.live.blocks import render_topics
from tests.factories import OPENS_AT, FakeClock, delegation, make_debate
from tests.web.client import Browser
from tests.web.factories import home, set_instant

ALL, PHONE, MAIL = "/staff/contact", "+1 212 555 0142 ext. 7", "list@denmark.example"
MISSION = {
    "name": "Permanent Mission of Denmark",
    "phone": PHONE,
    "email": f"Duty <{MAIL}>",
    "duty_officer": "Signe Holm",
}
STAFF = Actor("staff", "Anna")


@pytest.fixture
def stranger(app: Flask) -> Browser:
    return Browser(app)


def of(debate: Debate) -> str:
    return f"/staff/debates/{debate.slug}/contact"


def links_of(page: Browser, where: str = ".runs-this") -> list[str]:
    return [link["href"] for link in page.page.select(f"{where} a")]


def test_without_a_contact_no_page_speaks_of_one(kenya: Browser, stranger: Browser) -> None:
    assert not kenya.has(".runs-this")
    stranger.get("/")
    assert not stranger.has(".runs-this")
    assert stranger.says(".brand") == "Rostrum"


def test_what_is_set_stands_on_every_page_with_ways_to_call(
    anna: Browser, kenya: Browser, stranger: Browser, debate: Debate
) -> None:
    anna.get(ALL)
    anna.submit("#contact", MISSION)
    assert "Saved." in anna.words
    assert anna.value("email") == MAIL
    kenya.get(home(debate))
    assert MISSION["name"] in kenya.says(".runs-this")
    assert MISSION["duty_officer"] in kenya.says(".runs-this")
    assert links_of(kenya) == ["tel:+12125550142;ext=7", f"mailto:{MAIL}?subject=Kenya"]
    for path in (
        "/",
        f"/debates/{debate.slug}/rule",
        f"/debates/{debate.slug}/privacy",
        "/nowhere",
    ):
        stranger.get(path, status=404 if path == "/nowhere" else 200)
        assert MISSION["name"] in stranger.says(".runs-this"), path
        assert links_of(stranger) == ["tel:+12125550142;ext=7", f"mailto:{MAIL}"], path
    anna.get(ALL)
    assert not anna.has(".runs-this")


def test_a_debate_goes_by_its_own_where_it_has_one(
    anna: Browser, kenya: Browser, stranger: Browser, db: Database, debate: Debate
) -> None:
    anna.get(ALL)
    anna.submit("#contact", MISSION)
    anna.get(of(debate))
    assert anna.value("phone") == ""
    assert PHONE in anna.words
    anna.submit("#contact", {"phone": "+1 917 555 0100"})
    assert find_mission_contact(db, debate).phone == "+1 917 555 0100"
    assert find_mission_contact(db, debate).email == MAIL
    assert find_mission_contact(db, None).phone == PHONE
    kenya.get(home(debate))
    assert "tel:+19175550100" in links_of(kenya)
    stranger.get("/")
    assert "tel:+19175550100" not in links_of(stranger)
    anna.get(f"/staff/debates/{debate.slug}/journal")
    assert "Contact of the mission: telephone changed." in anna.words


def test_who_is_told_to_call_reads_whom(
    kenya: Browser, db: Database, debate: Debate, opened: FakeClock
) -> None:
    set_mission_contact(db, OPENS_AT, STAFF, MissionContact(phone=PHONE), None)
    set_instant(db, debate, closes_at=OPENS_AT + timedelta(hours=1))
    opened.advance(hours=1)
    kenya.get(home(debate))
    assert "Call" in kenya.says("#standing")
    assert links_of(kenya, "#standing .call") == ["tel:+12125550142;ext=7"]


@pytest.mark.parametrize(
    ("field", "typed", "told"),
    [
        ("phone", "call us", "This is not a telephone number."),
        ("email", "denmark", "This is not an e-mail address."),
        ("name", "N" * 201, "there is room for 200."),
    ],
)
def test_what_is_wrong_is_told_there_and_kept(
    anna: Browser, db: Database, field: str, typed: str, told: str
) -> None:
    anna.get(ALL)
    anna.submit("#contact", MISSION | {field: typed}, status=422)
    assert told in anna.problem(field)
    assert anna.value(field) == typed
    assert find_mission_contact(db, None) == MissionContact()


def test_saving_what_is_set_already_is_no_news(db: Database, debate: Debate) -> None:
    contact = MissionContact("Denmark", PHONE, MAIL, "")
    for _ in range(2):
        set_mission_contact(db, OPENS_AT, STAFF, contact, None)
    assert (
        db.execute("select count(*) from journal where kind = 'contact changed'").fetchone()[0] == 1
    )
    set_mission_contact(db, OPENS_AT, STAFF, MissionContact(), None)
    assert db.table("mission_contact").count == 0


def test_a_purge_takes_what_one_debate_had_of_its_own(db: Database, debate: Debate) -> None:
    for contact, whose in (
        (MissionContact("Denmark", PHONE), None),
        (MissionContact(email=MAIL), debate),
    ):
        set_mission_contact(db, OPENS_AT, STAFF, replace(contact, duty_officer="Signe Holm"), whose)
    assert count_texts(db, debate.id)["mission_contact"] == 1
    with writing(db):
        erase_texts(db, debate.id)
    assert count_texts(db, debate.id)["mission_contact"] == 0
    assert find_mission_contact(db, debate).name == "Denmark"


def test_blocks_of_two_debates_that_are_rendered_together_keep_their_own(
    app: Flask, db: Database, debate: Debate, opened: FakeClock
) -> None:
    debates = (debate, make_debate(db, slug="another-debate"))
    for each, phone in zip(debates, ("+1 212 555 0101", "+1 212 555 0102"), strict=True):
        set_mission_contact(db, OPENS_AT, STAFF, MissionContact(phone=phone), each)
        set_instant(db, each, closes_at=OPENS_AT + timedelta(hours=1))
    opened.advance(hours=1)
    kenya = delegation(db, "KEN").id
    topics = [(delegation_page, each.id, kenya, "en") for each in debates]
    first, second = render_topics(app, topics).values()
    assert "0101" in first
    assert "0102" not in first
    assert "0102" in second
