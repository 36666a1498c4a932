"""The archive of all letters: names in it, and the manifest."""

from __future__ import annotations

import csv
import io

import pytest

from rostrum.actions.delegations.directory import shipped_rows
from rostrum.domain.delegations.delegation import Basis, Delegation
from rostrum.domain.exports.letters_archive import (
    MANIFEST_COLUMNS,
    Filed,
    Note,
    Outcome,
    file_letters,
    manifest_csv,
)
from rostrum.domain.letters.letter import Letter, LetterFile, LetterState
from rostrum.domain.registrations.registration import Registration
from tests.factories import OPENS_AT, make_file, make_speaker

PDF = make_file(size=2345)
FRONT, BACK = make_file(kind="heic"), make_file(kind="jpeg")


def make_registration(place: int | None, *files: LetterFile) -> Registration:
    letter = Letter(
        1, 1, 1, 1, OPENS_AT, None, LetterState.PENDING, (), "", "", None, files or (PDF,)
    )  # fmt: skip
    return Registration(
        1, 1, 1, 1, OPENS_AT, "ABCD-EFGH", "attempt-1", make_speaker(), letter, letter, place, 1,
        None if place else OPENS_AT,
    )  # fmt: skip


def delegation(name: str, code: str = "KEN") -> Delegation:
    return Delegation(1, code, {"en": name}, Basis.RULE_37)


def filed(name: str = "Kenya", code: str = "KEN", place: int = 7, *files: LetterFile) -> Filed:
    held = make_registration(place, *files)
    [only] = file_letters([(held, delegation(name, code))])
    return only


def rows_of(*report: tuple[Filed, Outcome]) -> list[dict[str, str]]:
    text = manifest_csv(report)
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


@pytest.mark.parametrize(
    ("place", "code", "name", "written"),
    [
        (7, "KEN", "Kenya", "007-KEN-Kenya.pdf"),
        (12, "CIV", "Côte d’Ivoire", "012-CIV-Cote-d-Ivoire.pdf"),
        (123, "TUR", "Türkiye", "123-TUR-Turkiye.pdf"),
        (1, "IRN", "Iran (Islamic Republic of)", "001-IRN-Iran-Islamic-Republic-of.pdf"),
        (1000, "BRA", "Brazil", "1000-BRA-Brazil.pdf"),
        (2, "CHN", "中国", "002-CHN.pdf"),
        (3, "../X", "../../etc/passwd\x00\r\n", "003-X-etc-passwd.pdf"),
        (4, "LNG", "Very " * 30, "004-LNG-" + "Very-" * 11 + "Very.pdf"),
    ],
)
def test_a_letter_is_named_by_place_code_and_plain_name(
    place: int, code: str, name: str, written: str
) -> None:
    assert filed(name, code, place).name == written


def test_every_shipped_name_is_plain_and_short() -> None:
    for row in shipped_rows():
        name = filed(row["name_en"], row["iso3"]).name
        assert name.isascii()
        assert name.startswith(f"007-{row['iso3']}-")
        assert "--" not in name
        assert len(name) <= 80


def test_only_those_who_hold_a_place_are_filed_in_the_order_given() -> None:
    listed = [(make_registration(place), delegation("Kenya")) for place in (1, 2, None)]
    assert [each.place for each in file_letters(listed)] == [1, 2]


def test_the_manifest_has_a_row_for_each_original() -> None:
    several = filed("Kenya", "KEN", 7, FRONT, BACK)
    first, second = rows_of((several, Outcome("a" * 64, is_combined=True)))
    assert tuple(first) == MANIFEST_COLUMNS
    assert first == {
        "place": "7",
        "iso3": "KEN",
        "delegation": "Kenya",
        "letter": "pending",
        "file": "007-KEN-Kenya.pdf",
        "file_sha256": "a" * 64,
        "original": "1",
        "original_sha256": FRONT.sha256,
        "original_size": "1234",
        "original_kind": "heic",
        "combined": "yes",
        "marks": "",
        "note": "",
    }
    assert (second["original"], second["original_sha256"]) == ("2", BACK.sha256)
    assert second["file"] == first["file"]


def test_what_is_not_in_the_archive_names_no_file_and_says_why() -> None:
    gone = Outcome(note=Note.MISSING, missing=frozenset({PDF.stored_name}))
    [row] = rows_of((filed(), gone))
    assert (row["file"], row["file_sha256"], row["note"]) == ("", "", "missing on the server")
    assert row["original_sha256"] == PDF.sha256


def test_the_original_that_is_missing_is_told_from_the_others() -> None:
    several = filed("Kenya", "KEN", 7, FRONT, BACK)
    outcome = Outcome(note=Note.NOT_MADE, missing=frozenset({BACK.stored_name}))
    notes = [row["note"] for row in rows_of((several, outcome))]
    assert notes == ["no PDF could be made of it", "missing on the server"]


def test_marks_stand_in_the_manifest() -> None:
    marked = make_file(marks=frozenset({"launch", "javascript"}))
    [row] = rows_of((filed("Kenya", "KEN", 7, marked), Outcome("a" * 64)))
    assert row["marks"] == "javascript launch"


def test_a_name_that_a_spreadsheet_would_compute_is_text() -> None:
    [row] = rows_of((filed("=1+1"), Outcome("a" * 64)))
    assert row["delegation"] == "'=1+1"
