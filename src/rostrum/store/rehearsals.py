"""Rehearsals: found, counted, and deleted with everything that belongs to them."""

from __future__ import annotations

from datetime import datetime

from sqlite_utils import Database

from rostrum.domain.debates.debate import Debate
from rostrum.domain.times import to_micros
from rostrum.store.database import all_rows, one_value
from rostrum.store.debates import debate_of

_KEPT = ("debate", "journal", "journal_value")
"""Tables that keep their rows: the journal, and the debate's emptied row to which it refers."""


def list_rehearsals(db: Database, debate_id: int) -> list[Debate]:
    """The rehearsals of a debate that are still there, in order."""
    sql = """select * from debate where rehearsal_of = :debate_id and deleted_at is null
             order by id"""
    return [debate_of(row) for row in all_rows(db, sql, debate_id=debate_id)]


def count_rehearsals(db: Database, debate_id: int) -> int:
    """How many rehearsals a debate has had, deleted ones included."""
    sql = "select count(*) from debate where rehearsal_of = :debate_id"
    return one_value(db, sql, debate_id=debate_id)


def delete_rehearsal(db: Database, debate_id: int, deleted_at: datetime) -> None:
    """Removes every row that belongs to a debate, and the personal values of its journal.

    Inside a transaction. The tables are found by the schema's foreign keys, so that tables added
    later are not forgotten. The debate's own row stays, emptied.
    """
    db.execute("pragma defer_foreign_keys = on")
    belonging = _belonging(db)
    for table in sorted(belonging, key=lambda name: belonging[name].count("select"), reverse=True):
        db.execute(f"delete from {table} where {belonging[table]}", {"id": debate_id})  # noqa: S608
    db.execute(
        """update journal_value set salt = null, value = null
           where journal_id in (select id from journal where debate_id = :id)""",
        {"id": debate_id},
    )
    db.execute(
        """update debate set deleted_at = :deleted_at, notice = '{}', status_reason = ''
           where id = :id""",
        {"deleted_at": to_micros(deleted_at), "id": debate_id},
    )


def _belonging(db: Database) -> dict[str, str]:
    """Conditions for the rows that belong to the debate `:id`, by table: rows that name it, then
    rows that refer to those, and so on."""
    tables = [name for name in db.table_names() if name not in _KEPT]
    found = {name: "debate_id = :id" for name in tables if _names_a_debate(db, name)}
    while further := {
        name: rows for name in tables if name not in found and (rows := _referring(db, name, found))
    }:
        found |= further
    return found


def _names_a_debate(db: Database, table: str) -> bool:
    return "debate_id" in db.table(table).columns_dict


def _referring(db: Database, table: str, found: dict[str, str]) -> str:
    rows = [
        f"{key.column} in (select {key.other_column} from {key.other_table} "  # noqa: S608
        f"where {found[key.other_table]})"
        for key in db.table(table).foreign_keys
        if key.other_table in found
    ]
    return " or ".join(rows)
