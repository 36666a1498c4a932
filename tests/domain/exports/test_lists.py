"""The CSV: its bytes, its columns, its cells, and what LibreOffice makes of it."""

from __future__ import annotations

import csv
import io
import subprocess
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from rostrum.domain.csv_text import TEXT_MARK, harmless, phone_as_text, read_table
from rostrum.domain.delegations.contacts import clean_phone
from rostrum.domain.delegations.delegation import Basis, Delegation
from rostrum.domain.delegations.invitations import Invitation, Opening
from rostrum.domain.exports.lists import STAFF_COLUMNS, delegates_csv, staff_csv
from rostrum.domain.letters.letter import Letter, LetterFile, LetterState
from rostrum.domain.registrations.registration import Entered, Registration
from rostrum.domain.registrations.roll import Listed
from rostrum.domain.speakers import Speaker
from rostrum.domain.texts import cleaned
from tests.factories import OPENS_AT, make_speaker

KENYA = Delegation(1, "KEN", {"en": "Kenya"}, Basis.RULE_37)
IVORY_COAST = Delegation(2, "CIV", {"en": "Côte d’Ivoire"}, Basis.RULE_37)


def make_registration(place: int | None = 1, **speaker: str) -> Registration:
    file = LetterFile("0.pdf", "secret letter.pdf", "pdf", 1, "0" * 64, 1)
    letter = Letter(1, 1, 1, 1, OPENS_AT, None, LetterState.PENDING, (), "", "", None, (file,))
    return Registration(
        id=7,
        debate_id=1,
        delegation_id=1,
        arrival_number=4,
        received_at=OPENS_AT + timedelta(microseconds=123_999),
        reference="ABCD-EFGH",
        idempotency_key="attempt-1",
        speaker=make_speaker(**speaker),
        letter=letter,
        receipt_letter=letter,
        place=place,
        version=1,
        withdrawn_at=None if place else OPENS_AT,
    )


def parsed(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


def row_of(**speaker: str) -> dict[str, str]:
    """The one row of a staff CSV, by column."""
    header, row = parsed(staff_csv([Listed(KENYA, make_registration(**speaker))]))
    return dict(zip(header, row, strict=True))


@pytest.mark.parametrize(
    "cell",
    [
        "=1+1",
        "=HYPERLINK(\"http://evil.example\";\"open\")",
        "@SUM(A1:A9)",
        "+1+1",
        "-1+1",
        "-2-3",
        "--5",
        "+A1",
        "-cmd|' /C calc'!A0",
        " =1+1",
        "\u00a0=1+1",
        "＝1+1",
        "＋1+1",
        "－1+1",
        "＠SUM(A1)",
        "+254-700-000-000",
        "=",
        "-",
        "@rostrum",
    ],
)  # fmt: skip
def test_a_cell_that_a_spreadsheet_would_compute_is_made_text(cell: str) -> None:
    assert harmless(cell) == f"'{cell}"


@pytest.mark.parametrize(
    "cell",
    [
        "",
        "5",
        "-5",
        "+5",
        "-5.25",
        "007",
        "+254 700 000 000",
        "+1 212 555 0142",
        "1=1",
        "a@b.example",
        "Trinidad and Tobago",
        "H.E. Mr.",
        "2025-03-19T09:30:00.123-04:00",
        "中国",
        "محمد",
        "'quoted'",
        "a, b; \"c\"",
    ],
)  # fmt: skip
def test_any_other_cell_stays_as_it_is(cell: str) -> None:
    assert harmless(cell) == cell


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        ("x;=6*7;y", "x;'=6*7;y"),
        ("x; =6*7", "x; '=6*7"),
        ("x|=6*7|-1", "x|'=6*7|'-1"),
        ("x\t+6\t@A1", "x\t'+6\t'@A1"),
        ("x\n=6*7", "x\n'=6*7"),
        ('x;"=6*7"', 'x;"\'=6*7"'),
        ("=1;=2", "'=1;'=2"),
        ("\t=1+1", "'\t'=1+1"),
        ("\r=1+1", "'\r'=1+1"),
        ("\n=1+1", "'\n'=1+1"),
        ("a@b.example; +c@d.example", "a@b.example; '+c@d.example"),
        ('{"a":"b","c":-1}', '{"a":"b","c":-1}'),
        ("Kenya, -1", "Kenya, -1"),
    ],
)
def test_nothing_is_computed_behind_a_sign_that_another_spreadsheet_takes_for_its_separator(
    cell: str, written: str
) -> None:
    assert harmless(cell) == written
    table = read_table(f'name\r\n"{written.replace(chr(34), chr(34) * 2)}"\r\n'.encode(), {"name"})
    assert table.rows[0][1] == {"name": cleaned(cell, has_lines=True)}, "and it is read back"


