"""Whether the disk has room for another letter. The reserve is not for letters."""

import logging
import shutil
from pathlib import Path

from rostrum.domain.errors import RuleBroken
from rostrum.domain.sentences import N_

MIN_FREE = 1_000_000_000
"""Bytes that letters leave free: the database on the same disk must go on giving places
when letters no longer fit, and so must drawing the pictures of stored letters."""
LOW = 5_000_000_000
"""Bytes below which staff are told, long before letters are refused: what is left above `MIN_FREE`
holds two versions of 10 MB from each of two hundred delegations."""

_log = logging.getLogger(__name__)


class ServerFull(RuleBroken):
    """The disk is nearly full: no letter is accepted until somebody makes room (507)."""

    def __init__(self) -> None:
        super().__init__(
            "letter",
            N_(
                "The Presidency’s server is full. Nothing is wrong with your file. "
                "Call the Presidency."
            ),
        )


def find_free(folder: Path) -> int:
    """The bytes that are free on the disk of this folder, or of where it will be made."""
    there = next(each for each in (folder, *folder.parents) if each.exists())
    return shutil.disk_usage(there).free


def check_space(folder: Path, min_free: int) -> None:
    """Raises ServerFull if the disk of this folder has fewer than `min_free` bytes free."""
    free = find_free(folder)
    if free < min_free:
        _log.error("letters are refused: %d bytes are free, %d are wanted", free, min_free)
        raise ServerFull
