"""Tables that staff send, as CSV whatever a spreadsheet saved: a workbook's first sheet is written
as CSV, row by row, so that everybody who reads a table reads one kind of file."""

from __future__ import annotations

import csv
import io
import zipfile
import zlib
from typing import Any

from flask import request

from rostrum.domain.errors import RuleBroken
from rostrum.domain.sentences import S_
from rostrum.web.offload import offload

MOST_BYTES = 300_000
"""Of the file, and as CSV: a preview may carry it, and staff's forms have half a megabyte. The
whole list of two hundred delegations has 120 kB."""
MOST_UNPACKED = 8_000_000
"""Of all parts of a workbook: said in it before anything is unpacked, and never exceeded."""
MOST_ROWS, MOST_COLUMNS = 1_100, 60
"""Cells beyond are not read: a sheet may claim a million rows, all of them empty."""
_ZIP, _OLD_OFFICE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_BROKEN = (
    *(zipfile.BadZipFile, zlib.error, RuntimeError, SyntaxError, EOFError),
    *(KeyError, ValueError, TypeError, AttributeError, IndexError, OverflowError),
)
"""What openpyxl raises for a file that only looks like a workbook; a faulty XML is SyntaxError."""


def sent_table(field: str) -> bytes:
    """The table that was sent in this field of the form, as CSV.

    Raises RuleBroken on the field if there is none, or it is too large or no table.
    """
    file = request.files.get(field)
    content = file.read(MOST_BYTES + 1) if file else b""
    if not content.strip():
        raise RuleBroken(field, S_("Choose the file first."))
    _check_size(field, content)
    if content.startswith(_OLD_OFFICE):
        old = S_("This file is old or protected. Save it as XLSX without a password, or as CSV.")
        raise RuleBroken(field, old)
    if not content.startswith(_ZIP):
        return content
    try:
        table = offload(_first_sheet, content)
    except _BROKEN as fault:
        unread = S_("This workbook cannot be read. Save it as XLSX or CSV, then choose it again.")
        raise RuleBroken(field, unread) from fault
    _check_size(field, table)
    return table


def _check_size(field: str, content: bytes) -> None:
    if len(content) > MOST_BYTES:
        raise RuleBroken(field, S_("Choose a file of 300 kB at most."))


def _first_sheet(content: bytes) -> bytes:
    """The first sheet as CSV in UTF-8; each row has its own line, so that lines are rows."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if sum(part.file_size for part in archive.infolist()) > MOST_UNPACKED:
            raise ValueError("too much is packed into it")
    # Not at the start of the server: it brings some megabytes along, and is seldom needed.
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    sheet = book.worksheets[0]
    rows = sheet.iter_rows(max_row=MOST_ROWS, max_col=MOST_COLUMNS, values_only=True)
    writer.writerows([_text(cell) for cell in row] for row in rows)
    book.close()
    return text.getvalue().encode()


def _text(cell: Any) -> str:
    """A cell on one line; whole numbers without a fraction."""
    match cell:
        case None:
            return ""
        case float() if cell.is_integer():
            return str(int(cell))
        case _:
            return "; ".join(" ".join(line.split()) for line in str(cell).splitlines())
