"""Places and moves."""

from __future__ import annotations

from typing import Any

from sqlite_utils import Database

from rostrum.domain.places import Cause, Move
from rostrum.domain.times import from_micros, to_micros
from rostrum.store.database import all_rows, first_row


def list_places(db: Database, debate_id: int) -> dict[int, int]:
    """Place by registration id, of all active registrations."""
    sql = "select id, place from registration where debate_id = :debate_id and place is not null"
    return {row["id"]: row["place"] for row in all_rows(db, sql, debate_id=debate_id)}


def update_places(db: Database, places: dict[int, int]) -> None:
    """Writes new places by registration id.

    In two passes, by way of negative numbers: the unique index is checked row by row, and a
    list that is being closed up or reordered holds every number at some moment.
    """
    rows = [{"id": who, "place": -place} for who, place in places.items()]
    db.conn.executemany("update registration set place = :place where id = :id", rows)
    db.conn.executemany("update registration set place = -place where id = :id", rows)


def _move(row: dict[str, Any]) -> Move:
    values = {name: row[name] for name in ("registration_id", "place_before", "place_after")}
    return Move(
        **values,
        cause=Cause(row["cause"]),
        caused_by=row["caused_by"],
        moved_at=from_micros(row["moved_at"]),
    )


def insert_moves(db: Database, moves: list[Move]) -> None:
    rows = [vars(move) | {"moved_at": to_micros(move.moved_at)} for move in moves]
    db.conn.executemany(
        """insert into move (registration_id, place_before, place_after, cause, caused_by,
             moved_at)
           values (:registration_id, :place_before, :place_after, :cause, :caused_by,
             :moved_at)""",
        rows,
    )


def find_last_move(db: Database, registration_id: int) -> Move | None:
    """The latest move of a registration."""
    sql = """select * from move where registration_id = :registration_id
             order by id desc limit 1"""
    row = first_row(db, sql, registration_id=registration_id)
    return _move(row) if row else None


def list_last_moves(db: Database, debate_id: int) -> dict[int, Move]:
    """The latest move of each registration of a debate, by registration id."""
    sql = """select move.* from move join registration on registration.id = registration_id
             where debate_id = :debate_id order by move.id"""
    rows = all_rows(db, sql, debate_id=debate_id)
    return {row["registration_id"]: _move(row) for row in rows}