PHONES = (
    "00254207001234",
    "0207001234",
    "+44 (0)20 7946 0000",
    "+1 212 555 0100/0101",
    "+1 212 555 0142 ext. 5",
    "+254 700 000 000",
    "+254700000000",
    "+1-212-555-0142",
    "(212) 555.0142",
    "12-05-2014",
    "1e12345",
)


def test_a_telephone_number_is_written_as_it_was_typed() -> None:
    assert [row_of(contact_phone=phone)["contact_phone"] for phone in PHONES] == [
        f"{TEXT_MARK}{phone}" for phone in PHONES
    ]
    assert phone_as_text("") == ""
    assert clean_phone(f"{TEXT_MARK}0207001234") == "0207001234", (
        "pasted into a form it is as typed"
    )


def test_the_columns_are_those_of_the_issue_in_their_order() -> None:
    text = staff_csv([])
    assert text == (
        "\ufeffplace,arrival_number,delegation,iso3,basis,speaker_title,speaker_name,"
        "functional_title,level,language,on_behalf_of,letter,received_at_new_york,"
        "received_at_utc,contact_email,contact_phone,"
        "entered_by,entered_at_utc,entered_through,entered_reason,"
        "state,missing,letter_decided_by,letter_decided_at_utc,expected_at_new_york,"
        "withdrawn_at_utc,link,link_opened_at_utc,delegation_emails\r\n"
    )


def test_a_row_has_every_value_under_its_column() -> None:
    assert row_of(on_behalf_of="African Group") == {
        "place": "1",
        "arrival_number": "4",
        "delegation": "Kenya",
        "iso3": "KEN",
        "basis": "rule_37",
        "speaker_title": "H.E. Mr.",
        "speaker_name": "Erastus Ekitela Lokaale",
        "functional_title": "Permanent Representative of Kenya",
        "level": "permanent_representative",
        "language": "en",
        "on_behalf_of": "African Group",
        "letter": "pending",
        "received_at_new_york": "2025-03-19T09:30:00.123-04:00",
        "received_at_utc": "2025-03-19T13:30:00.123+00:00",
        "contact_email": "pm@kenya.example",
        "contact_phone": f"{TEXT_MARK}+1 212 555 0142",
        "entered_by": "",
        "entered_at_utc": "",
        "entered_through": "",
        "entered_reason": "",
        "state": "registered",
        "missing": "",
        "letter_decided_by": "",
        "letter_decided_at_utc": "",
        "expected_at_new_york": "",
        "withdrawn_at_utc": "",
        "link": "",
        "link_opened_at_utc": "",
        "delegation_emails": "",
    }


def test_an_awaited_delegation_has_its_state_and_nothing_of_its_draft() -> None:
    delegation = replace(KENYA, contacts=("pm@kenya.example", "info@kenya.example"))
    opened = Opening(OPENS_AT - timedelta(hours=1), 2)
    awaited = Listed(delegation, None, ("letter",), Invitation(1, 1, 1, 1, None), opened)
    header, row = parsed(staff_csv([awaited]))
    assert {name: cell for name, cell in zip(header, row, strict=True) if cell} == {
        "delegation": "Kenya",
        "iso3": "KEN",
        "basis": "rule_37",
        "state": "not-ready",
        "missing": "letter",
        "link": "opened",
        "link_opened_at_utc": "2025-03-19T12:30:00.000+00:00",
        "delegation_emails": "pm@kenya.example; info@kenya.example",
    }


