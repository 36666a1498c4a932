"""Places whose letter is still to come: a version without files."""

from __future__ import annotations

from sqlite_utils import Database

from rostrum.store.database import writing
from rostrum.store.steps.registry import migrations


# As in s2_letters: the table is made anew, so that foreign keys are off meanwhile.
@migrations(transactional=False)
def m0021_awaited_letters(db: Database) -> None:
    if "'awaited'" in db.table("letter").schema:  # ended between its commit and its being noted
        return
    db.execute("pragma foreign_keys = off")
    try:
        with writing(db):
            db.executescript(_AWAITED_LETTERS)
            if broken := db.execute("pragma foreign_key_check").fetchall():
                raise RuntimeError(f"rows that refer to nothing: {broken}")
    finally:
        db.execute("pragma foreign_keys = on")


_AWAITED_LETTERS = """
    create table new_letter (
        id integer primary key,
        debate_id integer not null references debate (id),
        delegation_id integer not null references delegation (id),
        version integer not null check (version > 0),
        uploaded_at integer not null,
        opened_at integer,
        state text not null check (state in ('pending', 'accepted', 'returned', 'awaited')),
        reasons text not null default '[]'
            check (json_valid(reasons) and json_type(reasons) = 'array'),
        remark text not null default '',
        decided_by text not null default '',
        decided_at integer,
        check ((state in ('pending', 'awaited')) = (decided_at is null)),
        check (state != 'returned' or reasons != '[]' or remark != '')
    ) strict;
    insert into new_letter
        select id, debate_id, delegation_id, version, uploaded_at, opened_at, state, reasons,
          remark, decided_by, decided_at
        from letter;
    drop table letter;
    alter table new_letter rename to letter;
    create unique index letter_by_delegation on letter (debate_id, delegation_id, version);
"""
