"""Swaps."""

from __future__ import annotations

from typing import Any

from sqlite_utils import Database

from rostrum.domain.errors import NotFound
from rostrum.domain.order.swaps import Swap, SwapState
from rostrum.domain.times import from_micros, to_micros
from rostrum.store.database import all_rows, first_row
from rostrum.store.rows import instant_of, micros_of

_OPEN = "state in ('asked', 'accepted')"


def _swap(row: dict[str, Any]) -> Swap:
    return Swap(
        **row
        | {
            "state": SwapState(row["state"]),
            "asked_at": from_micros(row["asked_at"]),
            "answered_at": instant_of(row["answered_at"]),
            "decided_at": instant_of(row["decided_at"]),
        }
    )


def get_swap(db: Database, debate_id: int, swap_id: int) -> Swap:
    """The swap with this id in this debate; raises NotFound."""
    sql = "select * from swap where id = :id and debate_id = :debate_id"
    row = first_row(db, sql, id=swap_id, debate_id=debate_id)
    if row is None:
        raise NotFound
    return _swap(row)


def list_swaps_of(db: Database, registration_id: int) -> list[Swap]:
    """Every swap that this registration asked for or was asked for, the newest first."""
    sql = "select * from swap where :registration_id in (asking_id, asked_id) order by id desc"
    return [_swap(row) for row in all_rows(db, sql, registration_id=registration_id)]


def list_swaps(db: Database, debate_id: int) -> list[Swap]:
    """Every swap that was ever asked for in a debate, the oldest first."""
    sql = "select * from swap where debate_id = :debate_id order by id"
    return [_swap(row) for row in all_rows(db, sql, debate_id=debate_id)]


def list_open_swaps(db: Database, debate_id: int) -> list[Swap]:
    """The swaps of a debate that can still be answered or approved."""
    sql = f"""select swap.* from swap
              join registration as one on one.id = asking_id and one.place is not null
              join registration as other on other.id = asked_id and other.place is not null
              where swap.debate_id = :debate_id and {_OPEN} order by swap.id"""  # noqa: S608
    return [_swap(row) for row in all_rows(db, sql, debate_id=debate_id)]


def list_open_swaps_of(db: Database, registration_id: int) -> list[Swap]:
    """The open swaps for which this registration asked or was asked."""
    sql = f"""select swap.* from swap
              join registration as one on one.id = asking_id and one.place is not null
              join registration as other on other.id = asked_id and other.place is not null
              where :registration_id in (asking_id, asked_id) and {_OPEN} order by swap.id"""  # noqa: S608
    return [_swap(row) for row in all_rows(db, sql, registration_id=registration_id)]


def find_open_swap(db: Database, registration_id: int) -> Swap | None:
    """The open swap that this registration asked for."""
    sql = f"select * from swap where asking_id = :registration_id and {_OPEN}"  # noqa: S608
    row = first_row(db, sql, registration_id=registration_id)
    return _swap(row) if row else None


def insert_swap(db: Database, swap: Swap) -> int:
    """Adds a swap (its `id` is ignored); returns the new id."""
    cursor = db.execute(
        """insert into swap (debate_id, asking_id, asked_id, state, asked_at)
           values (:debate_id, :asking_id, :asked_id, :state, :asked_at)""",
        {
            "debate_id": swap.debate_id,
            "asking_id": swap.asking_id,
            "asked_id": swap.asked_id,
            "state": swap.state,
            "asked_at": to_micros(swap.asked_at),
        },
    )
    return cursor.lastrowid


def update_swap(db: Database, swap: Swap) -> None:
    """Writes the swap's state and who decided."""
    db.execute(
        """update swap set state = :state, answered_at = :answered_at, decided_at = :decided_at,
           decided_by = :decided_by, reason = :reason where id = :id""",
        {
            "id": swap.id,
            "state": swap.state,
            "answered_at": micros_of(swap.answered_at),
            "decided_at": micros_of(swap.decided_at),
            "decided_by": swap.decided_by,
            "reason": swap.reason,
        },
    )
