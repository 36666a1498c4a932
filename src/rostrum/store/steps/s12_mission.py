"""The mission's settings for all debates: one row."""

from __future__ import annotations

from sqlite_utils import Database

from rostrum.store.steps.registry import migrations


@migrations()
def m0015_outside_address(db: Database) -> None:
    db.executescript("""
    create table mission (
        id integer primary key check (id = 1),
        base_url text not null default ''
            check (base_url = '' or base_url glob 'http://?*' or base_url glob 'https://?*'),
        listening text not null default ''
            check (listening = '' or listening glob 'http://?*')
    ) strict;
    insert into mission (id) values (1);
    """)
