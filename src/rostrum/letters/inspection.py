"""Having a letter inspected: waiting for a turn, and keeping all previews or none.

This runs in the web process and parses nothing of the file: `process` runs the child that does.
What follows from the result (pending, returned) belongs to the actions.
"""

import os
import shutil
import tempfile
import threading
from dataclasses import dataclass
from pathlib import Path

from rostrum.letters.files import sync_folder
from rostrum.letters.kinds import Kind
from rostrum.letters.limits import LIMITS, Limits
from rostrum.letters.process import InspectionFailed, run_child
from rostrum.letters.refusals import LetterRefused, Refusal

__all__ = ["MAX_CHILDREN", "Inspection", "InspectionFailed", "inspect"]

MAX_CHILDREN = 2
"""Inspections at once: as many as a small server has cores. The others wait their turn."""

_turns: dict[str, threading.BoundedSemaphore] = {}


@dataclass(frozen=True)
class Inspection:
    """A letter that was read to its end: how many pages it has, each with a preview."""

    pages: int


def inspect(path: Path, kind: Kind, pages_folder: Path, limits: Limits = LIMITS) -> Inspection:
    """Read a letter in a child process and leave its previews in `pages_folder`, and no others.

    Raises LetterRefused, leaving no preview, where the file cannot be read or ends the child in
    whatever way, and InspectionFailed where the trouble is ours: try again later. Waits for its
    turn, then at most `limits.wall_seconds`. Under gevent call it from a greenlet of the main
    thread, where it lets the others run.
    """
    with _turn():
        shutil.rmtree(pages_folder, ignore_errors=True)
        try:
            return Inspection(_inspect(path, kind, pages_folder, limits))
        except OSError as trouble:
            raise InspectionFailed(str(trouble)) from trouble


def _inspect(path: Path, kind: Kind, pages_folder: Path, limits: Limits) -> int:
    """Draw into a new folder and move it into place whole, so that nobody sees half of it."""
    parent, name = pages_folder.parent, pages_folder.name
    part = Path(tempfile.mkdtemp(prefix=f"{name}.", suffix=".part", dir=parent))
    try:
        pages = run_child(kind, path, part, limits)
        _check_previews(part, pages)
        sync_folder(part)
        part.rename(pages_folder)
        sync_folder(parent)
    finally:
        shutil.rmtree(part, ignore_errors=True)
    return pages


def _check_previews(folder: Path, pages: int) -> None:
    """Exactly the promised pictures and no links: the web process will serve what lies here."""
    found = {entry.name for entry in os.scandir(folder) if entry.is_file(follow_symlinks=False)}
    if found != {f"{number}.webp" for number in range(1, pages + 1)}:
        raise LetterRefused(Refusal.UNREADABLE)


def _turn() -> threading.BoundedSemaphore:
    """The semaphore all share, made at first use: by then gevent has patched `threading` or not."""
    return _turns.setdefault("turn", threading.BoundedSemaphore(MAX_CHILDREN))
