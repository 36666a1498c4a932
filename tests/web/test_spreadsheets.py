"""Workbooks: cells as they are meant, also where a French spreadsheet opens them."""

from __future__ import annotations

import csv
import io
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest

from rostrum.web.spreadsheets import MINUTE, Column, Sheet, workbook
from tests.workbooks import cells

NOW = datetime(2025, 3, 19, 13, 30, 0, 412_000, tzinfo=UTC)
COLUMNS = [Column("Place", 7), Column("Words", 20), Column("Reçue", 20), Column("Vers", 20, MINUTE)]
WORDS = [
    *("=1+1", "@SUM(A1:A9)", "http://evil.example", "007", "+254700000000", "傅聪", "a;=6*7;b"),
    *("00254207001234", "0207001234", "+44 (0)20 7946 0000", "+1 212 555 0100/0101"),
    *("+1 212 555 0142 ext. 5", "12-05-2014"),
]
FRENCH = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Setup/L10N"><prop oor:name="ooSetupSystemLocale" oor:op="fuse">
<value>fr-FR</value></prop></item></oor:items>"""


def made() -> bytes:
    rows = [[number, words, NOW, NOW] for number, words in enumerate(WORDS, start=1)]
    rows[-1][2:] = [None, None]
    return workbook("Peace & security", NOW, [Sheet("Liste", COLUMNS, rows)])


def test_numbers_are_numbers_instants_new_york_times_and_text_is_never_computed() -> None:
    header, *rows = cells(made())
    assert header == ["Place", "Words", "Reçue", "Vers"]
    assert [row[:2] for row in rows] == [[n, words] for n, words in enumerate(WORDS, start=1)]
    wall = datetime(2025, 3, 19, 9, 30, 0, 412_000, tzinfo=UTC)
    days = (wall - datetime(1899, 12, 30, tzinfo=UTC)).total_seconds() / 86_400
    assert rows[0][2:] == pytest.approx([days, days], abs=1e-8)
    assert rows[-1][2:] == [None, None]


@pytest.mark.parametrize("locale", ["", FRENCH])
def test_libreoffice_opens_it_in_english_and_in_french(
    soffice: str, tmp_path: Path, locale: str
) -> None:
    settings = tmp_path / "profile" / "user" / "registrymodifications.xcu"
    settings.parent.mkdir(parents=True)
    if locale:
        settings.write_text(locale, encoding="utf-8")
    (tmp_path / "list.xlsx").write_bytes(made())
    command = [
        soffice, f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless",
        "--convert-to", "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true",
        "--outdir", str(tmp_path), str(tmp_path / "list.xlsx"),
    ]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=100)
    text = (tmp_path / "list.csv").read_bytes().decode("utf-8-sig")
    _, *rows = list(csv.reader(io.StringIO(text, newline="")))
    assert [row[1] for row in rows[: len(WORDS)]] == WORDS
    decimal = "," if locale else "."
    assert rows[0][2:] == [f"2025-03-19 09:30:00{decimal}412", "2025-03-19 09:30"]
