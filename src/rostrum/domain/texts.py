"""Text as it comes: made clean, what could deceive its reader found, normal forms, whole numbers.

Phones, mail programs, word processors and spreadsheets put characters into what is copied from
them that nobody sees or meant. They are dropped or made plain, and nobody is asked to. Refused is
only what shows a reader something else than what is there.

To bring combining marks into their order takes time that grows with the square of how many follow
each other: 60,000 of them hold a processor for four seconds.
"""

from __future__ import annotations

import re
import unicodedata

LONGEST = 5_000
"""Characters of the longest text that any field has room for."""
MOST_MARKS = 200
"""Combining marks in a row: more than a name has characters, and more than any language puts."""
MOST_DIGITS = 9
"""Of the ids, versions and counts there are; what is longer would only be work."""

_INVISIBLE = re.compile(
    "[\u00ad\u061c\u180e\u200b\u202a-\u202c\u2060-\u206f\u3164\ufeff\uffa0\ufff0-\ufffb"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e00ff\U000e01f0-\U000e0fff]"
)
"""What no page shows and no language needs: soft hyphens, byte order marks, isolates, tags."""
_HARMLESS_OVERRIDE = re.compile("\u202d([^\u202c-\u202e]*)\u202c")
"""A left-to-right override with its end: phones put a number between the two."""
_ENDS_OF_LINES = re.compile("\r\n?|[\v\f\x85\u2028\u2029]")
_BLANKS = re.compile("[\t\u2800]|[^\\S\n]")
_EDGES = " \n\u200e\u200f"
_NON_JOINERS = "\u200c\u200d"
_PLAIN = str.maketrans({"\u2010": "-", "\u2011": "-", "\u2212": "-", "\ufe63": "-", "\uff0d": "-"})
"""Hyphens and minus signs; a dash between two words is one."""
_SYMBOL_FONTS = range(0xF020, 0xF100)
"""Where Word keeps the bullets of its fonts Symbol and Wingdings."""
_BULLETS = dict.fromkeys(_SYMBOL_FONTS, "•") | {
    0xF0A7: "▪", 0xF0D8: "➢", 0xF0DF: "←", 0xF0E0: "→", 0xF0FC: "✓"
}  # fmt: skip


def cleaned(text: str, *, has_lines: bool = False) -> str:
    """The text as its writer sees it: composed, trimmed, without what nobody sees.

    Every kind of blank is a blank, every kind of hyphen a hyphen, Word's bullets are bullets. A
    text of one line gets a blank where a line ends, and never two in a row.
    """
    text = _HARMLESS_OVERRIDE.sub(_without_override, text)
    text = _ENDS_OF_LINES.sub("\n", _INVISIBLE.sub("", text))
    text = _BLANKS.sub(" ", text).translate(_PLAIN).translate(_BULLETS)
    if not has_lines:
        text = re.sub("[ \n]+", " ", text)
    return composed(text).strip(_EDGES).lstrip(_NON_JOINERS)


def _without_override(found: re.Match[str]) -> str:
    """What it encloses, where all of that reads from the left anyhow."""
    reads_right = any(unicodedata.bidirectional(c) in ("R", "AL") for c in found[1])
    return found[0] if reads_right else found[1]


def find_deceptive(text: str) -> str | None:
    """The first character of a cleaned text by which it would show something else than it is.

    These are overrides of the direction, control characters, what is no character, and all of a
    text in which nothing can be seen. Letters newer than this Python's Unicode are letters.
    """
    for character in text:
        if _is_deceptive(character):
            return character
    return text[0] if text and not any(map(_is_visible, text)) else None


def _is_deceptive(character: str) -> bool:
    category = unicodedata.category(character)
    if category == "Cn":  # unassigned: noncharacters, and what a newer Unicode may have
        return ord(character) & 0xFFFE == 0xFFFE or "\ufdd0" <= character <= "\ufdef"
    is_control = category in ("Cc", "Cs") and character != "\n"
    return is_control or character in "\u202d\u202e\ufffd"


def _is_visible(character: str) -> bool:
    is_blank = character in "\u115f\u1160\u3164\uffa0"
    return not is_blank and unicodedata.category(character) not in ("Cf", "Mn", "Me", "Zs", "Cc")


def character_name(character: str) -> str:
    """As `U+202E RIGHT-TO-LEFT OVERRIDE`; controls have no names."""
    return f"U+{ord(character):04X} {unicodedata.name(character, '')}".strip()


def composed(text: str) -> str:
    """Composed (NFC); as it is where it is too long for every field, or no text in any language."""
    return unicodedata.normalize("NFC", text) if _may_be_normalized(text) else text


def decomposed(text: str) -> str:
    """Taken apart, compatibility forms too (NFKD); as it is where `composed` leaves it."""
    return unicodedata.normalize("NFKD", text) if _may_be_normalized(text) else text


def without_accents(text: str) -> str:
    """The text taken apart, its combining marks left out."""
    return "".join(c for c in decomposed(text) if not unicodedata.combining(c))


def whole_number(text: str | None) -> int | None:
    """The number that these digits, 0 to 9, write; None for anything else that came."""
    is_number = text and len(text) <= MOST_DIGITS and text.isascii() and text.isdigit()
    return int(text) if is_number else None


def _may_be_normalized(text: str) -> bool:
    if text.isascii():
        return True
    if len(text) > LONGEST:
        return False
    in_a_row = 0
    for character in text:
        in_a_row = in_a_row + 1 if unicodedata.combining(character) else 0
        if in_a_row > MOST_MARKS:
            return False
    return True
