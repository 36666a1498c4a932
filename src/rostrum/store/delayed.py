"""Changes that wait until they can no longer be taken back, and what became of each."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlite_utils import Database

from rostrum.domain.actors import Actor
from rostrum.domain.order.delayed import ChangeKind, ChangeState, DelayedChange, DropReason
from rostrum.domain.times import from_micros, to_micros
from rostrum.store.database import all_rows, first_row
from rostrum.store.rows import instant_of, micros_of

_CHANGES = """select delayed_change.*,
      swap.asking_id as other_id
    from delayed_change left join swap on swap.id = swap_id"""


def _change(row: dict[str, Any]) -> DelayedChange:
    names = ("id", "debate_id", "registration_id", "place_seen", "place", "swap_id", "other_id")
    return DelayedChange(
        **{name: row[name] for name in names},
        kind=ChangeKind(row["kind"]),
        decided_at=from_micros(row["decided_at"]),
        due_at=from_micros(row["due_at"]),
        actor=Actor(*row["actor"].split(":", 1), row["browser"]),
        was_open=bool(row["was_open"]),
        state=ChangeState(row["state"]),
        settled_at=instant_of(row["settled_at"]),
        drop_reason=DropReason(row["drop_reason"]) if row["drop_reason"] else None,
    )


def find_waiting_change(db: Database, registration_id: int) -> DelayedChange | None:
    """The change of this place that waits: its own, or that of a swap for which it asked."""
    sql = f"""{_CHANGES} where delayed_change.state = 'waiting'
              and :id in (registration_id, swap.asking_id)"""
    row = first_row(db, sql, id=registration_id)
    return _change(row) if row else None


def find_last_change(db: Database, debate_id: int, delegation_id: int) -> DelayedChange | None:
    """The last change of this delegation's place in a debate: its own, or that of a swap."""
    sql = f"""with own as (select id from registration
                where debate_id = :debate_id and delegation_id = :delegation_id)
              {_CHANGES} where delayed_change.id = (select max(id) from (
                select max(id) as id from delayed_change
                  where registration_id in (select id from own)
                union all
                select max(delayed_change.id) from delayed_change
                  join swap on swap.id = swap_id where swap.asking_id in (select id from own)))"""  # noqa: S608
    row = first_row(db, sql, debate_id=debate_id, delegation_id=delegation_id)
    return _change(row) if row else None


def find_next_change(db: Database) -> DelayedChange | None:
    """Of all waiting changes, the one whose time comes first."""
    sql = f"""{_CHANGES} where delayed_change.state = 'waiting'
              order by due_at, delayed_change.id limit 1"""
    row = first_row(db, sql)
    return _change(row) if row else None


def list_waiting_swaps(db: Database, debate_id: int) -> dict[int, datetime]:
    """When each agreed swap of a debate that can still be taken back is done, by the swap's id."""
    sql = """select swap_id, due_at from delayed_change
             where debate_id = :debate_id and state = 'waiting' and swap_id is not null"""
    rows = all_rows(db, sql, debate_id=debate_id)
    return {row["swap_id"]: from_micros(row["due_at"]) for row in rows}


def insert_change(db: Database, change: DelayedChange) -> int:
    """Adds a change that waits (its `id` is ignored); returns the new id."""
    cursor = db.execute(
        """insert into delayed_change (debate_id, registration_id, kind, place_seen, place, swap_id,
             was_open, actor, browser, decided_at, due_at)
           values (:debate_id, :registration_id, :kind, :place_seen, :place, :swap_id,
             :was_open, :actor, :browser, :decided_at, :due_at)""",
        {
            "debate_id": change.debate_id,
            "registration_id": change.registration_id,
            "kind": change.kind,
            "place_seen": change.place_seen,
            "place": change.place,
            "swap_id": change.swap_id,
            "was_open": int(change.was_open),
            "actor": str(change.actor),
            "browser": change.actor.browser,
            "decided_at": to_micros(change.decided_at),
            "due_at": to_micros(change.due_at),
        },
    )
    return cursor.lastrowid


def update_settled(db: Database, change: DelayedChange) -> None:
    """Writes what became of the change."""
    db.execute(
        """update delayed_change set state = :state, settled_at = :settled_at,
           drop_reason = :drop_reason where id = :id""",
        {
            "id": change.id,
            "state": change.state,
            "settled_at": micros_of(change.settled_at),
            "drop_reason": change.drop_reason or "",
        },
    )
