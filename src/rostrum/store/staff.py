"""Accounts of the mission's staff."""

from __future__ import annotations

from sqlite_utils import Database

from rostrum.domain.staff import Role, Staff
from rostrum.store.database import first_row


def _staff(row: dict) -> Staff:
    return Staff(**row | {"role": Role(row["role"])})


def find_staff(db: Database, name: str) -> Staff | None:
    """The account of this name, upper and lower case alike."""
    row = first_row(db, "select * from staff where name = :name", name=name)
    return _staff(row) if row else None


def find_staff_by_id(db: Database, staff_id: int) -> Staff | None:
    row = first_row(db, "select * from staff where id = :id", id=staff_id)
    return _staff(row) if row else None


def insert_staff(db: Database, name: str, role: Role, password_hash: str) -> int:
    """Adds an account; its id."""
    cursor = db.execute(
        "insert into staff (name, role, password_hash) values (:name, :role, :password_hash)",
        {"name": name, "role": role, "password_hash": password_hash},
    )
    return cursor.lastrowid
