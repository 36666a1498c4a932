"""Has one PDF made from a letter's several files, for reading and for the archive.

This runs in the web process and parses nothing: `process` runs the child, which does. Each file
also stays as it was sent. A letter of one PDF needs no document: the original is one.
"""

from collections.abc import Hashable
from pathlib import Path

from rostrum.letters.files import sync_folder
from rostrum.letters.handed_back import is_own_file
from rostrum.letters.kinds import Kind
from rostrum.letters.limits import DOCUMENT_LIMITS, Limits
from rostrum.letters.process import OURS, a_turn, run_child
from rostrum.letters.refusals import LetterRefused, Refusal
from rostrum.letters.tasks import DOCUMENT, Task


def combine(
    files: list[tuple[Path, Kind]],
    target: Path,
    limits: Limits = DOCUMENT_LIMITS,
    *,
    whose: Hashable = OURS,
) -> int:
    """Makes one PDF from the files, in order, at `target`; returns its number of pages.

    Its photos carry no place, camera or comment, and it only shows pages. Raises the errors of
    `inspection.inspect`, and then leaves `target` unchanged. Waits for a turn as that does.
    """
    with a_turn(target, whose) as part:
        found = run_child(Task.DOCUMENT, files, part, limits)
        made = part / DOCUMENT
        if not is_own_file(made):
            raise LetterRefused(Refusal.UNREADABLE)
        made.rename(target)
        sync_folder(target.parent)
    return found.pages
