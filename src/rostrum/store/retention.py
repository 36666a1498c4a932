"""Personal data of a debate: counting it, erasing it, and the record of each deletion."""

from __future__ import annotations

from typing import Any

from sqlite_utils import Database

from rostrum.domain.errors import Deleted
from rostrum.domain.retention.purge import ERASED, TEXT_LABELS, Purge
from rostrum.domain.times import from_micros, to_micros
from rostrum.store.database import all_rows, one_value
from rostrum.store.rows import instant_of

_OF_LETTERS = "(select id from letter where debate_id = :debate_id)"
_OF_REGISTRATIONS = "(select id from registration where debate_id = :debate_id)"
_OF_INVITATIONS = "(select id from invitation where debate_id = :debate_id)"
_OF_ENTRIES = "(select id from journal where debate_id = :debate_id)"

TEXTS = {
    "file_names": ("letter_file", f"letter_id in {_OF_LETTERS} and original_name != ''"),
    "remarks": ("letter", "debate_id = :debate_id and remark not in ('', :erased)"),
    "contacts": (
        "registration",
        "debate_id = :debate_id and (contact_email != '' or contact_phone != '')",
    ),
    "drafts": ("draft", "debate_id = :debate_id"),
    "move_reasons": (
        "move",
        f"registration_id in {_OF_REGISTRATIONS} and reason not in ('', :erased)",
    ),
    "strike_reasons": (
        "registration",
        "debate_id = :debate_id and struck_reason not in ('', :erased)",
    ),
    "withdrawal_reasons": (
        "registration",
        "debate_id = :debate_id and withdrawn_words not in ('', :erased)",
    ),
    "staff_notes": ("staff_note", "debate_id = :debate_id"),
    "messages": ("message", "debate_id = :debate_id"),
    "swap_reasons": ("swap", "debate_id = :debate_id and reason not in ('', :erased)"),
    "entry_reasons": (
        "registration",
        "debate_id = :debate_id and entered_words not in ('', :erased)",
    ),
    "shares": ("share", f"invitation_id in {_OF_INVITATIONS}"),
    "mission_contact": ("mission_contact", "debate_id = :debate_id"),
    "journal_values": ("journal_value", f"journal_id in {_OF_ENTRIES} and value is not null"),
}
"""By kind of text: the table, and the condition for its rows of a debate that hold one."""

ERASING = {
    "file_names": "update letter_file set original_name = '', signers = '[]'",
    "remarks": """update letter set remark =
                    case when state = 'returned' and reasons = '[]' then :erased else '' end""",
    "contacts": "update registration set contact_email = '', contact_phone = ''",
    "drafts": "delete from draft",
    "move_reasons": "update move set reason = :erased",
    "strike_reasons": "update registration set struck_reason = :erased",
    "withdrawal_reasons": "update registration set withdrawn_words = :erased",
    "staff_notes": "delete from staff_note",
    "messages": "delete from message",
    "swap_reasons": "update swap set reason = :erased",
    "entry_reasons": "update registration set entered_words = :erased",
    "shares": "delete from share",
    "mission_contact": "delete from mission_contact",
    "journal_values": "update journal_value set salt = null, value = null",
}


def count_texts(db: Database, debate_id: int) -> dict[str, int]:
    """How many rows hold a text, by kind."""
    return {
        kind: one_value(
            db,
            f"select count(*) from {table} where {where}",  # noqa: S608  ours
            **_needed(where, debate_id),
        )
        for kind, (table, where) in TEXTS.items()
    }


def erase_texts(db: Database, debate_id: int) -> int:
    """Erases all texts of every kind; returns how many rows lost one."""
    return sum(_erase(db, kind, debate_id) for kind in TEXT_LABELS)


def _erase(db: Database, kind: str, debate_id: int) -> int:
    sql = f"{ERASING[kind]} where {TEXTS[kind][1]}"
    return db.execute(sql, _needed(sql, debate_id)).rowcount


def _needed(sql: str, debate_id: int) -> dict[str, Any]:
    values = {"debate_id": debate_id, "erased": ERASED}
    return {name: value for name, value in values.items() if f":{name}" in sql}


def list_letter_names(db: Database, debate_id: int) -> list[tuple[str, str]]:
    """Stored name and delegation's code of each letter's file that no other debate also uses."""
    sql = """select distinct stored_name, code from letter_file
               join letter on letter.id = letter_id
               join delegation on delegation.id = delegation_id
             where debate_id = :debate_id and stored_name not in
               (select stored_name from letter_file join letter on letter.id = letter_id
                where debate_id != :debate_id)
             order by code, letter_id, position"""
    rows = all_rows(db, sql, debate_id=debate_id)
    return [(row["stored_name"], row["code"]) for row in rows]


def insert_purge(db: Database, purge: Purge) -> int:
    """Adds a deletion to the record (its `id` is ignored); returns the new id."""
    values = vars(purge) | {
        "purged_at": to_micros(purge.purged_at),
        "is_deletion": int(purge.is_deletion),
    }
    return db.execute(
        """insert into purge (debate_id, purged_at, actor, files, bytes, texts, is_deletion)
           values (:debate_id, :purged_at, :actor, :files, :bytes, :texts, :is_deletion)""",
        {name: value for name, value in values.items() if name not in ("id", "finished_at")},
    ).lastrowid


def update_finished(db: Database, debate_id: int, at: int) -> None:
    """Notes that nothing that a debate's deletions removed is left on disk."""
    db.execute(
        """update purge set finished_at = max(:at, purged_at)
           where debate_id = :debate_id and finished_at is null""",
        {"at": at, "debate_id": debate_id},
    )


def list_purges(db: Database, debate_id: int) -> list[Purge]:
    """The deletions of a debate, the latest first."""
    sql = "select * from purge where debate_id = :debate_id order by id desc"
    return [_purge(row) for row in all_rows(db, sql, debate_id=debate_id)]


def list_deleted_debates(db: Database) -> set[int]:
    """Ids of deleted debates, which no list shows."""
    return {row["debate_id"] for row in all_rows(db, "select * from purge where is_deletion")}


def check_is_there(db: Database, debate_id: int) -> None:
    """Raises Deleted if the debate was deleted."""
    sql = "select exists (select 1 from purge where debate_id = :debate_id and is_deletion)"
    if one_value(db, sql, debate_id=debate_id):
        raise Deleted


def _purge(row: dict[str, Any]) -> Purge:
    return Purge(
        **row
        | {
            "purged_at": from_micros(row["purged_at"]),
            "finished_at": instant_of(row["finished_at"]),
            "is_deletion": bool(row["is_deletion"]),
        }
    )
