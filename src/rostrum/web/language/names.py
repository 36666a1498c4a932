"""Names of States, people, groups and files, codes and hashes: no translator may change them.

As plain text (a title, an attribute, an export) such a text is the name itself. In HTML each name
is an element of its own, which keeps its direction and which translators of pages leave alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from markupsafe import Markup, escape


class Marked(str):
    """A text with a second form for HTML, in which the names are marked."""

    html: Markup

    def __new__(cls, text: str, html: Markup) -> Marked:
        both = super().__new__(cls, text)
        both.html = html
        return both

    def __html__(self) -> str:
        return self.html


def marked(name: str, text: str) -> Marked:
    """A name, which as plain text reads `text`."""
    return Marked(text, Markup(f'<bdi translate="no">{escape(name)}</bdi>'))  # noqa: S704


def filled(pattern: str, values: Mapping[str, Any]) -> str:
    """The pattern with its values; if names are among them, they stay marked."""
    text = pattern % values
    if any(isinstance(value, Marked) for value in values.values()):
        return Marked(text, escape(pattern) % values)
    return text


def joined(separator: str, parts: Iterable[str]) -> Marked:
    """The parts in one text, in which the names stay marked."""
    parts = list(parts)
    return Marked(separator.join(parts), escape(separator).join(parts))


def plain(text: str) -> str:
    """The text as attributes and titles need it: without marks."""
    return str(text)
