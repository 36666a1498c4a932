"""Letters: one row a version."""

from __future__ import annotations

from typing import Any

from sqlite_utils import Database

from rostrum.domain.errors import NotFound
from rostrum.domain.letters import Letter, LetterState
from rostrum.domain.times import from_micros, to_micros
from rostrum.store.database import all_rows, first_row
from rostrum.store.rows import instant_of, micros_of


def letter_of(row: dict[str, Any]) -> Letter:
    return Letter(
        **row
        | {
            "uploaded_at": from_micros(row["uploaded_at"]),
            "state": LetterState(row["state"]),
            "decided_at": instant_of(row["decided_at"]),
        }
    )


def get_letter(db: Database, debate_id: int, letter_id: int) -> Letter:
    """The letter of this id in this debate; raises NotFound."""
    sql = "select * from letter where id = :id and debate_id = :debate_id"
    row = first_row(db, sql, id=letter_id, debate_id=debate_id)
    if row is None:
        raise NotFound
    return letter_of(row)


def find_letter_before(db: Database, letter: Letter) -> Letter | None:
    """The version that this one replaced."""
    sql = """select * from letter where debate_id = :debate_id
             and delegation_id = :delegation_id and id < :id order by id desc limit 1"""
    who = {"debate_id": letter.debate_id, "delegation_id": letter.delegation_id}
    row = first_row(db, sql, id=letter.id, **who)
    return letter_of(row) if row else None


def list_letters_by_id(db: Database, debate_id: int) -> dict[int, Letter]:
    """All letters of a debate by id."""
    sql = "select * from letter where debate_id = :debate_id"
    return {row["id"]: letter_of(row) for row in all_rows(db, sql, debate_id=debate_id)}


def list_stored_names(db: Database) -> set[str]:
    """The names under which letters of all debates lie on disk."""
    return {row["stored_name"] for row in all_rows(db, "select stored_name from letter")}


def insert_letter(db: Database, letter: Letter) -> int:
    """Adds a version (its `id` is ignored); the new id."""
    values = vars(letter) | {
        "uploaded_at": to_micros(letter.uploaded_at),
        "decided_at": micros_of(letter.decided_at),
    }
    del values["id"]
    names = ", ".join(values)
    parameters = ", ".join(f":{name}" for name in values)
    sql = f"insert into letter ({names}) values ({parameters})"  # noqa: S608  names are ours
    return db.execute(sql, values).lastrowid


def update_decision(db: Database, letter: Letter) -> None:
    """Writes state, reason and who decided when."""
    db.execute(
        """update letter set state = :state, reason = :reason, decided_by = :decided_by,
           decided_at = :decided_at where id = :id""",
        {
            "state": letter.state,
            "reason": letter.reason,
            "decided_by": letter.decided_by,
            "decided_at": micros_of(letter.decided_at),
            "id": letter.id,
        },
    )


def update_pages(db: Database, letter_id: int, pages: int) -> None:
    db.execute("update letter set pages = :pages where id = :id", {"pages": pages, "id": letter_id})


def delete_unregistered_letter(db: Database, letter_id: int) -> None:
    """Removes a version, unless a registration (a withdrawn one too) has it."""
    db.execute(
        """delete from letter where id = :id
           and not exists (select 1 from registration
             where :id in (letter_id, receipt_letter_id))""",
        {"id": letter_id},
    )
