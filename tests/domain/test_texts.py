"""Normal forms: composed as Unicode says, and bounded."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from rostrum.domain.texts import (
    LONGEST,
    MOST_MARKS,
    composed,
    decomposed,
    whole_number,
    without_accents,
)

MARKS = "\u0345\u0323"
"""Two marks whose order Unicode exchanges: each pair of them is a step of sorting."""


@given(st.text(max_size=MOST_MARKS))
@example("Côte d'Ivoire, Côte d'Ivoire, ﬁ, 각")
@example("a" + MARKS * (MOST_MARKS // 2))
def test_whatever_has_room_in_a_name_is_normalized(text: str) -> None:
    assert composed(text) == unicodedata.normalize("NFC", text)
    assert decomposed(text) == unicodedata.normalize("NFKD", text)


@pytest.mark.parametrize(
    "text",
    ["e\u0301" + "x" * LONGEST, "e\u0301" + "a" + MARKS * MOST_MARKS],
    ids=["too long for every field", "too many marks in a row"],
)
def test_what_no_field_takes_stays_as_it_is(text: str) -> None:
    assert composed(text) == decomposed(text) == text


def test_a_long_text_of_any_language_is_normalized() -> None:
    text = "Cộng hòa xã hội chủ nghĩa Việt Nam. " * 100
    assert composed(unicodedata.normalize("NFD", text)) == text
    assert without_accents("Côte d’Ivoire") == "Cote d’Ivoire"


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0", 0),
        ("7", 7),
        ("007", 7),
        ("999999999", 999_999_999),
        ("1000000000", None),
        ("9" * 10_000, None),
        ("", None),
        (None, None),
        ("-1", None),
        ("+1", None),
        (" 1", None),
        ("1.0", None),
        ("1_0", None),
        ("٣", None),
        ("²", None),
        ("0x1", None),
        ("one", None),
    ],
)
def test_a_number_is_a_few_digits_and_nothing_else(text: str | None, number: int | None) -> None:
    assert whole_number(text) == number
