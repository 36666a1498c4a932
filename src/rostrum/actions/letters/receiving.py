"""Letters: received from the delegation, and opened by staff; decisions are in `decisions.py`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from sqlite_utils import Database

from rostrum.actions.journal import Event, record
from rostrum.domain.actors import DELEGATION, ROSTRUM, Actor
from rostrum.domain.debates.debate import Debate
from rostrum.domain.debates.lifecycle import check_may_prepare
from rostrum.domain.journal.kinds import EntryKind
from rostrum.domain.letters.files import (
    Files,
    check_files,
    check_room,
    check_version,
    is_retry,
    may_change_itself,
)
from rostrum.domain.letters.letter import Letter, LetterFile, LetterState
from rostrum.domain.registrations.deadlines import check_takes_letters
from rostrum.domain.registrations.registration import Draft, Registration
from rostrum.store import drafts, journal, letters, registrations
from rostrum.store.database import writing

Holder = Registration | Draft
"""The owner of a letter: the delegation's place, or its draft while it has no place."""
Discard = Callable[[str], object]
"""Removes a file from the disk, by our name for it."""


def receive_letter(
    db: Database,
    now: datetime,
    actor: Actor,
    debate: Debate,
    *,
    delegation_id: int,
    files: Files,
    received_at: datetime | None = None,
    discard: Discard | None = None,
) -> Letter:
    """Makes the files the delegation's current letter; the delegation keeps its place.

    `received_at` is the instant at which the last file was complete on the server, however long
    reading took since (None: `now`). It is compared with the deadline. Earlier versions are kept;
    one that was only ever in a draft is replaced. A letter that is already being read is a retry
    and changes nothing. Raises RuleBroken after `letter_deadline`, for too many files or pages,
    for the eleventh version, and if a delegation has no room left. `discard` gets the files that
    nothing names any more; without it they wait for the next sweep of the folder.
    """
    received_at = received_at or now
    with writing(db):
        holder = get_holder(db, debate, delegation_id, received_at)
        check_files(files)
        current = holder.letter
        if current and is_retry(current, files):
            return current
        itself = current if current and _is_only_prepared(db, current, files) else None
        letter = keep_files(
            db, now, actor, holder=holder, files=files, itself=itself, received_at=received_at
        )
    discard_unnamed(db, itself.files if itself else (), discard)
    return letter


def check_may_send(db: Database, debate: Debate, delegation_id: int, now: datetime) -> None:
    """Refuses a letter after the delegation's deadline, or if there is no list."""
    check_may_prepare(debate)
    extended = registrations.find_extension(db, debate.id, delegation_id)
    check_takes_letters(debate, extended, now)


def get_holder(db: Database, debate: Debate, delegation_id: int, now: datetime) -> Holder:
    """Inside a transaction: the owner of a letter sent now; refuses it as `check_may_send` does."""
    check_may_prepare(debate)
    held = registrations.find_active_registration(db, debate.id, delegation_id)
    check_takes_letters(debate, held and held.letter_deadline, now)
    return held or drafts.get_draft(db, debate.id, delegation_id)


def _is_only_prepared(db: Database, current: Letter, files: Files) -> bool:
    """Whether nobody relies on the current letter. Unread files do not replace it, because
    it counts again if they cannot be read."""
    if any(file.pages is None for file in files) or letters.is_registered(db, current.id):
        return False
    return may_change_itself(current, is_on_a_receipt=False)


def keep_files(
    db: Database,
    now: datetime,
    actor: Actor,
    *,
    holder: Holder,
    files: Files,
    itself: Letter | None,
    received_at: datetime,
) -> Letter:
    """Inside a transaction: puts the files into the version `itself`, or into a new version.

    A delegation has so much room on the disk; staff may put in a letter beyond it."""
    debate_id, delegation_id = holder.debate_id, holder.delegation_id
    before = letters.count_bytes(db, debate_id, delegation_id)
    if itself:
        letter = replace(itself, files=files, uploaded_at=received_at)
        letters.replace_files(db, letter)
    else:
        version = letters.last_version(db, debate_id, delegation_id) + 1
        check_version(version)
        letter = _pending(holder, version, files, received_at)
        letter = replace(letter, id=letters.insert_letter(db, letter))
        _make_current(db, now, holder, letter)
    if actor.kind == DELEGATION:
        check_room(before, letters.count_bytes(db, debate_id, delegation_id))
    record(db, now, actor, _received(letter))
    return letter


