"""Session rows."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlite_utils import Database

from rostrum.domain.access.sessions import Session
from rostrum.domain.delegations.invitations import Invitation
from rostrum.domain.times import from_micros, to_micros
from rostrum.store.database import all_rows, first_row
from rostrum.store.rows import instant_of

_COLUMNS = (
    "id, invitation_id, generation, staff_id, started_at, expires_at, ended_at, browser, seen_at, "
    "tell_before"
)


def _session(row: dict[str, Any]) -> Session:
    expires_at, ended_at = from_micros(row["expires_at"]), instant_of(row["ended_at"])
    seen_at = instant_of(row["seen_at"])
    instants = {"expires_at": expires_at, "ended_at": ended_at, "seen_at": seen_at}
    return Session(**row | instants | {"started_at": from_micros(row["started_at"])})


def find_session(db: Database, session_hash: str) -> Session | None:
    """The session with this hash, ended ones included, or None."""
    row = first_row(db, f"select {_COLUMNS} from session where hash = :hash", hash=session_hash)  # noqa: S608
    return _session(row) if row else None


def find_session_by_id(db: Database, session_id: int) -> Session | None:
    """The session with this id, ended ones included; None once its debate was deleted."""
    row = first_row(db, f"select {_COLUMNS} from session where id = :id", id=session_id)  # noqa: S608
    return _session(row) if row else None


def list_live_sessions(db: Database, invitation: Invitation, now: datetime) -> list[Session]:
    """The phones signed in with the invitation's present link, the latest first."""
    sql = f"""select {_COLUMNS} from session where invitation_id = :id
              and generation = :generation and ended_at is null and expires_at > :now
              order by started_at desc, id desc"""  # noqa: S608
    values = {"id": invitation.id, "generation": invitation.generation, "now": to_micros(now)}
    return [_session(row) for row in all_rows(db, sql, **values)]


def list_staff_sessions(db: Database, staff_id: int, now: datetime) -> list[Session]:
    """The browsers in which an account is signed in, the latest first."""
    sql = f"""select {_COLUMNS} from session where staff_id = :id and ended_at is null
              and expires_at > :now order by started_at desc, id desc"""  # noqa: S608
    rows = all_rows(db, sql, id=staff_id, now=to_micros(now))
    return [_session(row) for row in rows]


def insert_session(
    db: Database,
    *,
    session_hash: str,
    started_at: datetime,
    expires_at: datetime,
    invitation_id: int | None = None,
    generation: int | None = None,
    staff_id: int | None = None,
    browser: str = "",
) -> int:
    """Adds a session of staff or of an invitation's generation; returns its id."""
    cursor = db.execute(
        """insert into session
             (hash, invitation_id, generation, staff_id, started_at, expires_at, browser, seen_at)
           values (:hash, :invitation_id, :generation, :staff_id, :started_at, :expires_at,
             :browser, :seen_at)""",
        {
            "hash": session_hash,
            "invitation_id": invitation_id,
            "generation": generation,
            "staff_id": staff_id,
            "started_at": to_micros(started_at),
            "expires_at": to_micros(expires_at),
            "browser": browser,
            "seen_at": to_micros(started_at) if staff_id else None,
        },
    )
    return cursor.lastrowid


def update_ended(db: Database, session_id: int, ended_at: datetime) -> None:
    db.execute(
        "update session set ended_at = :ended_at where id = :id and ended_at is null",
        {"ended_at": to_micros(ended_at), "id": session_id},
    )


def update_seen(db: Database, session_id: int, seen_at: datetime) -> None:
    sql = "update session set seen_at = :at where id = :id"
    db.execute(sql, {"at": to_micros(seen_at), "id": session_id})


def update_telling(db: Database, session_id: int, tell_before: int | None) -> None:
    sql = "update session set tell_before = :before where id = :id"
    db.execute(sql, {"before": tell_before, "id": session_id})
