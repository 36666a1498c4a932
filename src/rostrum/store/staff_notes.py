"""Notes of the staff about a delegation at a debate."""

from __future__ import annotations

from typing import Any

from sqlite_utils import Database

from rostrum.domain.delegations.staff_notes import StaffNote
from rostrum.domain.times import from_micros, to_micros
from rostrum.store.database import all_rows, first_row


def _note(row: dict[str, Any]) -> StaffNote:
    return StaffNote(**row | {"written_at": from_micros(row["written_at"])})


def list_notes(db: Database, debate_id: int, delegation_id: int) -> list[StaffNote]:
    """The notes about a delegation, the latest first."""
    sql = """select * from staff_note where debate_id = :debate_id
             and delegation_id = :delegation_id order by id desc"""
    rows = all_rows(db, sql, debate_id=debate_id, delegation_id=delegation_id)
    return [_note(row) for row in rows]


def find_note(db: Database, note_id: int) -> StaffNote | None:
    """The note with this id."""
    row = first_row(db, "select * from staff_note where id = :id", id=note_id)
    return _note(row) if row else None


def insert_note(db: Database, note: StaffNote) -> None:
    """Adds a note (its `id` is ignored)."""
    values = vars(note) | {"written_at": to_micros(note.written_at)}
    db.execute(
        """insert into staff_note (debate_id, delegation_id, text, written_by, written_at)
           values (:debate_id, :delegation_id, :text, :written_by, :written_at)""",
        {name: value for name, value in values.items() if name != "id"},
    )


def delete_note(db: Database, note_id: int) -> None:
    db.execute("delete from staff_note where id = :id", {"id": note_id})
