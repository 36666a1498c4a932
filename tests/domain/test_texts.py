"""Text as it comes: clean, honest, in Unicode's normal forms, and bounded."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from rostrum.domain.texts import (
    LONGEST,
    MOST_MARKS,
    character_name,
    cleaned,
    composed,
    decomposed,
    find_deceptive,
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


# --- What is pasted -----------------------------------------------------------------------------

PASTED = [
    ("Word, a bullet of Symbol", "\uf0b7\tThe Charter", "• The Charter"),
    ("Word, a bullet of Wingdings", "\uf0a7 First", "▪ First"),
    ("Word, a line within a paragraph", "Dear\vColleagues", "Dear\nColleagues"),
    ("Word, no-break hyphen and blank", "n°\u00a012\u2011bis", "n° 12-bis"),
    ("Word, French blanks", "Objet\u202f: la paix\u2009!", "Objet : la paix !"),
    ("Excel, two cells", "1.\tFirst", "1. First"),
    ("PDF, soft hyphens", "de\u00adbate", "debate"),
    ("PDF, ends of lines", "one\u2028two\u2029three\x0cfour", "one\ntwo\nthree\nfour"),
    ("web page, zero width", "\ufeffopen\u200b \u2060debate", "open debate"),
    ("web page, isolates", "\u2068Kenya\u2069 (\u2067كينيا\u2069)", "Kenya (كينيا)"),
    ("iPhone, a contact", "\u202d+1 212 555 0100\u202c", "+1 212 555 0100"),
    ("Android, marks of direction", "\u200eKenya\u200f", "Kenya"),
    ("Chinese keyboard, wide blank", "张\u3000军", "张 军"),
    ("Persian, a joiner within a word", "می\u200cخواهم", "می\u200cخواهم"),
    ("Malayalam, a joiner at the end", "ന്\u200d", "ന്\u200d"),
    ("old Windows, ends of lines", "a\r\nb\rc", "a\nb\nc"),
    ("signs", "● № 4, 20 °C, ®, ™, ✓ 😀", "● № 4, 20 °C, ®, ™, ✓ 😀"),
]
"""Where from, what comes, what is kept where there may be several lines."""


@pytest.mark.parametrize(
    ("comes", "kept"), [each[1:] for each in PASTED], ids=[p[0] for p in PASTED]
)
def test_what_is_pasted_is_made_clean_and_refused_for_nothing(comes: str, kept: str) -> None:
    assert cleaned(comes, has_lines=True) == kept
    assert cleaned(comes) == kept.replace("\n", " ")
    assert find_deceptive(kept) is None


@given(st.text(max_size=MOST_MARKS))
@example("a\u200b\u200b \u200e\u200d ")
@example("\u202d\u202d1\u202c\u202c")
@example("\u1100\u200b\u1161")
def test_what_is_clean_stays_as_it_is(text: str) -> None:
    for has_lines in (False, True):
        clean = cleaned(text, has_lines=has_lines)
        assert cleaned(clean, has_lines=has_lines) == clean
    assert "\n" not in cleaned(text)


SNIPPETS = st.sampled_from([comes for _, comes, _ in PASTED] + [" ", "\n", "Kenya", "كينيا", "1"])


@given(st.lists(SNIPPETS, min_size=1, max_size=8).map(" ".join))
def test_whatever_is_pasted_together_is_taken(text: str) -> None:
    assert find_deceptive(cleaned(text, has_lines=True)) is None


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("user\u202egpj.exe", "U+202E RIGHT-TO-LEFT OVERRIDE"),
        ("\u202dكينيا\u202c", "U+202D LEFT-TO-RIGHT OVERRIDE"),
        ("a\0b", "U+0000"),
        ("\x1b[31m", "U+001B"),
        ("a\x9bb", "U+009B"),
        ("a\ud800", "U+D800"),
        ("a\ufdd0", "U+FDD0"),
        ("a\U0010ffff", "U+10FFFF"),
        ("\u0301", "U+0301 COMBINING ACUTE ACCENT"),
        ("\u115f", "U+115F HANGUL CHOSEONG FILLER"),
    ],
)
def test_what_shows_something_else_than_it_is_is_found_and_named(text: str, named: str) -> None:
    assert character_name(find_deceptive(cleaned(text))) == named


@pytest.mark.parametrize("text", ["\u0378", "\U00031400", "\ue000"])
def test_letters_newer_than_this_python_and_private_ones_are_letters(text: str) -> None:
    assert find_deceptive(cleaned(text)) is None
