"""Delegations in the console: found, added, changed; their addresses are for staff only."""

from __future__ import annotations

import io
import zipfile

import pytest
import xlsxwriter
from flask import Flask

from rostrum.domain.delegations.delegation import Basis
from rostrum.store.database import Database, all_rows
from tests.factories import delegation
from tests.web.client import Browser
from tests.web.factories import journal_kinds, sign_in_member, snapshot
from tests.web.request_bodies import File

ALL = "/staff/delegations"
NEW = {"code": "ITU", "name_en": "International Telecommunication Union"}


@pytest.fixture
def anna(app: Flask) -> Browser:
    """An admin's laptop."""
    return sign_in_member(app, "anna")


@pytest.mark.parametrize(
    ("words", "name"),
    [("cote divoire", "Côte d’Ivoire"), ("TÜRKIYE", "Türkiye"), ("ASEAN", "Southeast Asian")],
)
def test_a_delegation_is_found_without_its_accents(anna: Browser, words: str, name: str) -> None:
    anna.get(f"{ALL}?q={words}")
    assert name in anna.words
    assert "Kenya" not in anna.words


def test_organizations_under_rule_39_ship(anna: Browser, db: Database) -> None:
    anna.get(ALL)
    assert "213 of 213" in anna.words
    assert delegation(db, "EU").basis is Basis.RULE_39


def test_a_delegation_is_added(anna: Browser, db: Database) -> None:
    anna.get(f"{ALL}/new")
    anna.submit("#delegation", NEW | {"code": "itu", "contacts": "a@itu.example\n\nb@itu.example"})
    added = delegation(db, "ITU")
    assert added.contacts == ("a@itu.example", "b@itu.example")
    assert added.names == {"en": NEW["name_en"]}
    assert journal_kinds(db)[-1] == "delegation added"


@pytest.mark.parametrize(
    ("wrong", "field", "told"),
    [
        ({"code": "KEN"}, "code", "KEN is taken by another delegation."),
        ({"code": "I-U"}, "code", "A code has 2 to 12"),
        ({"code": ""}, "code", "A code has 2 to 12"),
        ({"name_en": ""}, "name_en", "Give the name in English."),
        ({"name_en": "The european union"}, "name_en", "European Union is there already, as EU."),
        ({"name_fr": "Fédération de Russie"}, "name_fr", "is there already, as RUS."),
        ({"contacts": "a@itu.example\nnobody"}, "contacts", "“nobody” is not an e-mail address."),
        (
            {"contacts": ", ".join(f"a{each}@itu.example" for each in range(11))},
            "contacts",
            "Give 10 addresses at most.",
        ),
    ],
)
def test_what_is_wrong_is_told_at_its_field(
    anna: Browser, db: Database, wrong: dict[str, str], field: str, told: str
) -> None:
    anna.get(f"{ALL}/new")
    before = (snapshot(db), all_rows(db, "select * from delegation"))
    anna.submit("#delegation", NEW | wrong, status=422)
    assert told in anna.says(f"#{field}_error")
    assert (snapshot(db), all_rows(db, "select * from delegation")) == before


def test_a_change_is_in_the_journal_and_addresses_only_beside_it(
    anna: Browser, db: Database
) -> None:
    anna.get(f"{ALL}/{delegation(db, 'EU').id}")
    anna.submit("#delegation", {"name_fr": "L’Union", "contacts": "eu@mission.example"})
    assert delegation(db, "EU").names["fr"] == "L’Union"
    [entry] = [e for e in snapshot(db)["journal"] if e["kind"] == "delegation changed"]
    assert "L’Union" in entry["facts"]
    assert "mission.example" not in str(entry)
    [value] = all_rows(db, "select value from journal_value where name = 'contacts'")
    assert "eu@mission.example" in value["value"]


def send(anna: Browser, content: bytes, status: int = 200) -> None:
    anna.get(f"{ALL}/import")
    anna.submit("#table_form", files={"table": File(content, "d.csv", "text/csv")}, status=status)


def test_an_export_reads_back_as_it_is(anna: Browser) -> None:
    send(anna, anna.get(f"{ALL}/delegations.csv").body)
    assert "Added: 0, changed: 0, as they are: 213." in anna.words


def test_what_a_french_spreadsheet_saved_is_previewed_with_apply_in_sight(
    anna: Browser, db: Database
) -> None:
    send(anna, "\ufeffCode;Contact emails\r\nKEN;a@ken.example\r\nBRA;\r\n".encode())
    assert "Added: 0, changed: 1, as they are: 1." in anna.words
    assert "Not in the file, and left alone: 211 known delegations" in anna.words
    assert anna.has("#apply ~ .invited")
    anna.submit("#apply")
    assert delegation(db, "KEN").contacts == ("a@ken.example",)


