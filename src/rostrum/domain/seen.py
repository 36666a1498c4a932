"""What a page showed in its fields, so that it never undoes what others wrote meanwhile.

A page carries a short mark of each field as it showed it. A field that still has its mark was not
touched there.
"""

from __future__ import annotations

import zlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

_TOLD = "!"


@dataclass(frozen=True)
class Seen:
    """The marks that a page carries, by field, and the fields whose problem it shows."""

    marks: Mapping[str, str]
    told: frozenset[str] = frozenset()

    @classmethod
    def of(cls, texts: Mapping[str, str], told: frozenset[str] = frozenset()) -> Seen:
        """The marks of these texts."""
        return cls({name: _mark(text) for name, text in texts.items()}, told)

    @classmethod
    def read(cls, text: str, names: Collection[str]) -> Seen | None:
        """The marks of these fields in a page's own words; None if they are not there, or no
        marks."""
        marks = text.split(".")
        if len(marks) != len(names):
            return None
        found = dict(zip(names, marks, strict=True))
        told = frozenset(name for name, mark in found.items() if mark.endswith(_TOLD))
        return cls({name: mark.removesuffix(_TOLD) for name, mark in found.items()}, told)

    def written(self) -> str:
        """The marks as a page carries them."""
        return ".".join(
            mark + (_TOLD if name in self.told else "") for name, mark in self.marks.items()
        )

    def with_shown(self, texts: Mapping[str, str]) -> Seen:
        """The marks of a page that now shows these texts too."""
        return replace(self, marks={**self.marks, **Seen.of(texts).marks})

    def shows(self, name: str, text: str) -> bool:
        """Whether the page showed this text in the field."""
        return self.marks[name] == _mark(text)


def _mark(text: str) -> str:
    return f"{zlib.crc32(text.encode()) & 0xFFFF:x}" if text else ""
