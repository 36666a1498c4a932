"""A table of delegations as people and their spreadsheets save it."""

from __future__ import annotations

import pytest

from rostrum.domain.delegations.delegation import Basis, Delegation, check_code
from rostrum.domain.delegations.table import Comparison, compare, write_table
from rostrum.domain.errors import RuleBroken

KENYA = Delegation(1, "KEN", {"en": "Kenya", "fr": "Kenya"}, Basis.RULE_37, ("a@ken.example",))
UNION = Delegation(2, "EU", {"en": "European Union"}, Basis.PREVIOUS_PRACTICE)
KNOWN = (KENYA, UNION)


def with_separator(separator: str) -> str:
    return write_table(KNOWN).replace(",", separator)


def read(text: str, encoding: str = "utf-8") -> Comparison:
    return compare(text.encode(encoding), KNOWN)


@pytest.mark.parametrize(
    "content",
    [
        write_table(KNOWN).encode(),
        write_table(KNOWN).replace("\r\n", "\n").encode(),
        with_separator(";").encode(),
        with_separator("\t").removeprefix("\ufeff").encode("utf-16"),
        f"sep=;\r\n{with_separator(';').removeprefix(chr(0xFEFF))}".encode(),
        write_table(KNOWN).replace("code,name_en", "Code, Name EN").encode(),
        write_table(KNOWN).replace("KEN", "ken ").encode(),
        (write_table(KNOWN) + ",,,,,,,,\r\n   \r\n" + ",".join(['""'] * 9) + "\r\n").encode(),
    ],
    ids=["as exported", "unix", "semicolons", "unicode text", "sep=", "header", "case", "empty"],
)
def test_what_was_exported_comes_back_unchanged_from_any_spreadsheet(content: bytes) -> None:
    found = compare(content, KNOWN)
    assert (found.changes, found.errors, found.unchanged) == ((), (), 2)


def test_only_codes_are_needed_and_what_has_no_column_stays() -> None:
    found = read("code;contact_emails;remarks\r\nKEN;b@ken.example, c@ken.example;called\r\n")
    assert not found.errors
    (change,) = found.changes
    assert change.delegation.names == KENYA.names
    assert change.delegation.contacts == ("b@ken.example", "c@ken.example")
    assert list(change.fields) == ["contact_emails"]
    assert [each.code for each in found.absent] == ["EU"]
    assert found.unread == ("remarks",)


def test_a_table_without_codes_is_told_which_columns_were_found() -> None:
    ((line, said),) = read("Land;Name\r\nKEN;Kenya\r\n").errors
    assert (line, said.values) == (1, {"found": "land, name"})


@pytest.mark.parametrize("code", ["007", "07", "100000", "1E5", "MAR1", "SEP12"])
def test_a_code_that_a_spreadsheet_changes_is_no_new_code(code: str) -> None:
    found = read(f"code,name_en,basis\r\n{code},Name,rule_39\r\n")
    assert [said.values["code"] for _, said in found.errors] == [code]
    with pytest.raises(RuleBroken):
        check_code(code)


@pytest.mark.parametrize("code", ["MARS", "E5", "AU", "SEP123"])
def test_a_code_that_only_looks_like_one_is_good(code: str) -> None:
    assert not read(f"code,name_en,basis\r\n{code},Name,rule_39\r\n").errors
    check_code(code)


def test_the_line_of_a_mistake_is_that_of_the_file() -> None:
    found = read("sep=,\ncode,name_en,basis\nKEN,Kenya,rule_37\n,,\nITU,Union,rule_38\n")
    assert [line for line, _ in found.errors] == [5]
