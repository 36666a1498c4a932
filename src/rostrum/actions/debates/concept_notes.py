"""Adding, replacing and removing the concept note of a debate."""

from __future__ import annotations

from datetime import datetime

from sqlite_utils import Database

from rostrum.actions.journal import Event, record
from rostrum.domain.actors import Actor
from rostrum.domain.debates.concept_notes import ConceptNote
from rostrum.domain.debates.debate import Debate
from rostrum.domain.debates.lifecycle import check_may_change
from rostrum.domain.journal.kinds import EntryKind
from rostrum.store import concept_notes, debates, letters
from rostrum.store.database import writing


def keep_note(db: Database, now: datetime, actor: Actor, note: ConceptNote) -> set[str]:
    """Makes a stored PDF the debate's concept note, in place of any earlier one.

    Returns the stored names of files no longer needed. Conflict in an archived debate.
    """
    with writing(db):
        check_may_change(debates.get_debate_by_id(db, note.debate_id))
        before = letters.list_stored_names(db)
        former = concept_notes.find_note(db, note.debate_id)
        concept_notes.replace_note(db, note)
        facts = {"sha256": note.sha256, "size": note.size, "pages": note.pages}
        personal = {"original_name": note.original_name}
        if former:
            facts["before"] = former.sha256
            personal["name_before"] = former.original_name
        event = Event(EntryKind.CONCEPT_NOTE_KEPT, note.debate_id, facts=facts, personal=personal)
        record(db, now, actor, event)
        return before - letters.list_stored_names(db)


def remove_note(db: Database, now: datetime, actor: Actor, debate: Debate) -> set[str]:
    """Removes the concept note; returns the stored names of files no longer needed."""
    with writing(db):
        check_may_change(debates.get_debate_by_id(db, debate.id))
        before = letters.list_stored_names(db)
        former = concept_notes.find_note(db, debate.id)
        if former is None:
            return set()
        concept_notes.delete_note(db, debate.id)
        facts = {"before": former.sha256, "pages": former.pages}
        personal = {"name_before": former.original_name}
        event = Event(EntryKind.CONCEPT_NOTE_REMOVED, debate.id, facts=facts, personal=personal)
        record(db, now, actor, event)
        return before - letters.list_stored_names(db)
