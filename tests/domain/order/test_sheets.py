"""The order in a table: rows, numbers, and what stands in neither."""

from __future__ import annotations

import pytest

from rostrum.domain.csv_text import read_table
from rostrum.domain.delegations.delegation import Basis, Delegation
from rostrum.domain.order.sheets import OrderSheet, read_sheet
from tests.journal_in_english import in_english

NAMES = {"BRA": "Brazil", "EGY": "Egypt", "JPN": "Japan", "KEN": "Kenya", "TCD": "Chad"}
EVERYBODY = [
    Delegation(number, code, {"en": name, "fr": f"{name} (fr)"}, Basis.RULE_37, ())
    for number, (code, name) in enumerate(NAMES.items(), start=1)
]
LISTED = {"BRA": 11, "EGY": 12, "JPN": 13, "KEN": 14}
"""On places 1 to 4 with these registrations; Chad is not on the list."""
CODES = {registration_id: code for code, registration_id in LISTED.items()}


def read(*lines: str) -> OrderSheet:
    places = {registration_id: place for place, registration_id in enumerate(CODES, start=1)}
    table = read_table("\r\n".join(lines).encode())
    return read_sheet(table, LISTED, places, EVERYBODY)


def codes(order: list[int]) -> str:
    return " ".join(CODES[each] for each in order)


def told(lines: list) -> list[str]:
    return [f"{line}: {in_english(said)}" for line, said in lines]


@pytest.mark.parametrize(
    ("numbers", "order"),
    [
        ("1 2 3 4", "BRA EGY JPN KEN"),
        ("4 3 2 1", "KEN JPN EGY BRA"),
        ("1 2 3 1", "KEN BRA EGY JPN"),
        ("3 2 3 4", "EGY JPN BRA KEN"),
        ("1 2 3 1.5", "BRA KEN EGY JPN"),
        ("2,5 2 3 4", "EGY BRA JPN KEN"),
        ("1 2 3 99", "BRA EGY JPN KEN"),
        ("99 2 3 4", "EGY JPN KEN BRA"),
    ],
)
def test_a_number_puts_a_delegation_where_a_move_would(numbers: str, order: str) -> None:
    rows = [f"{code};{number}" for code, number in zip(LISTED, numbers.split(), strict=True)]
    sheet = read("code;place", *rows)
    assert codes(sheet.by_numbers) == order
    assert codes(sheet.by_rows) == "BRA EGY JPN KEN"
    assert not sheet.errors


@pytest.mark.parametrize("heading", ["ISO3", "Code", "Delegation", "Délégation"])
def test_without_numbers_the_rows_are_the_order(heading: str) -> None:
    rows = ("Kenya (fr)", "bra", "JPN", "Egypt")
    sheet = read(heading, *rows)
    assert codes(sheet.by_rows) == codes(sheet.by_numbers) == "KEN BRA JPN EGY"


def test_who_is_left_out_keeps_its_number() -> None:
    sheet = read("code", "KEN", "BRA")
    assert codes(sheet.by_rows) == "KEN EGY JPN BRA"
    assert [each.code for each in sheet.absent] == ["EGY", "JPN"]


def test_rows_without_a_place_are_passed_over_and_what_is_odd_is_named_by_its_line() -> None:
    rows = ("1;BRA", ";BRA", ";TCD", "2;TCD", "3;Atlantis", "7;", ";EGY", "4;KEN", "3;JPN")
    sheet = read("place;code", *rows)
    assert told(sheet.notes) == [
        "6: “Atlantis” names no delegation.",
        "7: No delegation is named.",
        "5: Chad is not on the list.",
        "8: Egypt has no number here and keeps its own.",
    ]
    assert codes(sheet.by_rows) == "BRA EGY KEN JPN"
    assert codes(sheet.by_numbers) == "BRA EGY JPN KEN"
    assert not sheet.errors


@pytest.mark.parametrize(
    ("lines", "error"),
    [
        (
            ("place,who", "1,BRA"),
            "1: There is no column “code” or “delegation”. The columns found: place, who.",
        ),
        (("code", "TCD"), "1: No delegation of the list is in the file."),
        (("code", "BRA", "KEN", "Brazil"), "4: Brazil is in the file twice."),
        (("place,code", "first,BRA", "2,KEN"), "2: “first” is not a number."),
    ],
)
def test_what_gives_no_order_is_refused_at_its_line(lines: tuple[str, ...], error: str) -> None:
    assert told(read(*lines).errors) == [error]
