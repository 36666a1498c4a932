"""Places and moves."""

from __future__ import annotations

from typing import Any

from sqlite_utils import Database

from rostrum.domain.journal import Actor
from rostrum.domain.places import Cause, Move, Standing
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
        actor=Actor(*row["actor"].split(":", 1)),
        reason=row["reason"],
    )


def insert_moves(db: Database, moves: list[Move]) -> None:
    rows = [
        vars(move) | {"moved_at": to_micros(move.moved_at), "actor": str(move.actor)}
        for move in moves
    ]
    db.conn.executemany(
        """insert into move (registration_id, place_before, place_after, cause, caused_by,
             moved_at, actor, reason)
           values (:registration_id, :place_before, :place_after, :cause, :caused_by,
             :moved_at, :actor, :reason)""",
        rows,
    )


def get_standing(
    db: Database, debate_id: int, registration_id: int, place: int
) -> tuple[Standing, Move | None]:
    """Where the registration of this place stands, and its latest move; one query for both."""
    sql = """select total, council_count, move.* from
               (select coalesce(max(place), 0) as total from registration
                  where debate_id = :debate_id and place is not null)
             join (select count(*) as council_count from council_member
                  where debate_id = :debate_id)
             left join move on move.id =
               (select max(id) from move where registration_id = :registration_id)"""
    row = first_row(db, sql, debate_id=debate_id, registration_id=registration_id)
    standing = Standing(place, row["total"], row["council_count"])
    return standing, _move(row) if row["id"] else None


def list_last_moves(db: Database, debate_id: int) -> dict[int, Move]:
    """The latest move of each registration of a debate, by registration id."""
    sql = """select move.* from move join registration on registration.id = registration_id
             where debate_id = :debate_id order by move.id"""
    rows = all_rows(db, sql, debate_id=debate_id)
    return {row["registration_id"]: _move(row) for row in rows}
