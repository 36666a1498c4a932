"""Places and moves."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from rostrum.domain.actors import Actor
from rostrum.domain.order.places import Cause, Move, MoveCount, Standing
from rostrum.domain.order.precedence import Rank
from rostrum.domain.times import from_micros, to_micros
from rostrum.store.database import all_rows, first_row
from rostrum.store.rows import instant_of, micros_of

ENOUGH = 1000
"""Moves, more than there are delegations."""


def list_places(db: Database, debate_id: int) -> dict[int, int]:
    """Place by registration id, of all active registrations."""
    sql = "select id, place from registration where debate_id = :debate_id and place is not null"
    return {row["id"]: row["place"] for row in all_rows(db, sql, debate_id=debate_id)}


def list_ranks(db: Database, debate_id: int) -> dict[int, Rank]:
    """The values that the rule of the order compares, by registration id, in order of place."""
    sql = """select id, ranked_level, arrival_number, received_at from registration
             where debate_id = :debate_id and place is not null order by place"""
    rows = all_rows(db, sql, debate_id=debate_id)
    return {
        row["id"]: Rank(row["ranked_level"], row["arrival_number"], row["received_at"])
        for row in rows
    }


def update_places(db: Database, places: dict[int, int]) -> None:
    """Writes new places by registration id.

    In two passes, through negative numbers: the unique index is checked row by row, and while
    places are written one after the other, two registrations would have the same number.
    """
    rows = [{"id": registration_id, "place": -place} for registration_id, place in places.items()]
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
        ground=row["ground"],
        reason=row["reason"],
        received_at=instant_of(row["received_at"]),
        id=row["id"],
    )


def insert_moves(db: Database, moves: list[Move]) -> None:
    rows = [
        vars(move)
        | {
            "moved_at": to_micros(move.moved_at),
            "actor": str(move.actor),
            "received_at": micros_of(move.received_at),
        }
        for move in moves
    ]
    db.conn.executemany(
        """insert into move (registration_id, place_before, place_after, cause, caused_by,
             moved_at, actor, ground, reason, received_at)
           values (:registration_id, :place_before, :place_after, :cause, :caused_by,
             :moved_at, :actor, :ground, :reason, :received_at)""",
        rows,
    )


def get_standing(
    db: Database, debate_id: int, registration_id: int, place: int
) -> tuple[Standing, Move | None]:
    """The standing of the registration with this place, and its latest move, in one query."""
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


def count_moves(
    db: Database, registration_id: int, since: datetime | None = None
) -> list[MoveCount]:
    """What explains the place of one registration, by causes; of its moves after `since` only."""
    return _count_moves(db, [registration_id], since)[registration_id]


def list_move_counts(db: Database, debate_id: int) -> dict[int, list[MoveCount]]:
    """What explains the places of a debate, by registration id."""
    sql = "select id from registration where debate_id = :debate_id and place is not null"
    return _count_moves(db, [row["id"] for row in all_rows(db, sql, debate_id=debate_id)])


def _count_moves(
    db: Database, registration_ids: list[int], since: datetime | None = None
) -> dict[int, list[MoveCount]]:
    """Other delegations, and the causes of a registration's own moves, that left their mark on its
    place: who came and went, or was moved and moved back, explains nothing. A swap counts apart.

    A delegation that left its mark counts once, by what it did last.
    """
    sql = """select registration_id, cause, is_own, count(*) as count, max(last) as last from (
               select registration_id, cause, caused_by = delegation_id as is_own,
                 max(move.id) as last
               from move join registration on registration.id = registration_id
               where registration_id in (select value from json_each(:ids))
                 and (:since is null or moved_at > :since)
               group by registration_id, caused_by,
                 case when caused_by = delegation_id or cause = :swap then cause else '' end
               having sum(place_after - place_before) != 0)
             group by registration_id, cause, is_own order by min(last)"""
    values = {"ids": json.dumps(registration_ids), "since": micros_of(since), "swap": Cause.SWAP}
    found: dict[int, list[MoveCount]] = defaultdict(list)
    for row in all_rows(db, sql, **values):
        counted = MoveCount(Cause(row["cause"]), bool(row["is_own"]), row["count"], row["last"])
        found[row["registration_id"]].append(counted)
    return found


def list_last_moves(db: Database, debate_id: int) -> dict[int, Move]:
    """The latest move of each registration of a debate, by registration id."""
    sql = """select move.* from move join registration on registration.id = registration_id
             where debate_id = :debate_id order by move.id"""
    rows = all_rows(db, sql, debate_id=debate_id)
    return {row["registration_id"]: _move(row) for row in rows}


def list_moves(db: Database, debate_id: int) -> list[Move]:
    """Every move of a debate, in order."""
    sql = """select move.* from move join registration on registration.id = registration_id
             where debate_id = :debate_id order by move.id"""
    return [_move(row) for row in all_rows(db, sql, debate_id=debate_id)]


def list_moves_of(db: Database, registration_id: int) -> list[Move]:
    """Every move of one registration, in order."""
    sql = "select * from move where registration_id = :id order by id"
    return [_move(row) for row in all_rows(db, sql, id=registration_id)]


def list_latest_moves(db: Database, debate_id: int, causes: Iterable[Cause]) -> list[Move]:
    """The moves of these causes in a debate, the latest first: enough for acts on a whole list."""
    sql = """select move.* from move join registration on registration.id = registration_id
             where debate_id = :debate_id and cause in (select value from json_each(:causes))
             order by move.id desc limit :enough"""
    values = {"debate_id": debate_id, "causes": json.dumps(list(causes)), "enough": ENOUGH}
    return [_move(row) for row in all_rows(db, sql, **values)]
