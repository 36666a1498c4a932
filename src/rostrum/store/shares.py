"""Links that show a delegation's place."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlite_utils import Database

from rostrum.domain.delegations.invitations import Invitation
from rostrum.domain.delegations.shares import Share
from rostrum.domain.times import from_micros, to_micros
from rostrum.store.database import all_rows, first_row
from rostrum.store.rows import instant_of


def _share(row: dict[str, Any]) -> Share:
    instants = {"made_at": from_micros(row["made_at"]), "ended_at": instant_of(row["ended_at"])}
    return Share(**row | instants)


def find_share(db: Database, share_id: int) -> Share | None:
    """The share with this id, ended ones included, or None."""
    row = first_row(db, "select * from share where id = :id", id=share_id)
    return _share(row) if row else None


def list_shares(db: Database, invitation: Invitation) -> list[Share]:
    """The links that work now, the latest first."""
    sql = "select * from share where invitation_id = :id order by id desc"
    found = [_share(row) for row in all_rows(db, sql, id=invitation.id)]
    return [share for share in found if share.works(invitation)]


def insert_share(db: Database, share: Share) -> int:
    """Adds a share (its `id` is ignored); returns the new id."""
    cursor = db.execute(
        """insert into share (invitation_id, generation, made_at, browser)
           values (:invitation_id, :generation, :made_at, :browser)""",
        {
            "invitation_id": share.invitation_id,
            "generation": share.generation,
            "made_at": to_micros(share.made_at),
            "browser": share.browser,
        },
    )
    return cursor.lastrowid


def update_ended(db: Database, share_id: int, ended_at: datetime, ended_by: str) -> None:
    db.execute(
        """update share set ended_at = max(made_at, :ended_at), ended_by = :ended_by
           where id = :id""",
        {"ended_at": to_micros(ended_at), "ended_by": ended_by, "id": share_id},
    )
