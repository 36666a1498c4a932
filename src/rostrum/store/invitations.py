"""Invitations."""

from __future__ import annotations

from sqlite_utils import Database

from rostrum.domain.invitations import Invitation
from rostrum.store.database import all_rows, first_row
from rostrum.store.rows import instant_of


def _invitation(row: dict) -> Invitation:
    return Invitation(**row | {"revoked_at": instant_of(row["revoked_at"])})


def find_invitation(db: Database, invitation_id: int) -> Invitation | None:
    row = first_row(db, "select * from invitation where id = :id", id=invitation_id)
    return _invitation(row) if row else None


def find_invitation_of(db: Database, debate_id: int, delegation_id: int) -> Invitation | None:
    sql = """select * from invitation
             where debate_id = :debate_id and delegation_id = :delegation_id"""
    row = first_row(db, sql, debate_id=debate_id, delegation_id=delegation_id)
    return _invitation(row) if row else None


def list_invitations(db: Database, debate_id: int) -> list[Invitation]:
    sql = "select * from invitation where debate_id = :debate_id order by id"
    return [_invitation(row) for row in all_rows(db, sql, debate_id=debate_id)]


def insert_invitation(db: Database, debate_id: int, delegation_id: int) -> int:
    """Adds the delegation's invitation to the debate; its id."""
    cursor = db.execute(
        "insert into invitation (debate_id, delegation_id) values (:debate_id, :delegation_id)",
        {"debate_id": debate_id, "delegation_id": delegation_id},
    )
    return cursor.lastrowid


def update_revoked(db: Database, invitation_id: int, revoked_at: int) -> None:
    """Ends an invitation; instants in microseconds."""
    db.execute(
        "update invitation set revoked_at = :revoked_at where id = :id",
        {"revoked_at": revoked_at, "id": invitation_id},
    )
