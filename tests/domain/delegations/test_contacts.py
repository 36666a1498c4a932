"""Telephone numbers and addresses as people write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rostrum.domain.delegations.contacts import (
    addresses_in,
    clean_phone,
    is_phone,
    one_address,
    phone_link,
)

NUMBER = "+1 212 555 0100"


@pytest.mark.parametrize(
    "typed",
    [
        *("\u202d+1 212 555 0100\u202c", "\u200e+1 212 555 0100", "+1 212 555 0100\u200b"),
        *("\u2066+1 212 555 0100\u2069", "\ufeff+1 212 555 0100", "＋1 212 555 0100"),
        *("\u061c+١ ٢١٢ ٥٥٥ ٠١٠٠", "+1\u00a0212\u2009555\t0100", "\u202e+1 212 555 0100"),
    ],
)
def test_a_number_is_kept_as_one_reads_it(typed: str) -> None:
    assert clean_phone(typed) == NUMBER
    assert is_phone(NUMBER)


@pytest.mark.parametrize(
    "typed",
    [
        *(f"{NUMBER} ext. 12", "212-555-0100 x204", f"{NUMBER} poste 12", f"{NUMBER}, ext 7"),
        *("+1 (212) 555-0100 #12", f"{NUMBER}; +1 917 555 0101", f"{NUMBER} / +1 917 555 0101"),
        *(f"tel: {NUMBER}", f"{NUMBER} (cell)", "021/1234567", "5.55.01.00"),
    ],
)
def test_what_people_write_with_a_number_is_kept(typed: str) -> None:
    assert clean_phone(typed) == typed
    assert is_phone(typed)


@pytest.mark.parametrize(
    ("typed", "dialled"),
    [
        (NUMBER, "tel:+12125550100"),
        (f"tel: {NUMBER} ext. 12", "tel:+12125550100;ext=12"),
        ("212-555-0100 x204", "tel:2125550100;ext=204"),
        ("(212) 555-0100 (cell); 917 555 0101", "tel:2125550100"),
        ("nobody", ""),
    ],
)
def test_a_phone_dials_the_first_number_with_its_extension(typed: str, dialled: str) -> None:
    assert phone_link(typed) == dialled


@pytest.mark.parametrize("typed", ["", "call me", "123", "n/a", "a12345@kenya.example"])
def test_what_nobody_can_dial_is_no_number(typed: str) -> None:
    assert not is_phone(clean_phone(typed))


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("amina@kenya.example", ["amina@kenya.example"]),
        ("Amina Otieno <amina@kenya.example>", ["amina@kenya.example"]),
        ("<amina@kenya.example>", ["amina@kenya.example"]),
        ("'Amina' <amina@kenya.example>", ["amina@kenya.example"]),
        ("“amina@kenya.example”", ["amina@kenya.example"]),
        ("MAILTO:amina@kenya.example?subject=List", ["amina@kenya.example"]),
        ("amina@kenya.example<mailto:amina@kenya.example>", ["amina@kenya.example"]),
        ("amina＠kenya．example", ["amina@kenya.example"]),
        ("amina@kenya.example.", ["amina@kenya.example"]),
        ("amina@kenya.example;", ["amina@kenya.example"]),
        ("a@x.example; b@x.example", ["a@x.example", "b@x.example"]),
        ("a@x.example, b@x.example", ["a@x.example", "b@x.example"]),
        ("a@x.example\r\nb@x.example\r\na@x.example", ["a@x.example", "b@x.example"]),
        ("Otieno, Amina <a@x.example>; Doe, J <b@x.example>", ["a@x.example", "b@x.example"]),
        ("a@x.example\nnobody", ["a@x.example", "nobody"]),
        ("nobody, a@x.example", ["nobody", "a@x.example"]),
        ("a@x.example, Otieno", ["a@x.example", "Otieno"]),
        ("a@b@c", ["a@b@c"]),
        ("", []),
    ],
)
def test_addresses_are_found_in_what_mail_programs_paste(typed: str, found: list[str]) -> None:
    assert list(addresses_in(typed)) == found


@given(st.text("ab@.;,<> \"'\n", max_size=60))
def test_no_address_is_lost_on_the_way(typed: str) -> None:
    found = addresses_in(typed)
    assert [each for text in found for each in addresses_in(text)] == list(found)
    assert typed.count("@") >= sum(each.count("@") for each in found)


def test_of_several_the_first_one_counts_where_there_is_room_for_one() -> None:
    assert one_address("Amina <a@x.example>; b@x.example") == "a@x.example"
    assert one_address("kenya") == "kenya"
