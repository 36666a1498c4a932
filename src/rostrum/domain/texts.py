"""Text from outside: cleaned, checked for deception, in Unicode normal forms, and whole numbers.

Phones, mail programs, word processors and spreadsheets add characters to copied text that nobody
sees or means. Rostrum drops them or replaces them with plain ones, and asks nobody. It refuses
only characters that make a text look like something else.

Ordering combining marks takes time that grows with the square of how many follow each other:
60,000 of them keep a processor busy for four seconds.
"""

from __future__ import annotations

import re
import unicodedata

LONGEST = 5_000
"""Characters of the longest text that any field accepts."""
MOST_MARKS = 200
"""Combining marks in a row: more than a name has characters, and more than any language uses."""
MOST_DIGITS = 9
"""Digits of the longest id, version or count; anything longer would only cost time."""

_INVISIBLE = re.compile(
    "[\u00ad\u061c\u180e\u200b\u202a-\u202c\u2060-\u206f\u3164\ufeff\uffa0\ufff0-\ufffb"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e00ff\U000e01f0-\U000e0fff]"
)
"""Characters that no page shows and no language needs: soft hyphens, isolates, tags."""
_HARMLESS_OVERRIDE = re.compile("\u202d([^\u202c-\u202e]*)\u202c")
"""A left-to-right override and its end. iPhones put both around a copied telephone number."""
_ENDS_OF_LINES = re.compile("\r\n?|[\v\f\x85\u2028\u2029]")
_BLANKS = re.compile("[\t\u2800]|[^\\S\n]")
_EDGES = " \n\u200e\u200f"
_NON_JOINERS = "\u200c\u200d"
_PLAIN = str.maketrans({"\u2010": "-", "\u2011": "-", "\u2212": "-", "\ufe63": "-", "\uff0d": "-"})
"""Hyphens and minus signs. Dashes between words are left alone."""
_SYMBOL_FONTS = range(0xF020, 0xF100)
"""Where Word keeps the bullets of its fonts Symbol and Wingdings."""
_BULLETS = dict.fromkeys(_SYMBOL_FONTS, "•") | {
    0xF0A7: "▪", 0xF0D8: "➢", 0xF0DF: "←", 0xF0E0: "→", 0xF0FC: "✓"
}  # fmt: skip


def cleaned(text: str, *, has_lines: bool = False) -> str:
    """The text as its writer sees it: composed (NFC), trimmed, without invisible characters.

    Every kind of blank becomes a space, every kind of hyphen a hyphen, and Word's private bullets
    become real ones. Without `has_lines`, ends of lines become spaces and runs of spaces one.
    """
    text = _HARMLESS_OVERRIDE.sub(_without_override, text)
    text = _ENDS_OF_LINES.sub("\n", _INVISIBLE.sub("", text))
    text = _BLANKS.sub(" ", text).translate(_PLAIN).translate(_BULLETS)
    if not has_lines:
        text = re.sub("[ \n]+", " ", text)
    return composed(text).strip(_EDGES).lstrip(_NON_JOINERS)


def _without_override(found: re.Match[str]) -> str:
    """The enclosed text, if it reads from left to right anyway; else all of it."""
    reads_right = any(unicodedata.bidirectional(c) in ("R", "AL") for c in found[1])
    return found[0] if reads_right else found[1]


def find_deceptive(text: str) -> str | None:
    """The first character that makes a cleaned text look like something else; None if none does.

    These are direction overrides, control characters and noncharacters. In a text that shows
    nothing at all it is the first one. Unassigned characters count as letters: they may be newer
    than this Python's Unicode.
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
    """For example `U+202E RIGHT-TO-LEFT OVERRIDE`. Controls have a number only."""
    return f"U+{ord(character):04X} {unicodedata.name(character, '')}".strip()


def composed(text: str) -> str:
    """The text in NFC; unchanged if it is too long for every field, or not text of any language."""
    return unicodedata.normalize("NFC", text) if _may_be_normalized(text) else text


def decomposed(text: str) -> str:
    """The text in NFKD; unchanged if `composed` would leave it unchanged."""
    return unicodedata.normalize("NFKD", text) if _may_be_normalized(text) else text


def without_accents(text: str) -> str:
    """The text in NFKD without its combining marks."""
    return "".join(c for c in decomposed(text) if not unicodedata.combining(c))


def whole_number(text: str | None) -> int | None:
    """The number in these digits, 0 to 9; None for any other text."""
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
