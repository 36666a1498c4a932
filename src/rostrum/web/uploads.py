"""A letter on its way in: stored whole, inspected in a child process, made the current one."""

from __future__ import annotations

from werkzeug.datastructures import FileStorage

from rostrum.actions.letters import (
    Upload,
    drop_letter,
    note_inspection,
    receive_letter,
    return_unreadable_letter,
)
from rostrum.domain.debates import Debate
from rostrum.domain.errors import DomainError, RuleBroken
from rostrum.domain.letters import Letter, check_takes_letters
from rostrum.letters.inspection import InspectionFailed, inspect
from rostrum.letters.kinds import Kind
from rostrum.letters.refusals import LetterRefused
from rostrum.web.access import Delegate
from rostrum.web.context import db, parts, release_db
from rostrum.web.formats import refusal
from rostrum.web.forms import tidy
from rostrum.web.offload import offload

MAX_FILE_NAME = 200


def take_letter(delegate: Delegate, file: FileStorage) -> Letter:
    """Stores and inspects the file, then makes it the delegation's current letter.

    Raises RuleBroken on the letter's field, and keeps nothing, for a file that is no letter.
    """
    upload = _store(delegate.debate, file)
    try:
        pages = _inspect(upload.stored_name, upload.kind)
    except RuleBroken:
        parts().files.discard(upload.stored_name)
        raise
    return _receive(delegate, upload, pages)


def take_letter_unread(delegate: Delegate, file: FileStorage) -> Letter:
    """Makes the file the current letter as soon as it is stored; `read_letter` must follow."""
    return _receive(delegate, _store(delegate.debate, file), None)


def read_letter(delegate: Delegate, letter: Letter) -> str | None:
    """Inspects a letter taken unread; the sentence why it cannot be read, None when it can.

    A letter that holds a place is returned with that reason and the place is kept; one that
    holds none is dropped (its file goes when the server next sweeps its folder).
    """
    debate, now = delegate.debate, parts().clock.now
    try:
        pages = _inspect(letter.stored_name, letter.kind)
    except RuleBroken as unreadable:
        reason = refusal(unreadable)
        if not return_unreadable_letter(db(), now(), debate, letter.id, reason):
            drop_letter(db(), now(), debate, letter)
        return reason
    if pages is not None:
        note_inspection(db(), debate, letter.id, pages)
    return None


def _store(debate: Debate, file: FileStorage) -> Upload:
    check_takes_letters(debate, parts().clock.now())
    release_db()
    try:
        stored = offload(parts().files.store, file.stream)
    except LetterRefused as refused:
        raise _broken(refused) from refused
    name = _tidy_name(file.filename) or stored.stored_name
    return Upload(stored.stored_name, name, stored.kind, stored.size, stored.sha256)


def _tidy_name(name: str | None) -> str:
    """The delegate's name for the file, without folders and what no header or list can carry."""
    last = tidy(name).replace("\\", "/").rpartition("/")[2]
    return "".join(c if c.isprintable() else "_" for c in last)[-MAX_FILE_NAME:]


def _receive(delegate: Delegate, upload: Upload, pages: int | None) -> Letter:
    now, where = parts().clock.now(), (delegate.debate, delegate.delegation.id)
    try:
        return receive_letter(db(), now, delegate.actor, *where, upload, pages)
    except DomainError:
        parts().files.discard(upload.stored_name)
        raise


def _inspect(stored_name: str, kind: str) -> int | None:
    """The pages; None when the trouble is ours and staff must look for themselves."""
    release_db()
    files = parts().files
    try:
        found = inspect(files.path(stored_name), Kind(kind), files.pages_folder(stored_name))
    except LetterRefused as refused:
        raise _broken(refused) from refused
    except InspectionFailed:
        return None
    return found.pages


def _broken(refused: LetterRefused) -> RuleBroken:
    return RuleBroken("letter", refused.message, **refused.values)
