"""Which files make up a letter, in which order, and when changing them makes a new version."""

from __future__ import annotations

from datetime import datetime

from rostrum.domain.checks import check_unchanged
from rostrum.domain.errors import Conflict, RuleBroken
from rostrum.domain.letters.letter import Letter, LetterFile, LetterState
from rostrum.domain.sentences import N_, S_, Plural

MAX_FILES = 10
MAX_PAGES = 10
"""Pages of the whole letter; the inspection of a single PDF has the same limit."""
MAX_VERSIONS = 10
MAX_MEGABYTES = 300
"""What all letters of a delegation may take on the disk: the largest letter of all, ten files of
10 MB, three times over. A scan or a photo of a page has 1 to 3 MB, so that ten versions of a usual
letter take a third of it at most."""

_OVERTAKEN = N_("The letter has been changed on another phone. Look at it again.")

Files = tuple[LetterFile, ...]


def check_files(files: Files) -> None:
    """Refuses a letter without files, more than ten files, and more than ten pages in all.

    A file that is still unread counts as one page.
    """
    if not files:
        raise RuleBroken("letter", N_("Choose the letter first."))
    pages = sum(file.pages or 1 for file in files)
    if max(len(files), pages) > MAX_PAGES:
        raise RuleBroken(
            "letter",
            Plural(
                "This letter has more than %(limit)s page. Send it without its annexes.",
                "This letter has more than %(limit)s pages. Send it without its annexes.",
                "limit",
            ),
            limit=MAX_PAGES,
        )


def check_came(came: datetime, now: datetime) -> None:
    """Refuses a letter that staff put in with a time still to come (RuleBroken on its field)."""
    if came > now:
        raise RuleBroken(
            "received_at", S_("This time is still to come. Leave it empty for a letter of now.")
        )


def check_version(version: int) -> None:
    """Refuses the eleventh version of a letter; the letter that is there and the place stay."""
    if version > MAX_VERSIONS:
        raise RuleBroken("letter", N_("You have sent ten letters. Call the Presidency."))


def check_room(before: int, after: int) -> None:
    """Refuses a letter with which all versions that are kept would take more bytes on the disk than
    a delegation has; what takes no more than before is never refused."""
    if after > max(before, MAX_MEGABYTES * 1_000_000):
        raise RuleBroken(
            "letter",
            N_(
                "With this, your letters would take more than %(limit)s MB here. Send a smaller "
                "file, or call the Presidency: it can put the letter in for you."
            ),
            limit=MAX_MEGABYTES,
        )


def check_arrangement(letter: Letter | None, seen: str) -> None:
    """Refuses a change made on a page that shows other files: `seen` is its letter's SHA-256."""
    check_unchanged(seen, letter and letter.sha256, _OVERTAKEN)


def is_retry(letter: Letter, files: Files) -> bool:
    """Whether the same files are sent again because the first answer was lost."""
    sent = tuple(file.sha256 for file in files)
    is_there = sent == tuple(file.sha256 for file in letter.files)
    return is_there and letter.state is LetterState.PENDING


def is_here(letter: Letter | None, files: Files, *, are_more: bool) -> bool:
    """Whether the files arrive again because the first answer was lost: they are the letter, or,
    as more pages of it, in it already. Their SHA-256 tells, nobody reads them for that."""
    if letter is None or not are_more:
        return letter is not None and is_retry(letter, files)
    there = {file.sha256 for file in letter.files}
    return all(file.sha256 in there for file in files)


def may_change_itself(letter: Letter, *, is_on_a_receipt: bool) -> bool:
    """Whether files may change within this version, because nobody has relied on it yet."""
    is_new = letter.state is LetterState.PENDING and letter.opened_at is None
    return is_new and not is_on_a_receipt


def with_added(files: Files, added: Files) -> Files:
    """The files with `added` after them; a file that is already there is a retry and left out."""
    there = {file.sha256 for file in files}
    return files + tuple(file for file in added if file.sha256 not in there)


def without(files: Files, position: int) -> Files:
    """The files without the one at `position` (from 1); the only file stays."""
    _check_position(files, position)
    if len(files) == 1:
        raise RuleBroken("letter", N_("This is the only page. Replace the letter instead."))
    return files[: position - 1] + files[position:]


def moved_up(files: Files, position: int) -> Files:
    """The files with the one at `position` (from 1) moved one up; the first stays first."""
    _check_position(files, position)
    before = max(position - 2, 0)
    moved = list(files)
    moved.insert(before, moved.pop(position - 1))
    return tuple(moved)


def _check_position(files: Files, position: int) -> None:
    if not 1 <= position <= len(files):
        raise Conflict(_OVERTAKEN)
