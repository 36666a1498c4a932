"""Text as it comes: Unicode's normal forms within bounds, and whole numbers.

To bring combining marks into their order takes time that grows with the square of how many follow
each other: 60,000 of them hold a processor for four seconds.
"""

from __future__ import annotations

import unicodedata

LONGEST = 5_000
"""Characters of the longest text that any field has room for."""
MOST_MARKS = 200
"""Combining marks in a row: more than a name has characters, and more than any language puts."""
MOST_DIGITS = 9
"""Of the ids, versions and counts there are; what is longer would only be work."""


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
