"""Reads what a workbook holds, as its bytes say it: numbers as numbers, text as text."""

from __future__ import annotations

import io
import zipfile
from xml.etree import ElementTree

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def cells(content: bytes, sheet: int = 1) -> list[list[str | float | None]]:
    """The rows of a sheet, each as long as the first; no cell may be a formula."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        strings = _parsed(archive.read("xl/sharedStrings.xml"))
        page = _parsed(archive.read(f"xl/worksheets/sheet{sheet}.xml"))
    texts = ["".join(part.itertext()) for part in strings.iter(f"{_MAIN}si")]
    assert page.find(f".//{_MAIN}f") is None
    rows = [_row(row, texts) for row in page.iter(f"{_MAIN}row")]
    return [[row.get(number) for number in range(len(rows[0]))] for row in rows]


def _parsed(text: bytes) -> ElementTree.Element:
    return ElementTree.fromstring(text)  # noqa: S314  ours


def _row(row: ElementTree.Element, texts: list[str]) -> dict[int, str | float]:
    found = {}
    for cell in row.iter(f"{_MAIN}c"):
        value = cell.findtext(f"{_MAIN}v")
        if value is not None:
            is_text = cell.get("t") == "s"
            found[_column(cell.get("r"))] = texts[int(value)] if is_text else float(value)
    return found


def _column(reference: str) -> int:
    """The number of a column, from 0, in a reference such as `AB7`."""
    number = 0
    for letter in reference.rstrip("0123456789"):
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1