def xlsx(*rows: list[object]) -> bytes:
    """A workbook as Excel has it, with these rows on its first sheet."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Feuil1")
        book.add_worksheet("Feuil2").write_row(0, 0, ["code"])
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return file.getvalue()


def test_a_workbook_is_read_as_its_table_is(anna: Browser, db: Database) -> None:
    lines = "a@ken.example\nb@ken.example"
    send(anna, xlsx(["Code", "Contact emails"], [], ["KEN", lines], ["BRA", ""]))
    assert "Added: 0, changed: 1, as they are: 1." in anna.words
    anna.submit("#apply")
    assert delegation(db, "KEN").contacts == ("a@ken.example", "b@ken.example")


def test_the_line_of_a_workbook_is_its_row(anna: Browser) -> None:
    send(anna, xlsx(["code", "basis"], [], ["KEN", "rule_38"]), status=422)
    assert "Line 3: The basis of KEN" in anna.words


def test_a_table_is_previewed_then_applied(anna: Browser, db: Database) -> None:
    content = anna.get(f"{ALL}/delegations.csv").body.decode()
    content = content.replace("European Union,", "The European Union,")
    content += "ITU,=Telecommunication,,,,,,rule_39,a@itu.example\r\n"
    before = all_rows(db, "select * from delegation")
    send(anna, content.encode())
    assert "Added: 1, changed: 1, as they are: 212." in anna.words
    assert all_rows(db, "select * from delegation") == before
    anna.submit("#apply")
    assert delegation(db, "EU").name() == "The European Union"
    assert delegation(db, "ITU").contacts == ("a@itu.example",)
    send(anna, anna.get(f"{ALL}/delegations.csv").body)
    assert "Added: 0, changed: 0, as they are: 214." in anna.words


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("i-u,Name,,,,,,rule_39,", "Line 2: “I-U” is not a code"),
        ("ITU,,,,,,,rule_39,", "Line 2: ITU has no name in English."),
        ("ITU,Name,,,,,,rule_38,", "Line 2: The basis of ITU"),
        ("ITU,Name,,,,,,rule_39,nobody", "Line 2: “nobody” is not an e-mail address."),
        ("ITU,A,,,,,,rule_39,\r\nITU,B,,,,,,rule_39,", "Line 3: ITU is in the file twice."),
    ],
)
def test_a_bad_line_is_named_and_nothing_applied(anna: Browser, row: str, told: str) -> None:
    head = "code,name_en,name_fr,name_es,name_ru,name_zh,name_ar,basis,contact_emails"
    send(anna, f"{head}\r\n{row}\r\n".encode(), status=422)
    assert told in anna.words
    assert not anna.has("#apply")


def bomb() -> bytes:
    """A small workbook whose sheet unpacks to forty megabytes."""
    file = io.BytesIO(xlsx(["code"]))
    with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/image1.bin", bytes(40_000_000))
    return file.getvalue()


REFUSED = {
    "nothing": (b"", "Choose the file first."),
    "half a character": (b"\xff\xfe\x00", "CSV in UTF-8"),
    "no codes": (b"a,b\r\n1,2\r\n", "There is no column “code”."),
    "an old encoding": ("Côte;à".encode("cp1252"), "CSV in UTF-8"),
    "an old workbook": (b"\xd0\xcf\x11\xe0 and more", "This file is old or protected."),
    "half a workbook": (xlsx(["code"])[:400], "This workbook cannot be read."),
    "a bomb": (bomb(), "This workbook cannot be read."),
    "too large": (b"code\r\n" * 60_000, "Choose a file of 300 kB at most."),
}


@pytest.mark.parametrize("name", sorted(REFUSED))
def test_what_is_no_table_is_refused_and_why(anna: Browser, name: str) -> None:
    content, told = REFUSED[name]
    send(anna, content, status=422)
    assert told in anna.words


def test_a_table_is_refused_when_delegations_changed_since_its_preview(
    anna: Browser, app: Flask, db: Database
) -> None:
    content = anna.get(f"{ALL}/delegations.csv").body.decode()
    send(anna, content.replace("European Union,", "The European Union,").encode())
    other = sign_in_member(app, "anna")
    other.get(f"{ALL}/{delegation(db, 'KEN').id}")
    other.submit("#delegation", {"name_fr": "Le Kenya"})
    anna.submit("#apply", status=409)
    assert delegation(db, "EU").name() == "European Union"
