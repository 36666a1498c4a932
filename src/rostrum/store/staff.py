"""Accounts of the mission's staff, and their one-time links."""

from __future__ import annotations

from datetime import datetime

from sqlite_utils import Database

from rostrum.domain.errors import NotFound
from rostrum.domain.staff.accounts import Role, Staff, StaffLink
from rostrum.domain.times import from_micros, to_micros
from rostrum.store.database import all_rows, first_row
from rostrum.store.rows import instant_of


def _staff(row: dict) -> Staff:
    instants = {name: instant_of(row[name]) for name in ("deactivated_at", "totp_since")}
    return Staff(**row | instants | {"role": Role(row["role"]), "is_demo": bool(row["is_demo"])})


def find_staff(db: Database, name: str) -> Staff | None:
    """The account with this name, in upper or lower case, or None."""
    row = first_row(db, "select * from staff where name = :name", name=name)
    return _staff(row) if row else None


def find_staff_by_id(db: Database, staff_id: int) -> Staff | None:
    row = first_row(db, "select * from staff where id = :id", id=staff_id)
    return _staff(row) if row else None


def get_staff(db: Database, staff_id: int) -> Staff:
    found = find_staff_by_id(db, staff_id)
    if found is None:
        raise NotFound
    return found


def list_staff(db: Database) -> list[Staff]:
    """Every account, by name."""
    return [_staff(row) for row in all_rows(db, "select * from staff order by name")]


def insert_staff(
    db: Database, name: str, role: Role, password_hash: str, *, is_demo: bool = False
) -> int:
    """Adds an account; returns its id."""
    cursor = db.execute(
        """insert into staff (name, role, password_hash, is_demo)
           values (:name, :role, :password_hash, :is_demo)""",
        {"name": name, "role": role, "password_hash": password_hash, "is_demo": int(is_demo)},
    )
    return cursor.lastrowid


def update_password(db: Database, staff_id: int, password_hash: str) -> None:
    sql = "update staff set password_hash = :hash where id = :id"
    db.execute(sql, {"hash": password_hash, "id": staff_id})


def update_role(db: Database, staff_id: int, role: Role) -> None:
    db.execute("update staff set role = :role where id = :id", {"role": role, "id": staff_id})


def update_deactivated(db: Database, staff_id: int, at: datetime | None) -> None:
    sql = "update staff set deactivated_at = :at where id = :id"
    db.execute(sql, {"at": to_micros(at) if at else None, "id": staff_id})


def insert_link(
    db: Database, *, staff_id: int, hash_: str, made_at: datetime, expires_at: datetime,
    resets_totp: bool,
) -> None:  # fmt: skip
    """Adds a link; the account's earlier links stop working."""
    at = {"made_at": to_micros(made_at), "expires_at": to_micros(expires_at)}
    update_link_used(db, staff_id, made_at)
    db.execute(
        """insert into staff_link (staff_id, hash, resets_totp, made_at, expires_at)
           values (:staff_id, :hash, :resets_totp, :made_at, :expires_at)""",
        at | {"staff_id": staff_id, "hash": hash_, "resets_totp": int(resets_totp)},
    )


def find_link(db: Database, hash_: str) -> StaffLink | None:
    """The link with this hash, used ones included, or None."""
    sql = """select id, staff_id, resets_totp, expires_at, used_at from staff_link
             where hash = :hash"""
    row = first_row(db, sql, hash=hash_)
    if row is None:
        return None
    until, used_at = from_micros(row["expires_at"]), instant_of(row["used_at"])
    return StaffLink(row["id"], row["staff_id"], bool(row["resets_totp"]), until, used_at)


def update_link_used(db: Database, staff_id: int, used_at: datetime) -> None:
    """Ends every open link of the account."""
    sql = "update staff_link set used_at = :at where staff_id = :id and used_at is null"
    db.execute(sql, {"at": to_micros(used_at), "id": staff_id})


def update_totp_off(db: Database, staff_id: int) -> None:
    """Removes the second factor and its recovery codes; its secret never counts again."""
    db.execute("update staff set totp_since = null where id = :id", {"id": staff_id})
    db.execute("delete from recovery_code where staff_id = :id", {"id": staff_id})
