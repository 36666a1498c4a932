"""How much room letters have left on the disk: said to staff long before letters are refused."""

from __future__ import annotations

from typing import NamedTuple

from rostrum.web.context import parts


class Room(NamedTuple):
    """The bytes that are free, and below which no letter is accepted."""

    free: int
    least: int

    @property
    def is_gone(self) -> bool:
        return self.free < self.least


def little_room() -> Room | None:
    """The room on the disk if it is little; else None."""
    files = parts().files
    return Room(files.free(), files.min_free) if files.is_room_low() else None
