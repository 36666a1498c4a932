"""Whole numbers that come as text: in forms, cookies, links and settings."""

from __future__ import annotations

MOST_DIGITS = 9
"""Of the ids, versions and counts there are; what is longer would only be work."""


def whole_number(text: str | None) -> int | None:
    """The number that these digits, 0 to 9, write; None for anything else that came."""
    is_number = text and len(text) <= MOST_DIGITS and text.isascii() and text.isdigit()
    return int(text) if is_number else None
