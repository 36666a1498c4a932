"""Receiving a letter: storing it, having it read, making it the current one.

A delegation that has none yet has its letter as soon as that is stored whole. One that has a letter
keeps it until the new one is read.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from flask import g, request
from werkzeug.datastructures import FileStorage

from rostrum.actions.letters.files import add_files
from rostrum.actions.letters.reading import Unreadable, read_file
from rostrum.actions.letters.receiving import check_may_send, receive_letter
from rostrum.domain.debates.debate import Debate, Phase
from rostrum.domain.errors import DomainError, RuleBroken
from rostrum.domain.letters.files import MAX_FILES, is_here
from rostrum.domain.letters.letter import Letter, LetterFile, Whose
from rostrum.domain.sentences import N_, Sentence
from rostrum.letters.refusals import LetterRefused
from rostrum.store.letters import find_current_letter
from rostrum.web.access import Delegate, Sender
from rostrum.web.context import db, parts, release_db
from rostrum.web.forms.fields import tidy
from rostrum.web.language.formats import refusal
from rostrum.web.offload import offload

MAX_FILE_NAME = 200
PATIENCE = 8
"""Seconds for which the answer waits until a letter is read, so that it can say what is wrong."""
BEFORE_OPENING = timedelta(minutes=1)
"""From so long before the opening on it does not wait: the page is needed for the press."""


@dataclass(frozen=True)
class Sent:
    """The files of a request: a letter, or more pages for the one that we hold."""

    files: list[FileStorage]
    are_more: bool
    received_at: datetime
    """When all of them had arrived on the server."""


def sent_files() -> Sent | None:
    """The files in the request, chosen or photographed; None without a file.

    Phones send an empty part for a file field in which nothing was chosen.
    """
    fields = ("letter", "photo")
    files = [file for field in fields for file in request.files.getlist(field) if file.filename]
    return Sent(files, "more" in request.form, received_at()) if files else None


def received_at() -> datetime:
    """When the request had arrived on the server: as soon as its form was read, before anything is
    done with it."""
    if "received_at" not in g:
        g.received_at = parts().clock.now()
    return g.received_at


def check_in_time(delegate: Delegate) -> None:
    """Refuses the request's letter, before any of its files is stored, if the deadline had passed
    when it had arrived on the server."""
    check_may_send(db(), delegate.debate, delegate.delegation.id, received_at())


def take_letter(sender: Sender, sent: Sent) -> Letter:
    """Stores the files, has them read and makes them (part of) the current letter. `check_in_time`
    comes first.

    Files that it already contains are a retry and not read again. Raises RuleBroken on the letter's
    field, and keeps nothing, if a file cannot be a letter. The first letter may still be unread
    when this returns: if it cannot be read, the page is told (`dropped_letter`).
    """
    with parts().uploads.one_of(_whose(sender)), stored_files(sent) as files:
        return take_files(sender, sent, files)


def take_files(sender: Sender, sent: Sent, files: list[LetterFile]) -> Letter:
    """What `take_letter` does, with files that are stored already."""
    with _turn(sender, files):
        current = find_current_letter(db(), *_whose(sender))
        if is_here(current, tuple(files), are_more=sent.are_more):
            discard_unused(files, current)
            return _awaited(sender.debate, current)
        if current is None:
            # What a colleague sends at the same moment is there too, and not instead.
            return _awaited(sender.debate, _receive(sender, replace(sent, are_more=True), files))
        files[:] = [_taken(_whose(sender), file, is_one_of=len(files)) for file in files]
        return _receive(sender, sent, files)


def _turn(sender: Sender, files: list[LetterFile]) -> AbstractContextManager[None]:
    """Makes the same files sent twice wait for each other, without holding a connection."""
    release_db()
    return parts().uploads.turn((*_whose(sender), *(file.sha256 for file in files)))


def _whose(sender: Sender) -> Whose:
    return sender.debate.id, sender.delegation.id


def take_letter_unread(delegate: Delegate, sent: Sent) -> Letter:
    """Makes the files the current letter as soon as they are stored. Call `check_in_time` first
    and have it read afterwards (`LetterReader`)."""
    with stored_files(sent) as files:
        return _receive(delegate, sent, files)


def read_letter(letter: Letter, seconds: float | None = None) -> str | None:
    """Has a letter read that was taken unread; returns why it cannot be, as far as that is known
    after so many seconds (None: ever)."""
    release_db()
    unreadable = parts().letter_reader.begin(letter).wait(seconds)
    return unreadable and refusal(_refused(unreadable))


def _awaited(debate: Debate, letter: Letter) -> Letter:
    """The letter, read if that does not take too long; RuleBroken if it cannot be."""
    if letter.pages is None:
        release_db()
        opens_soon = debate.phase(parts().clock.now() + BEFORE_OPENING) is not Phase.BEFORE
        unreadable = parts().letter_reader.begin(letter).wait(0 if opens_soon else PATIENCE)
        if unreadable:
            raise _refused(unreadable)
    return letter


@contextmanager
def stored_files(sent: Sent) -> Iterator[list[LetterFile]]:
    """The files, stored whole and unread; after a refusal, none of them stays."""
    if len(sent.files) > MAX_FILES:
        raise RuleBroken("letter", N_("A letter has at most ten files. Send fewer."))
    release_db()
    files: list[LetterFile] = []
    try:
        for file in sent.files:
            files.append(_stored(file, is_one_of=len(sent.files)))
        yield files
    except DomainError:
        _discard(files)
        raise


def discard_unused(files: list[LetterFile], letter: Letter) -> None:
    """Deletes files that were stored a second time by a retry."""
    kept = {file.stored_name for file in letter.files}
    _discard([file for file in files if file.stored_name not in kept])


def _discard(files: list[LetterFile]) -> None:
    for file in files:
        discard(file.stored_name)


def discard(stored_name: str) -> None:
    """Removes a file that no letter has (any more), and all that was made from it."""
    offload(parts().files.discard, stored_name)


def _stored(file: FileStorage, *, is_one_of: int) -> LetterFile:
    name = tidy_name(file.filename)
    try:
        stored = offload(parts().files.store, file.stream)
    except LetterRefused as refused:
        raise _broken(refused, name, is_one_of) from refused
    name = name or stored.stored_name
    return LetterFile(stored.stored_name, name, stored.kind, stored.size, stored.sha256)


def tidy_name(name: str | None) -> str:
    """The delegate's name for the file, without folders and characters that lists cannot show."""
    last = (name or "").replace("\\", "/").rpartition("/")[2][-MAX_FILE_NAME:]
    return "".join(c if c.isprintable() else "_" for c in tidy(last))


def _receive(sender: Sender, sent: Sent, files: list[LetterFile]) -> Letter:
    take = add_files if sent.are_more else receive_letter
    now, received = parts().clock.now(), sent.received_at
    letter = take(
        db(),
        now,
        sender.actor,
        sender.debate,
        delegation_id=sender.delegation.id,
        files=tuple(files),
        received_at=received,
        discard=discard,
    )
    discard_unused(files, letter)
    return letter


def _taken(whose: Whose, file: LetterFile, *, is_one_of: int) -> LetterFile:
    release_db()
    try:
        return read_file(parts().files, file, whose, is_one_of=is_one_of)
    except LetterRefused as refused:
        raise _broken(refused, file.original_name, is_one_of) from refused


def _refused(unreadable: Unreadable) -> RuleBroken:
    return _broken(unreadable.refused, unreadable.file.original_name, unreadable.is_one_of)


def _broken(refused: LetterRefused, name: str, is_one_of: int) -> RuleBroken:
    """The refusal on its field; it names the file if there are several."""
    if is_one_of == 1:
        return RuleBroken("letter", refused.message, **refused.values)
    problem = Sentence(refused.message, refused.values)
    return RuleBroken("letter", N_("%(name)s: %(problem)s"), name=name, problem=problem)