def discard_unnamed(db: Database, files: Files, discard: Discard | None) -> None:
    """After a commit: removes from the disk those of these files that no version has any more."""
    if not files or discard is None:
        return
    for name in letters.list_unnamed(db, {file.stored_name for file in files}):
        discard(name)


def await_letter(db: Database, now: datetime, draft: Draft) -> Letter:
    """Inside a transaction: a version without files, in place of the letter that follows."""
    version = letters.last_version(db, draft.debate_id, draft.delegation_id) + 1
    check_version(version)
    letter = replace(_pending(draft, version, (), now), state=LetterState.AWAITED)
    return replace(letter, id=letters.insert_letter(db, letter))


def _make_current(db: Database, now: datetime, holder: Holder, letter: Letter) -> None:
    if isinstance(holder, Registration):
        registrations.update_details(db, holder.id, holder.speaker, letter.id, holder.version)
    else:
        drafts.replace_draft(db, replace(holder, letter=letter, updated_at=now))


def _received(letter: Letter) -> Event:
    event = letter_event(EntryKind.LETTER_RECEIVED, letter)
    facts = {
        "version": letter.version,
        "size": letter.size,
        "files": [file.sha256 for file in letter.files],
        "kinds": [file.kind for file in letter.files],
    }
    names = "\n".join(file.original_name for file in letter.files)
    return replace(event, facts=event.facts | facts, personal={"original_name": names})


def _pending(holder: Holder, version: int, files: Files, received_at: datetime) -> Letter:
    return Letter(
        id=0,
        debate_id=holder.debate_id,
        delegation_id=holder.delegation_id,
        version=version,
        uploaded_at=received_at,
        opened_at=None,
        state=LetterState.PENDING,
        reasons=(),
        remark="",
        decided_by="",
        decided_at=None,
        files=files,
    )


def note_inspection(db: Database, letter: Letter, file: LetterFile) -> None:
    """Notes what the inspection found in a file whose letter was taken before it ended."""
    with writing(db):
        letters.get_letter(db, letter.debate_id, letter.id)
        letters.update_inspection(db, file)


def open_letter(
    db: Database, now: datetime, actor: Actor, debate: Debate, letter_id: int
) -> Letter:
    """The letter; the journal records the first time that this member of staff opens this version.
    Raises NotFound.

    From the first opening on, its files stay as they are: a change makes a new version.
    """
    with writing(db):
        letter = letters.get_letter(db, debate.id, letter_id)
        if letter.opened_at is None:
            letter = replace(letter, opened_at=now)
            letters.update_opened(db, letter)
        if not journal.has_entry_about(db, letter, EntryKind.LETTER_OPENED, str(actor)):
            record(db, now, actor, letter_event(EntryKind.LETTER_OPENED, letter))
        return letter


def drop_files(
    db: Database,
    now: datetime,
    debate: Debate,
    *,
    letter: Letter,
    files: Files,
    refusal: str,
    remark: str = "",
) -> None:
    """Removes unreadable files from a draft's letter, as if they had never come; the journal keeps
    why, by the inspection's code.

    Other files of it stay. If there are none, the draft gets its previous letter back.
    """
    names = {file.stored_name for file in files}
    with writing(db):
        now_is = letters.get_letter(db, debate.id, letter.id)
        others = tuple(file for file in now_is.files if file.stored_name not in names)
        if others and not letters.is_registered(db, letter.id):
            letters.replace_files(db, replace(now_is, files=others))
        else:
            _drop_letter(db, now, debate, letter)
        event = letter_event(EntryKind.LETTER_DROPPED, letter)
        facts = event.facts | {"reasons": [refusal]}
        personal = {"remark": remark} if remark else {}
        record(db, now, ROSTRUM, replace(event, facts=facts, personal=personal))


def _drop_letter(db: Database, now: datetime, debate: Debate, letter: Letter) -> None:
    draft = drafts.get_draft(db, debate.id, letter.delegation_id)
    if draft.letter and draft.letter.id == letter.id:
        earlier = letters.find_letter_before(db, letter)
        drafts.replace_draft(db, replace(draft, letter=earlier, updated_at=now))
    letters.delete_unregistered_letter(db, letter.id)


def letter_event(kind: EntryKind, letter: Letter) -> Event:
    """Something that happened to a letter, for the journal."""
    return Event(
        kind=kind,
        debate_id=letter.debate_id,
        delegation_id=letter.delegation_id,
        facts={"letter_id": letter.id, "sha256": letter.sha256},
    )
