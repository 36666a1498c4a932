"""Messages to all delegations of a debate."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlite_utils import Database

from rostrum.domain.debates.messages import Message
from rostrum.domain.times import from_micros, to_micros
from rostrum.store.database import all_rows, first_row
from rostrum.store.rows import instant_of


def _message(row: dict[str, Any]) -> Message:
    instants = {"sent_at": from_micros(row["sent_at"]), "ended_at": instant_of(row["ended_at"])}
    return Message(**row | instants)


def find_message(db: Database, debate_id: int) -> Message | None:
    """The message that delegations see now, or None."""
    sql = "select * from message where debate_id = :debate_id and ended_at is null"
    row = first_row(db, sql, debate_id=debate_id)
    return _message(row) if row else None


def list_messages(db: Database, debate_id: int) -> list[Message]:
    """All messages of a debate, the latest first."""
    sql = "select * from message where debate_id = :debate_id order by id desc"
    return [_message(row) for row in all_rows(db, sql, debate_id=debate_id)]


def insert_message(db: Database, message: Message) -> int:
    """Adds a message (its `id` is ignored); returns the new id."""
    cursor = db.execute(
        """insert into message (debate_id, text, sent_at, sent_by)
           values (:debate_id, :text, :sent_at, :sent_by)""",
        {
            "debate_id": message.debate_id,
            "text": message.text,
            "sent_at": to_micros(message.sent_at),
            "sent_by": message.sent_by,
        },
    )
    return cursor.lastrowid


def update_ended(db: Database, message_id: int, ended_at: datetime) -> None:
    db.execute(
        "update message set ended_at = max(sent_at, :ended_at) where id = :id",
        {"ended_at": to_micros(ended_at), "id": message_id},
    )
