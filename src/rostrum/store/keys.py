"""Which key the links, receipts and authenticators of this database were made with.

The key itself is never here, only its fingerprint.
"""

from __future__ import annotations

from sqlite_utils import Database

from rostrum.store.database import first_row, one_value

KEYED = ("invitation", "registration", "staff")
"""Tables whose rows have links, receipts or authenticators that only this key can make again."""


def find_fingerprint(db: Database) -> str | None:
    """The fingerprint of the database's key; None if none was noted yet."""
    if not db["instance_key"].exists():
        return None
    row = first_row(db, "select fingerprint from instance_key")
    return row and row["fingerprint"]


def update_fingerprint(db: Database, fingerprint: str) -> None:
    """Notes the key to which this database belongs from now on."""
    sql = "insert or replace into instance_key (id, fingerprint) values (1, :fingerprint)"
    db.execute(sql, {"fingerprint": fingerprint})


def needs_its_key(db: Database) -> bool:
    """Whether something given out would stop working with another key."""
    there = set(db.table_names()).intersection(KEYED)
    exist = (f"select exists (select 1 from {table})" for table in sorted(there))  # noqa: S608  ours
    return any(one_value(db, sql) for sql in exist)
