"""Having one PDF made of a letter's several files, for reading and for the archive.

This runs in the web process and parses nothing: `process` runs the child that does. Each file
stays as it was sent beside it. A letter of one PDF needs none: the original is the document.
"""

from pathlib import Path

from rostrum.letters.files import sync_folder
from rostrum.letters.kinds import Kind
from rostrum.letters.limits import DOCUMENT_LIMITS, Limits
from rostrum.letters.process import a_turn, run_child
from rostrum.letters.refusals import LetterRefused, Refusal
from rostrum.letters.tasks import DOCUMENT, Task


def combine(files: list[tuple[Path, Kind]], target: Path, limits: Limits = DOCUMENT_LIMITS) -> int:
    """Make one PDF of the files, in their order, and leave it at `target`; returns its pages.

    Its photos tell no place, camera or comment, and it does nothing but show pages. Raises what
    `inspection.inspect` raises, and then leaves what was at `target`; waits for a turn as it does.
    """
    with a_turn(target) as part:
        found = run_child(Task.DOCUMENT, files, part, limits)
        made = part / DOCUMENT
        if made.is_symlink() or not made.is_file():  # the web process will serve it
            raise LetterRefused(Refusal.UNREADABLE)
        made.rename(target)
        sync_folder(target.parent)
    return found.pages
