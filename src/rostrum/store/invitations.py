"""Invitations."""

from __future__ import annotations

import json
from datetime import datetime

from sqlite_utils import Database

from rostrum.domain.debates.debate import Debate
from rostrum.domain.delegations.delegation import Delegation
from rostrum.domain.delegations.invitations import Invitation, Opening
from rostrum.domain.errors import Deleted, NotFound
from rostrum.domain.times import from_micros, to_micros
from rostrum.store.database import all_rows, first_row
from rostrum.store.debates import debate_of
from rostrum.store.delegations import delegation_of
from rostrum.store.rows import instant_of

Invited = tuple[Debate, Delegation, Invitation, bool]
_INVITED = """select debate.*, delegation.id as delegation_id, code, names, basis, contacts,
      invitation.id as invitation_id, generation, revoked_at,
      exists (select 1 from council_member as member
        where member.debate_id = debate.id
        and member.delegation_id = delegation.id) as is_member,
      exists (select 1 from purge
        where purge.debate_id = debate.id and is_deletion) as is_deleted
    from debate join delegation join invitation
      on invitation.debate_id = debate.id
      and invitation.delegation_id = delegation.id
    where deleted_at is null"""


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


def get_invited(db: Database, slug: str, code: str) -> Invited:
    """The debate, the delegation, its invitation, and whether it is a Council member there.

    One query, because every request of a delegation begins with it. Raises NotFound if the
    delegation is not invited or either does not exist, Deleted for a deleted debate.
    """
    row = first_row(db, f"{_INVITED} and slug = :slug and code = :code", slug=slug, code=code)
    if row is None:
        raise NotFound
    if row["is_deleted"]:
        raise Deleted
    return _invited(row)


def list_invited(db: Database, ids: list[int]) -> list[Invited]:
    """What these invitations are for, without those that were deleted or whose debate was."""
    sql = f"{_INVITED} and invitation.id in (select value from json_each(:ids))"  # noqa: S608
    rows = all_rows(db, sql, ids=json.dumps(ids))
    return [_invited(row) for row in rows if not row["is_deleted"]]


def _invited(row: dict) -> Invited:
    invitation = Invitation(
        id=row["invitation_id"],
        debate_id=row["id"],
        delegation_id=row["delegation_id"],
        generation=row["generation"],
        revoked_at=instant_of(row["revoked_at"]),
    )
    delegation = delegation_of(row | {"id": row["delegation_id"]})
    return debate_of(row), delegation, invitation, bool(row["is_member"])


def list_invitations(db: Database, debate_id: int) -> list[Invitation]:
    sql = "select * from invitation where debate_id = :debate_id order by id"
    return [_invitation(row) for row in all_rows(db, sql, debate_id=debate_id)]


def list_openings(db: Database, debate_id: int, now: datetime) -> dict[int, Opening]:
    """How each invitation's present link was used, by invitation id; only opened links."""
    sql = """select invitation.id, min(started_at) as first_at,
               sum(ended_at is null and expires_at > :now and status <> 'archived') as phones
             from invitation join session on session.invitation_id = invitation.id
               and session.generation = invitation.generation
             join debate on debate.id = debate_id
             where debate_id = :debate_id group by invitation.id"""
    rows = all_rows(db, sql, debate_id=debate_id, now=to_micros(now))
    return {row["id"]: Opening(from_micros(row["first_at"]), row["phones"]) for row in rows}


def insert_invitation(db: Database, debate_id: int, delegation_id: int) -> int:
    """Adds the delegation's invitation to the debate; returns its id."""
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


def update_renewed(db: Database, invitation: Invitation) -> None:
    """Writes the generation, and that the invitation is valid."""
    db.execute(
        "update invitation set generation = :generation, revoked_at = null where id = :id",
        {"generation": invitation.generation, "id": invitation.id},
    )
