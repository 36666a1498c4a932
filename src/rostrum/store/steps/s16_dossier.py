"""What staff do and note about one delegation: its file."""

from __future__ import annotations

from sqlite_utils import Database

from rostrum.store.steps.registry import migrations


@migrations()
def m0019_staff_notes(db: Database) -> None:
    db.executescript("""
    create table staff_note (
        id integer primary key,
        debate_id integer not null references debate (id),
        delegation_id integer not null references delegation (id),
        text text not null check (text != ''),
        written_by text not null check (written_by != ''),
        written_at integer not null
    ) strict;
    create index staff_note_by_delegation on staff_note (debate_id, delegation_id);
    """)


@migrations()
def m0020_withdrawn_by_staff(db: Database) -> None:
    db.executescript("""
    alter table registration add column withdrawn_by text not null default ''
        check (withdrawn_by = '' or withdrawn_at is not null);
    alter table registration add column withdrawn_words text not null default ''
        check ((withdrawn_by = '') = (withdrawn_words = ''));
    """)
