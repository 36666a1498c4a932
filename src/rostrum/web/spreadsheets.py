"""Tables as workbooks (XLSX) that any spreadsheet opens: dates, numbers and text as such."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from rostrum.domain.times import NEW_YORK

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
INSTANT = "yyyy-mm-dd hh:mm:ss.000"
MINUTE = "yyyy-mm-dd hh:mm"
_A4, _LONGEST_SHEET_NAME = 9, 31
_AS_TEXT = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}

Cell = str | int | datetime | None


class Column(NamedTuple):
    """A column: its heading, its width in characters, and how it writes instants."""

    heading: str
    width: int
    instants: str = INSTANT


class Sheet(NamedTuple):
    """A sheet of a workbook; its columns and rows have the same length."""

    name: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]


def workbook(title: str, made_at: datetime, sheets: Sequence[Sheet]) -> bytes:
    """The sheets as a file. Instants become New York wall times; no text is ever computed."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True, **_AS_TEXT}) as book:
        book.set_properties({"title": title, "created": _wall_time(made_at)})
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        for sheet in sheets:
            page = book.add_worksheet(sheet.name[:_LONGEST_SHEET_NAME])
            forms = [book.add_format({"num_format": each.instants}) for each in sheet.columns]
            _lay_out(page, sheet, bold, title)
            for number, row in enumerate(sheet.rows, start=1):
                for column, cell in enumerate(row):
                    _write(page, number, column, cell, forms[column])
    return file.getvalue()


def _lay_out(page: Worksheet, sheet: Sheet, bold: Format, title: str) -> None:
    """A heading that stays in sight and filters, and pages that can be printed."""
    last_row, last_column = len(sheet.rows), len(sheet.columns) - 1
    for number, column in enumerate(sheet.columns):
        page.set_column(number, number, column.width)
        page.write_string(0, number, column.heading, bold)
    page.freeze_panes(1, 2)
    page.autofilter(0, 0, last_row, last_column)
    page.ignore_errors({"number_stored_as_text": f"A1:{_name_of(last_row, last_column)}"})
    page.set_landscape()
    page.set_paper(_A4)
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)
    page.set_header(f"&L{title.replace('&', '&&')}")
    page.set_footer("&C&P / &N")


def _name_of(row: int, column: int) -> str:
    return xlsxwriter.utility.xl_rowcol_to_cell(row, column)


def _write(page: Worksheet, row: int, column: int, cell: Cell, instants: Format) -> None:
    match cell:
        case None | "":
            pass
        case datetime():
            page.write_datetime(row, column, _wall_time(cell), instants)
        case int():
            page.write_number(row, column, cell)
        case _:
            page.write_string(row, column, str(cell))


def _wall_time(instant: datetime) -> datetime:
    """To the millisecond and cut off, as pages tell it."""
    millis = instant.microsecond // 1000
    return instant.astimezone(NEW_YORK).replace(tzinfo=None, microsecond=millis * 1000)
