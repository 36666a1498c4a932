"""Changes of what delegations were told about a debate."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlite_utils import Database

from rostrum.domain.debates.announced import AnnouncedChange
from rostrum.domain.times import from_micros, to_micros
from rostrum.store.database import all_rows


def list_last_changes(db: Database, debate_id: int) -> list[AnnouncedChange]:
    """The latest change of each part that ever changed."""
    sql = """select debate_id, part, before, after, reason, changed_at, changed_by
             from announced_change where id in
               (select max(id) from announced_change where debate_id = :debate_id group by part)
             order by id"""
    return [_change(row) for row in all_rows(db, sql, debate_id=debate_id)]


def list_changes(db: Database, debate_id: int, part: str) -> list[AnnouncedChange]:
    """Every change of one part, in order."""
    sql = """select debate_id, part, before, after, reason, changed_at, changed_by
             from announced_change where debate_id = :debate_id and part = :part order by id"""
    return [_change(row) for row in all_rows(db, sql, debate_id=debate_id, part=part)]


def _change(row: dict[str, Any]) -> AnnouncedChange:
    return AnnouncedChange(
        **row
        | {name: _value(row[name]) for name in ("before", "after")}
        | {"changed_at": from_micros(row["changed_at"])}
    )


def insert_announced_change(db: Database, change: AnnouncedChange) -> None:
    values = vars(change) | {
        "before": _stored(change.before),
        "after": _stored(change.after),
        "changed_at": to_micros(change.changed_at),
    }
    db.execute(
        """insert into announced_change
             (debate_id, part, before, after, reason, changed_at, changed_by)
           values (:debate_id, :part, :before, :after, :reason, :changed_at, :changed_by)""",
        values,
    )


def _stored(value: datetime | str | None) -> int | str | None:
    return to_micros(value) if isinstance(value, datetime) else value


def _value(stored: int | str | None) -> datetime | str | None:
    return from_micros(stored) if isinstance(stored, int) else stored
