"""What is refused everywhere in the same way; the sentence is for each to give."""

from __future__ import annotations

import hashlib

from rostrum.domain.errors import Conflict, RuleBroken


def check_said(text: str, needed: str, *, field: str = "reason", is_optional: bool = False) -> str:
    """The text, trimmed; where it is empty and not optional `needed` is said on its field."""
    trimmed = text.strip()
    if not trimmed and not is_optional:
        raise RuleBroken(field, needed)
    return trimmed


def version_of(*seen: object) -> str:
    """A name of exactly this, for a page to keep: another one as soon as anything changes."""
    return hashlib.sha256(repr(seen).encode()).hexdigest()[:16]


def check_unchanged(seen: object, now: object, overtaken: str) -> None:
    """Refuses what was decided on a page that showed something else (Conflict)."""
    if seen != now:
        raise Conflict(overtaken)
