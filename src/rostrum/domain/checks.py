"""Checks that several topics share; each caller gives the sentence of the refusal."""

from __future__ import annotations

import hashlib

from rostrum.domain.errors import Conflict, RuleBroken


def check_said(text: str, needed: str, *, field: str = "reason", is_optional: bool = False) -> str:
    """The text, trimmed; if it is empty and not optional, RuleBroken on the field with `needed`."""
    trimmed = text.strip()
    if not trimmed and not is_optional:
        raise RuleBroken(field, needed)
    return trimmed


def version_of(*seen: object) -> str:
    """A fingerprint of these values for a page to keep; it differs as soon as anything changes."""
    return hashlib.sha256(repr(seen).encode()).hexdigest()[:16]


def check_unchanged(seen: object, now: object, overtaken: str) -> None:
    """Refuses a decision made on a page that showed something else (Conflict)."""
    if seen != now:
        raise Conflict(overtaken)
