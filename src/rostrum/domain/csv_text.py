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
_BEGINS_FORMULA = r"[=+\-@\uff1d\uff0b\uff0d\uff20]"
_FORMULA = re.compile(rf"\s*(?:{_BEGINS_FORMULA}|[\t\r])")
_INNER_FORMULA = re.compile(rf'([;|\t\r\n][\s"]*)(?={_BEGINS_FORMULA})')
"""What a spreadsheet would compute that takes this sign for its separator (French and German ones
take a semicolon), and then the end of a line for that of a row."""
_GUARD = re.compile(rf"""(^|[;|\t\r\n][\s"]*)'(?=\s*{_BEGINS_FORMULA}|[\t\r\n])""")
_NUMBER = re.compile(r"[+-]?\d[\d ]*(\.\d+)?")
TEXT_MARK = "\u200e"
"""A left-to-right mark: nothing to see, and spreadsheets take what it begins for text."""
_SEPARATORS = ",;\t"
_NAMED = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)
"""A first line by which spreadsheets tell each other the separator."""
_SPOILT = re.compile(r"\d.*|(JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|SEPT|OCT|NOV|DEC)\d{1,2}")
"""Codes that a spreadsheet takes for a number or a day and does not give back: 007, 1E5, MAR1."""


def csv_text(columns: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    """A table as RFC 4180 text in which no cell is computed, whatever a reader parts cells by."""
    return BYTE_ORDER_MARK + plain_csv(columns, rows)


def plain_csv(columns: tuple[str, ...], rows: Iterable[Iterable[str]]) -> str:
    """As `csv_text`, without the byte order mark: for other programs' pipes."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([harmless(cell) for cell in row] for row in rows)
    return text.getvalue()


def harmless(cell: str) -> str:
    """The cell in a form that a spreadsheet shows and never computes; numbers stay as they are.

    A leading apostrophe is the usual protection (OWASP, "CSV Injection"); within a cell it stands
    behind what another spreadsheet may take for the end of a cell.
    """
    guarded = _INNER_FORMULA.sub(r"\1'", cell)
    if _FORMULA.match(cell) and not _NUMBER.fullmatch(cell):
        return f"'{guarded}"
    return guarded


def phone_as_text(phone: str) -> str:
    """A telephone number as it was typed, which no spreadsheet takes for a number or a formula.

    A spreadsheet would drop the zeros of `0207001234` and the sign of `+254700000000`, subtract in
    `+1-212-555-0100`, and where spaces part thousands make one number of `+254 700 000 000`.
    """
    return f"{TEXT_MARK}{phone}" if phone else ""


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
        name: cleaned(_unguarded(cell), has_lines=name in lines_in)
        for name, cell in zip(columns, cells, strict=False)
    }


def _unguarded(cell: str) -> str:
    """A cell without the apostrophes that keep spreadsheets from computing it."""
    bare = _GUARD.sub(r"\1", cell)
    return bare if harmless(bare) == cell else cell
