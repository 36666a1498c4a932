"""Writing and removing the staff's notes about a delegation."""

from __future__ import annotations

from datetime import datetime

from sqlite_utils import Database

from rostrum.actions.journal import Event, record
from rostrum.domain.actors import Actor
from rostrum.domain.debates.debate import Debate
from rostrum.domain.debates.lifecycle import check_may_change
from rostrum.domain.delegations.staff_notes import StaffNote, check_note
from rostrum.domain.errors import NotFound
from rostrum.domain.journal.kinds import EntryKind
from rostrum.store import staff_notes
from rostrum.store.database import writing


def write_note(
    db: Database, now: datetime, actor: Actor, debate: Debate, *, delegation_id: int, text: str
) -> None:
    """Keeps a note for the other staff. Raises RuleBroken for an empty one.

    The same words again by the same person, as from a form sent twice, are written once.
    """
    text = check_note(text)
    check_may_change(debate)
    author = actor.name or str(actor)
    with writing(db):
        last = next(iter(staff_notes.list_notes(db, debate.id, delegation_id)), None)
        if last and (last.text, last.written_by) == (text, author):
            return
        note = StaffNote(0, debate.id, delegation_id, text, author, now)
        staff_notes.insert_note(db, note)
        record(db, now, actor, _event(EntryKind.STAFF_NOTE_WRITTEN, note))


def remove_note(db: Database, now: datetime, actor: Actor, debate: Debate, note_id: int) -> None:
    """Removes a note, whoever wrote it. Raises NotFound if this debate has none of this id."""
    check_may_change(debate)
    with writing(db):
        note = staff_notes.find_note(db, note_id)
        if note is None or note.debate_id != debate.id:
            raise NotFound
        staff_notes.delete_note(db, note.id)
        record(db, now, actor, _event(EntryKind.STAFF_NOTE_REMOVED, note))


def _event(kind: EntryKind, note: StaffNote) -> Event:
    return Event(kind, note.debate_id, note.delegation_id, personal={"text": note.text})
