"""Tables as CSV (RFC 4180): written so that no spreadsheet computes a cell, and read as people save
them, with any usual separator, headers in any case, lines left empty.

The byte order mark lets spreadsheets see that the text is UTF-8.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from rostrum.domain.texts import cleaned

BYTE_ORDER_MARK = "\ufeff"
_FORMULA = re.compile(r"\s*[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]")
_NUMBER = re.compile(r"[+-]?\d[\d ]*(\.\d+)?")
_COUNTRY = r"[17]|2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58]|\d{3}"
"""Country codes (ITU-T E.164): one digit, these of two, else three."""
_SEPARATORS = ",;\t"
_NAMED = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)
"""A first line by which spreadsheets tell each other the separator."""
_SPOILT = re.compile(r"\d.*|(JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|SEPT|OCT|NOV|DEC)\d{1,2}")
"""Codes that a spreadsheet takes for a number or a day and does not give back: 007, 1E5, MAR1."""


def csv_text(columns: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    """A table as RFC 4180 text in which no cell is computed."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([harmless(cell) for cell in row] for row in rows)
    return BYTE_ORDER_MARK + text.getvalue()


def harmless(cell: str) -> str:
    """The cell in a form that a spreadsheet shows and never computes; numbers stay as they are.

    A leading apostrophe is the usual protection (OWASP, "CSV Injection").
    """
    if _FORMULA.match(cell) and not _NUMBER.fullmatch(cell):
        return f"'{cell}"
    return cell


def plain_phone(phone: str) -> str:
    """A telephone number as `+` and groups of digits between spaces.

    A spreadsheet would subtract in `+1-212-555-0100` and drop the sign of `+254700000000`;
    groups between spaces stay text. Anything else is left unchanged.
    """
    groups = re.sub(r"[\s().\u2010-\u2015/-]+", " ", phone).strip()
    if found := re.fullmatch(rf"\+({_COUNTRY})(\d{{4,}})", groups):
        return " ".join((f"+{found[1]}", *re.findall(r"\d{3}(?=\d{3})|\d+", found[2])))
    return groups if _NUMBER.fullmatch(groups) else phone


class NotReadable(Exception):
    """Not a table in text."""


@dataclass(frozen=True)
class Table:
    """The rows of a file by line, each with its cells by column as `columns` writes them."""

    columns: tuple[str, ...]
    rows: tuple[tuple[int, dict[str, str]], ...]


def read_table(content: bytes, lines_in: Collection[str] = (), *, takes_old: bool = False) -> Table:
    """The table in a file that a spreadsheet saved as CSV or as Unicode text.

    Column names are compared without case, blanks and hyphens. Cells are cleaned; only those of the
    columns `lines_in` keep their lines. Raises NotReadable, or UnicodeDecodeError for a file in an
    old encoding; with `takes_old`, one is read as Western Europe's, which gives codes and numbers.
    """
    text = _text(content, takes_old=takes_old)
    named = _NAMED.match(text)
    skipped, body = (1, text[named.end() :]) if named else (0, text)
    reader = csv.reader(
        io.StringIO(body, newline=""), delimiter=named[1] if named else _separator(body)
    )
    try:
        columns = tuple(_column(cell) for cell in next(reader, ()))
        rows = tuple(
            (reader.line_num + skipped, _cells(columns, cells, lines_in))
            for cells in reader
            if any(cleaned(cell) for cell in cells)
        )
    except csv.Error as fault:
        raise NotReadable from fault
    return Table(columns, rows)


def is_spoilt_by_spreadsheets(code: str) -> bool:
    """Whether a spreadsheet would take this code for a number or a day."""
    return bool(_SPOILT.fullmatch(code))


def _text(content: bytes, *, takes_old: bool) -> str:
    """UTF-16 is what spreadsheets call Unicode text; it always begins with its mark."""
    is_wide = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    try:
        text = content.decode("utf-16" if is_wide else "utf-8-sig")
    except UnicodeDecodeError:
        if is_wide or not takes_old:
            raise
        text = content.decode("cp1252", errors="replace")
    return text.removeprefix(BYTE_ORDER_MARK)


def _separator(text: str) -> str:
    """The one of the usual separators that the first line has most of."""
    first = text.partition("\n")[0]
    return max(_SEPARATORS, key=first.count)


def _column(cell: str) -> str:
    return re.sub(r"[\s-]+", "_", cleaned(cell)).casefold()


def _cells(columns: tuple[str, ...], cells: list[str], lines_in: Collection[str]) -> dict[str, str]:
    return {
        name: _unguarded(cleaned(cell, has_lines=name in lines_in))
        for name, cell in zip(columns, cells, strict=False)
    }


def _unguarded(cell: str) -> str:
    """A cell without the apostrophe that keeps a spreadsheet from computing it."""
    return cell[1:] if cell.startswith("'") and harmless(cell[1:]) == cell else cell
