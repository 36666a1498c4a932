"""Marks sentences for translation where nothing knows the reader's language yet."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


def N_(text: str) -> str:  # noqa: N802  gettext's own name for "translate later"
    """The sentence itself; the extractor collects it, the web layer translates it."""
    return text


@dataclass(frozen=True)
class Sentence:
    """A translatable sentence: a gettext msgid and the values of its placeholders.

    Values may be raw (datetimes, byte counts, delegations): the web layer puts them into the
    reader's form.
    """

    text: str
    values: dict[str, Any] = field(default_factory=dict)