def test_an_entry_by_the_mission_names_who_when_and_why() -> None:
    entered = Entered("vera", OPENS_AT + timedelta(minutes=5), "email", "Its network was down.")
    _, row = parsed(staff_csv([Listed(KENYA, replace(make_registration(), entered=entered))]))
    assert row[16:20] == ["vera", "2025-03-19T13:35:00.000+00:00", "email", "Its network was down."]


def test_new_york_winter_time_has_its_own_offset() -> None:
    winter = replace(make_registration(), received_at=datetime(2025, 1, 6, 14, 30, tzinfo=UTC))
    _, row = parsed(staff_csv([Listed(KENYA, winter)]))
    assert row[12:14] == ["2025-01-06T09:30:00.000-05:00", "2025-01-06T14:30:00.000+00:00"]


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ('Ann "Nan" Lee', '"Ann ""Nan"" Lee"'),
        ("Lee, Ann", '"Lee, Ann"'),
        ("Ann\nLee", '"Ann\nLee"'),
        ("Ann\r\nLee", '"Ann\r\nLee"'),
        ("Ann; Lee", "Ann; Lee"),
    ],
)
def test_cells_are_quoted_as_rfc_4180_says(name: str, written: str) -> None:
    text = staff_csv([Listed(KENYA, make_registration(name=name))])
    assert f",{written}," in text
    assert row_of(name=name)["speaker_name"] == name


def test_lines_end_with_carriage_return_and_line_feed() -> None:
    text = staff_csv([Listed(KENYA, make_registration()), Listed(IVORY_COAST)])
    assert text.count("\r\n") == text.count("\n") == text.count("\r") == 3


def test_the_withdrawn_are_not_in_the_csv_for_delegates() -> None:
    listed = [(make_registration(None), KENYA), (make_registration(1), IVORY_COAST)]
    assert [row[2] for row in parsed(delegates_csv(listed))[1:]] == ["CIV"]


def test_the_csv_for_delegates_holds_nothing_personal() -> None:
    text = delegates_csv([(make_registration(), KENYA), (make_registration(2), IVORY_COAST)])
    assert text == "\ufeffplace,delegation,iso3\r\n1,Kenya,KEN\r\n2,Côte d’Ivoire,CIV\r\n"


# --- LibreOffice ----------------------------------------------------------------------------

UTF_8 = "44,34,76,1,,0,false,true"
"""LibreOffice's filter: comma, quote, UTF-8, from line 1, all columns, numbers recognised."""
SPEAKERS = {
    "Chinese": Speaker("大使", "傅聪", "常驻代表", "permanent_representative", "zh"),
    "Arabic": Speaker("السيد", "أسامة عبد الخالق", "المندوب الدائم", "minister", "ar"),
    "accents": Speaker("Mme", "Zoë Ňuñez d’Ångström", "Première ministre", "minister", "fr"),
    "formula": Speaker("=1+1", '=HYPERLINK("http://evil.example")', "@SUM(A1:A9)", "other", "en"),
    "signs": Speaker("-5", "-2+3", "+1+1", "other", "en", "\t=1+1"),
    "quotes": Speaker('a "b"', "Lee, Ann", "one\ntwo", "other", "en"),
    "separators": Speaker("x;=6*7;y", "x\t=6*7", "x|=6*7|y", "other", "en", "a\n=6*7;=6*7"),
    **{phone: Speaker("", "A", "B", "other", "en", "", "a@b.example", phone) for phone in PHONES},
}


