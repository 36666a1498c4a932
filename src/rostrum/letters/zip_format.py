"""A ZIP as bytes, entry after entry, nothing compressed: sizes and checksums stand in front.

Programs that read an archive from its beginning need them there; a descriptor behind the bytes,
as most streamed archives have, stops some. Formats: PKWARE's APPNOTE 6.3, sections 4.3 and 4.4.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from struct import pack

_STORED, _VERSION, _VERSION_64, _UNIX = 0, 20, 45, 3 << 8
_UTF_8 = 1 << 11
_FULL, _FULL_64 = 0xFFFF, 0xFFFF_FFFF
"""What stands in a field whose value is in the wider record."""
_MODE = 0o100600 << 16
"""A file of who unpacks it, for nobody else."""


@dataclass(frozen=True)
class Entry:
    """A file of at most 4 GB in the archive, known before its first byte is sent."""

    name: str
    size: int
    crc: int


class Zip:
    """Writes the parts around the bytes of each entry."""

    def __init__(self, made_at: datetime) -> None:
        self._date, self._time = _dos(made_at)
        self._placed: list[tuple[Entry, int]] = []
        self._offset = 0

    def begin(self, entry: Entry) -> bytes:
        """What stands before the bytes of an entry, of which `entry.size` must follow."""
        name = entry.name.encode()
        lengths = pack("<2H", len(name), 0)
        head = b"PK\3\4" + pack("<H", _VERSION) + self._facts(entry) + lengths + name
        self._placed.append((entry, self._offset))
        self._offset += len(head) + entry.size
        return head

    def end(self) -> bytes:
        """What stands behind the last entry: the directory of all."""
        directory = b"".join(self._listed(entry, offset) for entry, offset in self._placed)
        count, size, start = len(self._placed), len(directory), self._offset
        wide = b""
        if count >= _FULL or max(start, size) >= _FULL_64:
            wide = b"PK\6\6" + pack("<Q2H2I", 44, _VERSION_64, _VERSION_64, 0, 0)
            wide += pack("<4Q", count, count, size, start)
            wide += b"PK\6\7" + pack("<IQI", 0, start + size, 1)
        few = min(count, _FULL)
        end = b"PK\5\6" + pack("<4H", 0, 0, few, few)
        return directory + wide + end + pack("<2IH", min(size, _FULL_64), min(start, _FULL_64), 0)

    def _facts(self, entry: Entry) -> bytes:
        flags = 0 if entry.name.isascii() else _UTF_8
        when = pack("<2H", self._time, self._date)
        sizes = pack("<3I", entry.crc, entry.size, entry.size)
        return pack("<2H", flags, _STORED) + when + sizes

    def _listed(self, entry: Entry, offset: int) -> bytes:
        is_far = offset >= _FULL_64
        extra = pack("<2HQ", 1, 8, offset) if is_far else b""
        version = _VERSION_64 if is_far else _VERSION
        name = entry.name.encode()
        lengths = pack("<5H", len(name), len(extra), 0, 0, 0)
        versions = pack("<2H", _UNIX | version, version)
        place = pack("<2I", _MODE, min(offset, _FULL_64))
        return b"PK\1\2" + versions + self._facts(entry) + lengths + place + name + extra


def _dos(at: datetime) -> tuple[int, int]:
    """Date and time as archives write them: from 1980 on, every other second, without a zone."""
    date = max(at.year - 1980, 0) << 9 | at.month << 5 | at.day
    return date, at.hour << 11 | at.minute << 5 | at.second // 2
