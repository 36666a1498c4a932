"""Session rows."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlite_utils import Database

from rostrum.domain.sessions import Session
from rostrum.domain.times import from_micros, to_micros
from rostrum.store.database import first_row
from rostrum.store.rows import instant_of

_COLUMNS = "id, invitation_id, generation, staff_id, expires_at, ended_at"


def _session(row: dict[str, Any]) -> Session:
    expires_at, ended_at = from_micros(row["expires_at"]), instant_of(row["ended_at"])
    return Session(**row | {"expires_at": expires_at, "ended_at": ended_at})


def find_session(db: Database, session_hash: str) -> Session | None:
    """The session of this hash, ended ones included."""
    row = first_row(db, f"select {_COLUMNS} from session where hash = :hash", hash=session_hash)  # noqa: S608
    return _session(row) if row else None


def find_session_by_id(db: Database, session_id: int) -> Session | None:
    """The session of this row, ended ones included; None once its debate was deleted."""
    row = first_row(db, f"select {_COLUMNS} from session where id = :id", id=session_id)  # noqa: S608
    return _session(row) if row else None


def insert_session(
    db: Database,
    *,
    session_hash: str,
    started_at: datetime,
    expires_at: datetime,
    invitation_id: int | None = None,
    generation: int | None = None,
    staff_id: int | None = None,
) -> int:
    """Adds a session, of an invitation's generation or of staff; its id."""
    cursor = db.execute(
        """insert into session (hash, invitation_id, generation, staff_id, started_at, expires_at)
           values (:hash, :invitation_id, :generation, :staff_id, :started_at, :expires_at)""",
        {
            "hash": session_hash,
            "invitation_id": invitation_id,
            "generation": generation,
            "staff_id": staff_id,
            "started_at": to_micros(started_at),
            "expires_at": to_micros(expires_at),
        },
    )
    return cursor.lastrowid


def update_ended(db: Database, session_id: int, ended_at: datetime) -> None:
    db.execute(
        "update session set ended_at = :ended_at where id = :id and ended_at is null",
        {"ended_at": to_micros(ended_at), "id": session_id},
    )
