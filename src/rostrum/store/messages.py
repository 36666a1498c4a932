"""Messages to delegations of a debate, and to whom each is addressed."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from rostrum.domain.errors import NotFound
from rostrum.domain.registrations.messages import Message
from rostrum.domain.registrations.roll import Shown
from rostrum.domain.times import from_micros, to_micros
from rostrum.store.database import all_rows, first_row, one_value
from rostrum.store.rows import instant_of, micros_of

_SELECT = """select message.*,
    (select json_group_array(delegation_id) from message_recipient where message_id = message.id)
      as recipients
  from message where debate_id = :debate_id"""
_IS_TO = """(part is 'all' or exists (select 1 from message_recipient
  where message_id = message.id and delegation_id = :delegation_id))"""
_STANDS = "ended_at is null and (ends_at is null or ends_at > :now)"


def _message(row: dict[str, Any]) -> Message:
    instants = {name: instant_of(row[name]) for name in ("ended_at", "ends_at")}
    others = {
        "sent_at": from_micros(row["sent_at"]),
        "part": row["part"] and Shown(row["part"]),
        "is_public": bool(row["is_public"]),
        "recipients": tuple(sorted(json.loads(row["recipients"]))),
        "translations": json.loads(row["translations"]),
    }
    return Message(**row | instants | others)


def _found(db: Database, where: str, **values: Any) -> list[Message]:
    rows = all_rows(db, f"{_SELECT} and {where} order by id desc", **values)
    return [_message(row) for row in rows]


def get_message(db: Database, debate_id: int, message_id: int) -> Message:
    """The message with this id in this debate; raises NotFound."""
    row = first_row(db, f"{_SELECT} and id = :id", debate_id=debate_id, id=message_id)
    if row is None:
        raise NotFound
    return _message(row)


def list_messages(db: Database, debate_id: int) -> list[Message]:
    """All messages of a debate, the latest first."""
    return _found(db, "true", debate_id=debate_id)


def list_standing(db: Database, debate_id: int, now: datetime) -> list[Message]:
    """The messages that stand on any page now, the latest first."""
    return _found(db, _STANDS, debate_id=debate_id, now=to_micros(now))


def list_read_by(db: Database, debate_id: int, delegation_id: int, now: datetime) -> list[Message]:
    """The messages on a delegation's page now, the latest first."""
    where = f"{_STANDS} and {_IS_TO}"
    values = {"delegation_id": delegation_id, "now": to_micros(now)}
    return _found(db, where, debate_id=debate_id, **values)


def list_sent_to(db: Database, debate_id: int, delegation_id: int) -> list[Message]:
    """All messages that a delegation could ever read, the latest first."""
    return _found(db, _IS_TO, debate_id=debate_id, delegation_id=delegation_id)


def list_public(db: Database, debate_id: int, now: datetime) -> list[Message]:
    """The messages on the public list now, the latest first."""
    return _found(db, f"{_STANDS} and is_public", debate_id=debate_id, now=to_micros(now))


def count_changes(db: Database, debate_id: int) -> int:
    """How often a message of a debate was sent or withdrawn."""
    sql = "select count(*) + count(ended_at) from message where debate_id = :debate_id"
    return one_value(db, sql, debate_id=debate_id)


def insert_message(db: Database, message: Message) -> int:
    """Adds a message (its `id` is ignored) with its recipients; returns the new id."""
    cursor = db.execute(
        """insert into message
             (debate_id, text, sent_at, sent_by, part, is_public, ends_at, translations)
           values (:debate_id, :text, :sent_at, :sent_by, :part, :is_public, :ends_at,
             :translations)""",
        {
            "debate_id": message.debate_id,
            "text": message.text,
            "sent_at": to_micros(message.sent_at),
            "sent_by": message.sent_by,
            "part": message.part,
            "is_public": int(message.is_public),
            "ends_at": micros_of(message.ends_at),
            "translations": json.dumps(message.translations, ensure_ascii=False),
        },
    )
    rows = [{"id": cursor.lastrowid, "to": each} for each in message.recipients]
    db.conn.executemany("insert into message_recipient values (:id, :to)", rows)
    return cursor.lastrowid


def update_ended(db: Database, message_id: int, ended_at: datetime) -> None:
    db.execute(
        "update message set ended_at = max(sent_at, :ended_at) where id = :id",
        {"ended_at": to_micros(ended_at), "id": message_id},
    )
