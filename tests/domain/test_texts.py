"""Normal forms: composed as Unicode says, and bounded."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from rostrum.domain.texts import LONGEST, MOST_MARKS, composed, decomposed, without_accents

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