@pytest.fixture(scope="module")
def opened(soffice: str, tmp_path_factory: pytest.TempPathFactory) -> list[list[str]]:
    """The cells as LibreOffice shows them after it opened the staff CSV, computed anew."""
    folder = tmp_path_factory.mktemp("office")
    listed = [
        Listed(IVORY_COAST, replace(make_registration(place), speaker=speaker))
        for place, speaker in enumerate(SPEAKERS.values(), start=1)
    ]
    (folder / "list.csv").write_bytes(staff_csv(listed).encode())
    # Formulas are recognised too (the last "true"): as eager as LibreOffice can be.
    convert(
        soffice, folder, "list.csv", "ods", "CSV:44,34,76,1,,0,false,true,false,false,false,0,true"
    )
    (folder / "list.csv").rename(folder / "sent.csv")
    convert(soffice, folder, "list.ods", f"csv:Text - txt - csv (StarCalc):{UTF_8}")
    text = (folder / "list.csv").read_bytes().decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline="")))


def convert(soffice: str, folder: Path, name: str, target: str, reader: str = "") -> None:
    profile = folder / "profile"
    command = [
        soffice,
        f"-env:UserInstallation={profile.as_uri()}",
        "--headless",
        *([f"--infilter={reader}"] if reader else []),
        "--convert-to",
        target,
        "--outdir",
        str(folder),
        str(folder / name),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=100)


def test_libreoffice_finds_every_column_and_row(opened: list[list[str]]) -> None:
    assert tuple(opened[0]) == STAFF_COLUMNS
    assert [row[0] for row in opened[1:]] == [str(place + 1) for place in range(len(SPEAKERS))]
    assert {row[2] for row in opened[1:]} == {"Côte d’Ivoire"}
    assert {row[12] for row in opened[1:]} == {"2025-03-19T09:30:00.123-04:00"}


@pytest.mark.parametrize(
    ("who", "cells"),
    [
        ("Chinese", ["大使", "傅聪", "常驻代表"]),
        ("Arabic", ["السيد", "أسامة عبد الخالق", "المندوب الدائم"]),
        ("accents", ["Mme", "Zoë Ňuñez d’Ångström", "Première ministre"]),
        ("formula", ["'=1+1", '\'=HYPERLINK("http://evil.example")', "'@SUM(A1:A9)"]),
        ("signs", ["-5", "'-2+3", "'+1+1"]),
        ("quotes", ['a "b"', "Lee, Ann", "one\ntwo"]),
    ],
)
def test_libreoffice_shows_names_intact_and_computes_nothing(
    opened: list[list[str]], who: str, cells: list[str]
) -> None:
    assert opened[1 + list(SPEAKERS).index(who)][5:8] == cells


def test_libreoffice_shows_telephone_numbers_as_they_were_typed(opened: list[list[str]]) -> None:
    rows = opened[1 + list(SPEAKERS).index(PHONES[0]) :]
    assert [row[15].removeprefix(TEXT_MARK) for row in rows] == list(PHONES)


@pytest.mark.parametrize(
    "separator", [";", "\t", "|", " "], ids=["semicolon", "tab", "bar", "blank"]
)
def test_libreoffice_computes_nothing_whatever_it_parts_cells_by(
    soffice: str, tmp_path: Path, separator: str
) -> None:
    """As where French or German is spoken: the table is not read rightly, and harmless still."""
    listed = [Listed(KENYA, make_registration(1, **SPEAKERS["separators"].as_dict()))]
    (tmp_path / "list.csv").write_bytes(staff_csv(listed).encode())
    reader = f"CSV:{ord(separator)},34,76,1,,0,false,true,false,false,false,0,true"
    convert(soffice, tmp_path, "list.csv", "fods", reader)
    text = (tmp_path / "list.fods").read_text(encoding="utf-8")
    assert "=6*7" in text
    assert "table:formula" not in text


def test_libreoffice_computes_what_is_not_guarded(soffice: str, tmp_path: Path) -> None:
    """The control of the test above."""
    (tmp_path / "list.csv").write_bytes(b"x;=6*7;y\r\n")
    convert(
        soffice,
        tmp_path,
        "list.csv",
        "fods",
        "CSV:59,34,76,1,,0,false,true,false,false,false,0,true",
    )
    assert "table:formula" in (tmp_path / "list.fods").read_text(encoding="utf-8")
