"""The order in a table that staff put in order in a spreadsheet, and sent back.

A row names its delegation by code, or where there is no column for codes by its name in any
language. Two orders stand in a table: that of its rows, and that of its numbers where it has a
column of them. Delegations that the table leaves out keep their numbers.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from rostrum.domain.csv_text import Table
from rostrum.domain.delegations.delegation import Delegation, by_name, name_key
from rostrum.domain.order.places import in_order
from rostrum.domain.sentences import S_, Sentence

CODES, NAMES, NUMBERS = ("code", "iso3"), ("delegation", "délégation"), ("place",)
"""Headings, as our own tables have them in both languages of the console."""
_NUMBER = re.compile(r"(\d{1,4})(?:[.,](\d{0,3}))?")


@dataclass(frozen=True)
class _Row:
    line: int
    who: Delegation
    number: float | None


@dataclass
class OrderSheet:
    """What a table says about the order; if it has errors (by line), it says nothing."""

    by_rows: list[int] = field(default_factory=list)
    """The registrations of the whole list, as the rows have them."""
    by_numbers: list[int] = field(default_factory=list)
    """As the numbers have them; as the rows, where there are no numbers."""
    absent: list[Delegation] = field(default_factory=list)
    """Delegations of the list that the table leaves out; they keep their numbers."""
    notes: list[tuple[int, Sentence]] = field(default_factory=list)
    """Lines that are left out, and why."""
    errors: list[tuple[int, Sentence]] = field(default_factory=list)

    def note(self, line: int, text: str, **values: object) -> None:
        self.notes.append((line, Sentence(text, values)))

    def refuse(self, line: int, text: str, **values: object) -> None:
        self.errors.append((line, Sentence(text, values)))


def read_sheet(
    table: Table,
    listed: Mapping[str, int],
    places: dict[int, int],
    everybody: Iterable[Delegation],
) -> OrderSheet:
    """The order in a table. `listed` gives the registration of each code on the list."""
    sheet = OrderSheet()
    if not {*CODES, *NAMES} & {*table.columns}:
        found = ", ".join(filter(None, table.columns))[:200]
        text = S_("There is no column “code” or “delegation”. The columns found: %(found)s.")
        sheet.refuse(1, text, found=found)
        return sheet
    everybody = list(everybody)
    rows = _counting(_rows(sheet, table, by_name(everybody)), listed, sheet)
    _check(sheet, rows)
    named = [listed[row.who.code] for row in rows]
    sheet.absent = [
        each for each in everybody if each.code in listed and listed[each.code] not in named
    ]
    sheet.by_rows = whole_order(named, places)
    numbered = [row for row in rows if row.number is not None]
    numbered.sort(key=lambda row: _number_key(row.number, places[listed[row.who.code]]))
    ordered = [listed[row.who.code] for row in numbered]
    sheet.by_numbers = whole_order(ordered, places) if ordered else sheet.by_rows
    return sheet


def _rows(sheet: OrderSheet, table: Table, named: Mapping[str, Delegation]) -> list[_Row]:
    """The rows that name a delegation; the others are noted."""
    rows = []
    for line, cells in table.rows:
        name = next((cells[each] for each in (*CODES, *NAMES) if cells.get(each)), "")
        who = named.get(name_key(name)) if name else None
        if who is None:
            text = S_("“%(name)s” names no delegation.") if name else S_("No delegation is named.")
            sheet.note(line, text, name=name[:80])
            continue
        number = next((cells[each] for each in NUMBERS if cells.get(each)), "")
        if number and not _NUMBER.fullmatch(number):
            sheet.refuse(line, S_("“%(number)s” is not a number."), number=number[:20])
        rows.append(_Row(line, who, _value(number)))
    return rows


def _value(text: str) -> float | None:
    found = _NUMBER.fullmatch(text)
    return float(f"{found[1]}.{found[2] or 0}") if found else None


def _counting(rows: list[_Row], listed: Mapping[str, int], sheet: OrderSheet) -> list[_Row]:
    """The rows about places. Our own tables also have delegations that gave up or are awaited:
    their rows have no number. What else has no place is noted."""
    has_numbers = any(row.number is not None for row in rows)
    numbered = {row.who.code for row in rows if row.number is not None}
    found = []
    for row in rows:
        is_listed, is_bare = row.who.code in listed, has_numbers and row.number is None
        if is_listed and not is_bare:
            found.append(row)
        elif not is_listed and not is_bare:
            sheet.note(row.line, S_("%(delegation)s is not on the list."), delegation=row.who)
        elif is_listed and row.who.code not in numbered:
            text = S_("%(delegation)s has no number here and keeps its own.")
            sheet.note(row.line, text, delegation=row.who)
    return found


def _check(sheet: OrderSheet, rows: list[_Row]) -> None:
    """Refuses a table that names a delegation twice, or nobody of the list."""
    seen = Counter()
    for row in rows:
        seen[row.who.code] += 1
        if seen[row.who.code] == 2:
            text = S_("%(delegation)s is in the file twice.")
            sheet.refuse(row.line, text, delegation=row.who)
    if not rows and not sheet.errors:
        sheet.refuse(1, S_("No delegation of the list is in the file."))


def _number_key(number: float, place: int) -> tuple[float, int]:
    """Where two have the same number, the one that was moved there goes before the one that is
    there if it comes from behind, else after it: as a move does."""
    return number, (number > place) - (number < place)


def whole_order(named: Iterable[int], places: dict[int, int]) -> list[int]:
    """The whole list: those named in their order, around those that keep their numbers. Who is
    named and has no place any more is left out."""
    moving = [each for each in named if each in places]
    order, present = iter(moving), set(moving)
    return [next(order) if each in present else each for each in in_order(places)]
