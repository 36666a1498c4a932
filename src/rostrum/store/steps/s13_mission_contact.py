"""Who runs a debate and whom to call: for all debates, and where it differs for one."""

from __future__ import annotations

from sqlite_utils import Database

from rostrum.store.steps.registry import migrations


@migrations()
def m0016_mission_contact(db: Database) -> None:
    db.executescript("""
    create table mission_contact (
        id integer primary key,
        debate_id integer unique references debate(id),
        name text not null default '',
        phone text not null default '',
        email text not null default '',
        duty_officer text not null default ''
    ) strict;
    create unique index mission_contact_for_all on mission_contact(debate_id is null)
        where debate_id is null;
    """)
