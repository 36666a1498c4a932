"""Concept notes."""

from __future__ import annotations

from sqlite_utils import Database

from rostrum.domain.debates.concept_notes import ConceptNote
from rostrum.domain.times import from_micros, to_micros
from rostrum.store.database import first_row


def find_note(db: Database, debate_id: int) -> ConceptNote | None:
    """The concept note of a debate, or None."""
    sql = "select * from concept_note where debate_id = :debate_id"
    row = first_row(db, sql, debate_id=debate_id)
    return ConceptNote(**row | {"uploaded_at": from_micros(row["uploaded_at"])}) if row else None


def replace_note(db: Database, note: ConceptNote) -> None:
    """Writes the debate's one concept note, new or not."""
    db.execute(
        """insert or replace into concept_note
             (debate_id, stored_name, original_name, size, sha256, pages, uploaded_at)
           values (:debate_id, :stored_name, :original_name, :size, :sha256, :pages,
             :uploaded_at)""",
        vars(note) | {"uploaded_at": to_micros(note.uploaded_at)},
    )


def delete_note(db: Database, debate_id: int) -> None:
    db.execute("delete from concept_note where debate_id = :debate_id", {"debate_id": debate_id})
