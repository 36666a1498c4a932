"""The database knows its key by a fingerprint, so that another key is noticed."""

from __future__ import annotations

from sqlite_utils import Database

from rostrum.store.steps.registry import migrations


@migrations()
def m0014_key(db: Database) -> None:
    db.executescript("""
    create table instance_key (
        id integer primary key check (id = 1),
        fingerprint text not null check (length(fingerprint) = 64)
    ) strict;
    """)
