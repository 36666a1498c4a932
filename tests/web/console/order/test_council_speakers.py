"""Speakers of Council members at the console: entered, shown, kept, told in the journal."""

from __future__ import annotations

from flask import Flask

from rostrum.domain.debates.debate import Debate
from rostrum.store.council import list_council_members
from rostrum.store.database import Database, writing
from rostrum.store.retention import erase_texts
from tests.web.client import Browser
from tests.web.factories import console, journal_kinds, sign_in_member

MINISTER = {
    "title": "H.E. Mr.",
    "name": "Hugh Hilton Todd",
    "functional_title": "Minister for Foreign Affairs",
    "level": "minister",
    "language": "en",
    "on_behalf_of": "A3+",
}


def speaker_of(debate: Debate, code: str = "GUY") -> str:
    return f"{console(debate)}/council/{code}/speaker"


def stored(db: Database, debate: Debate, code: str = "GUY") -> dict[str, str] | None:
    found = next(each for each in list_council_members(db, debate.id) if each.code == code)
    return found.speaker and {name: getattr(found.speaker, name) for name in MINISTER}


def test_the_speaker_of_a_member_is_entered_part_by_part(
    vera: Browser, debate: Debate, db: Database
) -> None:
    vera.get(f"{console(debate)}/council")
    vera.follow("a[href$='GUY/speaker']")
    vera.submit("#speaker_form", {"level": "minister"})
    assert "Speaker of Guyana saved." in vera.words
    vera.get(speaker_of(debate))
    vera.submit("#speaker_form", MINISTER)
    assert stored(db, debate) == MINISTER
    for path in ("/council", "/order"):
        vera.get(console(debate) + path)
        assert "H.E. Mr. Hugh Hilton Todd" in vera.words
    assert journal_kinds(db)[-2:] == ["council speaker saved"] * 2
    vera.get(f"{console(debate)}/journal")
    assert "Full name: none → Hugh Hilton Todd" in vera.words
    vera.get(speaker_of(debate))
    vera.submit("#speaker_form")
    assert journal_kinds(db).count("council speaker saved") == 2, "nothing had changed"
    vera.get(speaker_of(debate))
    vera.submit("#speaker_form", dict.fromkeys(MINISTER, ""))
    assert stored(db, debate) is None


def test_a_wrong_field_is_told_there_and_a_faster_colleague_is_not_overwritten(
    app: Flask, vera: Browser, debate: Debate, db: Database
) -> None:
    other = sign_in_member(app, "vera")
    for browser in (vera, other):
        browser.get(speaker_of(debate))
    vera.submit("#speaker_form", {"name": "N" * 121, "title": "Mr."}, status=422)
    assert "there is room for 120" in vera.problem("name")
    assert vera.value("title") == "Mr."
    other.submit("#speaker_form", MINISTER)
    vera.submit("#speaker_form", {"name": "Another", "title": ""}, status=409)
    assert "Full name: vera has changed it meanwhile." in vera.says(".summary")
    assert vera.says(".field:has([name=name]) .their-text") == "Hugh Hilton Todd"
    assert vera.value("name") == "Another"
    vera.submit("#speaker_form")
    saved = stored(db, debate)
    assert saved["name"] == "Another"
    assert saved["functional_title"] == MINISTER["functional_title"], "not touched there"


def test_only_a_member_has_a_speaker_here(vera: Browser, debate: Debate) -> None:
    vera.get(speaker_of(debate, "KEN"), status=404)


def test_the_speaker_stays_when_others_change_and_after_a_purge(
    anna: Browser, debate: Debate, db: Database
) -> None:
    anna.get(speaker_of(debate))
    anna.submit("#speaker_form", MINISTER)
    anna.get(f"{console(debate)}/settings/council")
    codes = {box["value"] for box in anna.page.select("input[name=council][checked]")}
    anna.submit("#council", {"council": sorted(codes - {"SOM"} | {"JPN"})})
    assert stored(db, debate) == MINISTER
    with writing(db):
        erase_texts(db, debate.id)
    assert stored(db, debate) == MINISTER
    anna.get(f"{console(debate)}/journal")
    assert "Hugh Hilton Todd" not in anna.words
    assert "What was said of the speaker is deleted." in anna.words
