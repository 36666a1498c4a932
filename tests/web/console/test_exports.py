"""What staff take away: the page of exports, the list to print, the record as JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask

from rostrum.actions.letters.decisions import return_letter
from rostrum.actions.order.swaps import ask_swap
from rostrum.domain.actors import Actor
from rostrum.domain.debates.debate import Debate, Translation
from rostrum.domain.exports.record import VERSION
from rostrum.store.database import Database, writing
from rostrum.store.debates import update_debate
from rostrum.store.letters import list_letters_by_id
from rostrum.store.registrations import find_active_registration
from tests.factories import FakeClock, actor, delegation, prepare, strike
from tests.web.client import Browser
from tests.web.factories import console, journal_kinds, sign_in_member, take_place

DESCRIBED = Path(__file__).parents[3] / "docs/export.md"
STAFF = Actor("staff", "vera")


@pytest.fixture
def listed(app: Flask, db: Database, debate: Debate, opened: FakeClock) -> Debate:
    """Brazil, Kenya for a group, Palestine; Japan was struck."""
    japan = take_place(app, db, debate, "JPN")
    for code, group in (("BRA", ""), ("KEN", "Group of Friends"), ("PSE", "")):
        take_place(app, db, debate, code, on_behalf_of=group)
    opened.set(debate.letter_deadline)
    strike(db, opened.now(), STAFF, debate, japan, reason="No letter in time.")
    first = next(each for each in list_letters_by_id(db, debate.id).values() if each.id > 1)
    return_letter(
        db,
        opened.now(),
        STAFF,
        debate,
        letter_id=first.id,
        reasons=["not_signed"],
        remark="See page 2.",
    )
    return debate


def test_the_page_gives_the_sentences_by_basis(listed: Debate, app: Flask) -> None:
    vera = sign_in_member(app, "vera")
    vera.get(console(listed))
    vera.follow(".ways a[href$='/exports']")
    english = vera.says("#sentence_en_rule_37")
    assert "I invite the representatives of Brazil and Kenya to participate" in english
    assert "the Permanent Observer of the State of Palestine to the United Nations" in vera.words
    assert "pays suivants à participer à la présente séance : Brésil, Kenya." in vera.words
    assert "Denmark" not in english
    unread = vera.says("#sentences_title ~ .state")
    assert "is not accepted: Brazil Letter: Returned · Kenya Letter to be read ·" in unread
    assert not vera.has("#sentence_en_briefers"), "the Secretary-General and who is not known"
    assert vera.page.select_one("#sentence_fr_rule_37")["lang"] == "fr"
    for link in (
        "/exports/list",
        "/list.csv",
        "/list.xlsx",
        "/exports/record.json",
        "/letters.zip",
    ):
        assert vera.has(f"main a[href$='{link}']")


def test_the_chair_is_offered_no_letters(debate: Debate, carl: Browser) -> None:
    carl.get(f"{console(debate)}/exports")
    assert not carl.has("main a[href$='/letters.zip']")
    assert not carl.has("main a[href$='/record.json']")
    carl.get(f"{console(debate)}/exports/record.json", status=403)
    carl.get(f"{console(debate)}/exports")
    assert not carl.has("#sentence_en_rule_37")


def test_the_list_to_print_has_every_section_in_order(listed: Debate, app: Flask) -> None:
    vera = sign_in_member(app, "vera")
    vera.get(f"{console(listed)}/exports/list")
    assert "as of Fri 21 March 2025, 18:00:00 New York" in vera.words
    names = [tag.get_text(" ", strip=True) for tag in vera.page.select("tr.section th")]
    assert names == [
        "Briefers 2",
        "Members of the Council 15 Their order is not set yet.",
        "Registered delegations 3",
        "Added later",
    ]
    rows = [tag.get_text(" ", strip=True) for tag in vera.page.select("tbody:nth-of-type(3) tr")]
    assert rows[1] == (
        "1 Brazil Letter: Returned H.E. Mr. Erastus Ekitela Lokaale "
        "Permanent Representative of Kenya English 11:20"
    )
    assert rows[2].startswith("2 Kenya on behalf of Group of Friends Letter to be read")
    members = vera.page.select("tbody:nth-of-type(2) tr th[scope=row]")
    assert members[-1].get_text(strip=True) == "Denmark"
    assert "kenya.example" not in vera.words


def test_what_the_president_reads_is_printed_with_speakers_of_members(
    listed: Debate, app: Flask
) -> None:
    vera = sign_in_member(app, "vera")
    vera.get(f"{console(listed)}/council/GBR/speaker")
    vera.submit(
        "#speaker_form",
        {
            "title": "H.E. Ms.",
            "name": "Barbara Woodward",
            "functional_title": "Permanent Representative",
            "level": "permanent_representative",
            "language": "en",
        },
    )
    vera.get(f"{console(listed)}/exports")
    vera.follow("main a[href$='/exports/running-sheet']")
    aloud = "Her Excellency Ms. Barbara Woodward, Permanent Representative of the United Kingdom"
    assert aloud in vera.words
    assert "the representative of France" in vera.words
    assert "on behalf of Group of Friends" in vera.words
    assert vera.words.count("Letter to be read") == 2
    assert vera.words.count("Letter: Returned") == 1
    assert "kenya.example" not in vera.words
    vera.get(f"{console(listed)}/exports/list")
    assert "H.E. Ms. Barbara Woodward" in vera.words


def test_an_empty_list_can_be_printed(debate: Debate, vera: Browser) -> None:
    vera.get(f"{console(debate)}/exports/list")
    assert "Registered delegations" not in vera.words
    assert vera.has("tbody.later")


def record_of(browser: Browser, debate: Debate) -> dict:
    answer = browser.get(f"{console(debate)}/exports/record.json")
    assert answer.headers["Content-Type"] == "application/json"
    assert f'filename="{debate.slug}.json"' in answer.headers["Content-Disposition"]
    return json.loads(answer.text)


def described() -> set[str]:
    """Every field that the description lists."""
    return set(re.findall(r"^\| `([^`]+)` \|", DESCRIBED.read_text(encoding="utf-8"), re.M))


def fields(value: object, path: str = "") -> Iterator[str]:
    """Every field of a document: `registrations[].speaker.name`."""
    if isinstance(value, dict) and not path.endswith((".names", ".facts", ".tiers")):
        for name, inner in value.items():
            yield from fields(inner, f"{path}.{name}" if path else name)
    elif isinstance(value, list):
        assert value, f"nothing in {path}: the scene is too poor"
        for inner in value:
            yield from fields(inner, f"{path}[]")
    else:
        yield path


def enriched(db: Database, debate: Debate) -> None:
    """What the shipped debate leaves empty."""
    with writing(db):
        db.execute("""update letter_file set marks = '["links"]' where letter_id > 1""")
        db.execute("delete from letter_file where letter_id = 1 and position > 1")
        french = Translation("fr", "Titre", "Point", "Chef", "Thème", ("SG",), ("Comment ?",))
        notice = replace(debate.notice, translations=(french,))
        changes = {"retention_days": 30, "closes_at": debate.starts_at, "notice": notice}
        update_debate(db, replace(debate, **changes))
    brazil, kenya = (delegation(db, code).id for code in ("BRA", "KEN"))
    asked = find_active_registration(db, debate.id, kenya)
    ask_swap(db, debate.starts_at, actor("BRA"), debate, delegation_id=brazil, asked_id=asked.id)


def test_every_described_field_is_there_and_no_other(
    listed: Debate, app: Flask, db: Database
) -> None:
    enriched(db, listed)
    record = record_of(sign_in_member(app, "vera"), listed)
    assert record["format"] == "rostrum-debate"
    assert record["version"] == VERSION
    record["letters"] = [each for each in record["letters"] if each["remark"]]
    assert set(fields(record)) == described()


def test_the_record_tells_what_happened(listed: Debate, app: Flask, db: Database) -> None:
    record = record_of(sign_in_member(app, "vera"), listed)
    held = {each["delegation"]: each for each in record["registrations"]}
    assert [held[code]["place"] for code in ("BRA", "KEN", "PSE", "JPN")] == [1, 2, 3, None]
    assert held["KEN"]["contact"] == {"email": "pm@kenya.example", "phone": "+1 212 555 0142"}
    assert held["KEN"]["speaker"]["on_behalf_of"] == "Group of Friends"
    assert held["JPN"]["struck_reason"] == "No letter in time."
    assert {each["cause"] for each in record["moves"]} == {"struck"}
    assert len(record["list"]) == 2 + 15 + 3
    assert {each["code"] for each in record["delegations"]} >= {"BRA", "DNK", "JPN"}
    assert record["journal"][0]["kind"] == "debate loaded"
    assert journal_kinds(db)[-1] == "record exported"


def test_the_record_opens_no_door(listed: Debate, app: Flask, db: Database, kenya: Browser) -> None:
    vera = sign_in_member(app, "vera")
    text = vera.get(f"{console(listed)}/exports/record.json").text
    rows = db.execute("""select password_hash from staff union select hash from session
                         union select stored_name from letter_file
                         union select original_name from letter_file
                         union select salt from journal_value""").fetchall()
    for (secret,) in rows:
        assert secret not in text
    for word in ("password", "token", "salt", "idempotency"):
        assert word not in text


def test_a_draft_is_nobodys_business(
    listed: Debate, app: Flask, db: Database, opened: FakeClock
) -> None:
    opened.advance(days=-2)
    prepare(db, listed, "ITA")
    opened.advance(days=2)
    record = record_of(sign_in_member(app, "vera"), listed)
    for part in ("registrations", "letters"):
        assert "ITA" not in {each["delegation"] for each in record[part]}


def test_an_export_of_a_rehearsal_names_what_it_rehearses(
    app: Flask, db: Database, debate: Debate, vera: Browser
) -> None:
    with writing(db):
        update_debate(db, replace(debate, rehearsal_of=debate.id))
    record = record_of(vera, debate)
    assert record["debate"]["rehearsal_of"] == debate.slug
    assert record["debate"]["starts_at"] == "2025-03-24T14:00:00.000000Z"
