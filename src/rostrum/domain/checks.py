"""What is refused everywhere in the same way; the sentence is for each to give."""

from __future__ import annotations

from rostrum.domain.errors import RuleBroken


def check_said(text: str, needed: str, *, field: str = "reason", is_optional: bool = False) -> str:
    """The text, trimmed; where it is empty and not optional `needed` is said on its field."""
    trimmed = text.strip()
    if not trimmed and not is_optional:
        raise RuleBroken(field, needed)
    return trimmed
