"""Openings that were moved."""

from __future__ import annotations

from sqlite_utils import Database

from rostrum.domain.debates.settings import OpeningMove
from rostrum.domain.times import from_micros, to_micros
from rostrum.store.database import first_row


def find_last_opening_move(db: Database, debate_id: int) -> OpeningMove | None:
    """The latest move of the opening, or None if it never moved."""
    sql = """select debate_id, before, after, reason, moved_at, moved_by from opening_move
             where debate_id = :debate_id order by id desc limit 1"""
    row = first_row(db, sql, debate_id=debate_id)
    if row is None:
        return None
    instants = {name: from_micros(row[name]) for name in ("before", "after", "moved_at")}
    return OpeningMove(**row | instants)


def insert_opening_move(db: Database, move: OpeningMove) -> None:
    instants = {name: to_micros(getattr(move, name)) for name in ("before", "after", "moved_at")}
    db.execute(
        """insert into opening_move (debate_id, before, after, reason, moved_at, moved_by)
           values (:debate_id, :before, :after, :reason, :moved_at, :moved_by)""",
        vars(move) | instants,
    )
