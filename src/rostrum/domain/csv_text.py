"""Tables as CSV (RFC 4180) in which no spreadsheet computes a cell.

The byte order mark lets spreadsheets see that the text is UTF-8.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable

BYTE_ORDER_MARK = "\ufeff"
_FORMULA = re.compile(r"\s*[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]")
_NUMBER = re.compile(r"[+-]?\d[\d ]*(\.\d+)?")


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
    if re.fullmatch(r"\+\d{7,}", groups):
        return "+" + " ".join(re.findall(r"\d{1,3}", groups))
    return groups if _NUMBER.fullmatch(groups) else phone
