"""Has a letter inspected: all its previews or none, and what staff must know.

This runs in the web process and parses nothing of the file: `process` runs the child, which does.
What follows from the result (pending, returned) is for the actions to decide.
"""

import os
import shutil
from collections.abc import Hashable
from pathlib import Path

from rostrum.letters.answers import Inspection
from rostrum.letters.files import sync_folder
from rostrum.letters.handed_back import is_own_file
from rostrum.letters.kinds import Kind
from rostrum.letters.limits import LIMITS, Limits
from rostrum.letters.process import OURS, InspectionFailed, a_turn, run_child
from rostrum.letters.refusals import LetterRefused, Refusal
from rostrum.letters.tasks import Task

__all__ = ["Inspection", "InspectionFailed", "inspect"]


def inspect(
    path: Path, kind: Kind, pages_folder: Path, limits: Limits = LIMITS, *, whose: Hashable = OURS
) -> Inspection:
    """Reads a letter in a child process, and replaces the previews in `pages_folder`.

    Raises LetterRefused, leaving no preview, if the file cannot be read or ends the child in
    any way, and InspectionFailed if the fault is ours: try again later. Waits for the turn
    of whose file it is, then at most `limits.wall_seconds`. Under gevent, call it from a greenlet
    of the main thread, where it lets other greenlets run.
    """
    with a_turn(pages_folder, whose) as part:
        shutil.rmtree(pages_folder, ignore_errors=True)
        found = run_child(Task.PREVIEW, [(path, kind)], part, limits)
        _check_previews(part, found.pages)
        sync_folder(part)
        part.rename(pages_folder)  # whole, so that nobody sees half of it
        sync_folder(pages_folder.parent)
    return found


def _check_previews(folder: Path, pages: int) -> None:
    """Refuses anything but the promised pictures: the web process will serve what is here."""
    found = {entry.name: is_own_file(entry.path) for entry in os.scandir(folder)}
    if found != dict.fromkeys((f"{number}.webp" for number in range(1, pages + 1)), True):
        raise LetterRefused(Refusal.UNREADABLE)
