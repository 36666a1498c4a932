"""Letters of several files and versions; letters that are late."""

from __future__ import annotations

from sqlite_utils import Database

from rostrum.store.database import writing
from rostrum.store.steps.registry import migrations


# Drafts and registrations refer to the table that is made anew, and dropping it would delete its
# rows, so that foreign keys are off meanwhile: a pragma that does nothing inside a transaction.
@migrations(transactional=False)
def m0006_letters_of_several_files(db: Database) -> None:
    if "letter_file" in db.table_names():  # ended between its commit and its being noted
        return
    db.execute("pragma foreign_keys = off")
    try:
        with writing(db):
            db.executescript(_LETTERS_OF_SEVERAL_FILES)
            if broken := db.execute("pragma foreign_key_check").fetchall():
                raise RuntimeError(f"rows that refer to nothing: {broken}")
    finally:
        db.execute("pragma foreign_keys = on")


_LETTERS_OF_SEVERAL_FILES = """
    create table new_letter (
        id integer primary key,
        debate_id integer not null references debate (id),
        delegation_id integer not null references delegation (id),
        version integer not null check (version > 0),
        uploaded_at integer not null,
        opened_at integer,
        state text not null check (state in ('pending', 'accepted', 'returned')),
        reasons text not null default '[]'
            check (json_valid(reasons) and json_type(reasons) = 'array'),
        remark text not null default '',
        decided_by text not null default '',
        decided_at integer,
        check ((state = 'pending') = (decided_at is null)),
        check (state != 'returned' or reasons != '[]' or remark != '')
    ) strict;
    insert into new_letter
        select id, debate_id, delegation_id,
          row_number() over (partition by debate_id, delegation_id order by id), uploaded_at,
          (select min(at) from journal where kind = 'letter opened'
             and json_extract(facts, '$.letter_id') = letter.id),
          state, '[]', reason, decided_by, decided_at
        from letter;
    create table letter_file (
        letter_id integer not null references letter (id) on delete cascade,
        position integer not null check (position > 0),
        stored_name text not null check (stored_name != ''),
        original_name text not null,
        kind text not null,
        size integer not null check (size > 0),
        sha256 text not null check (length(sha256) = 64),
        pages integer check (pages > 0),
        marks text not null default '[]'
            check (json_valid(marks) and json_type(marks) = 'array'),
        primary key (letter_id, position)
    ) strict, without rowid;
    insert into letter_file
        select id, 1, stored_name, original_name, kind, size, sha256, pages, '[]' from letter;
    drop table letter;
    alter table new_letter rename to letter;
    create unique index letter_by_delegation on letter (debate_id, delegation_id, version);
    create index letter_file_by_name on letter_file (stored_name);
    create index letter_file_by_hash on letter_file (sha256);
"""


@migrations()
def m0007_late_letters(db: Database) -> None:
    db.executescript("""
    alter table registration add column letter_deadline integer;
    alter table registration add column struck_by text not null default ''
        check (struck_by = '' or withdrawn_at is not null);
    alter table registration add column struck_reason text not null default ''
        check ((struck_by = '') = (struck_reason = ''));
    create table new_move (
        id integer primary key,
        registration_id integer not null references registration (id),
        place_before integer not null check (place_before > 0),
        place_after integer not null check (place_after > 0),
        cause text not null check (cause in ('withdrawal', 'moved by staff', 'struck')),
        caused_by integer not null references delegation (id),
        moved_at integer not null,
        actor text not null check (actor != ''),
        reason text not null,
        check (place_before != place_after),
        check (cause != 'moved by staff' or reason != '')
    ) strict;
    insert into new_move select * from move;
    drop table move;
    alter table new_move rename to move;
    create index move_by_registration on move (registration_id);
    """)
