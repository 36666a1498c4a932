"""Debates run from the browser: messages, moved openings, concept notes, deleted rehearsals."""

from __future__ import annotations

from sqlite_utils import Database

from rostrum.store.steps.registry import migrations


# A deleted rehearsal keeps its row of `debate`, emptied: the journal refers to it for ever, and no
# later debate may get its id.
@migrations()
def m0009_debates(db: Database) -> None:
    db.executescript("""
    alter table debate add column deleted_at integer
        check (deleted_at is null or rehearsal_of is not null);
    alter table debate add column dates_are_open integer not null default 0
        check (dates_are_open in (0, 1) and (dates_are_open = 0 or status = 'postponed'));
    create table message (
        id integer primary key,
        debate_id integer not null references debate (id),
        text text not null check (text != ''),
        sent_at integer not null,
        sent_by text not null check (sent_by != ''),
        ended_at integer check (ended_at >= sent_at)
    ) strict;
    create unique index one_current_message on message (debate_id) where ended_at is null;
    create index message_by_debate on message (debate_id, id);
    create table opening_move (
        id integer primary key,
        debate_id integer not null references debate (id),
        before integer not null,
        after integer not null check (after != before),
        reason text not null,
        moved_at integer not null,
        moved_by text not null check (moved_by != '')
    ) strict;
    create index opening_move_by_debate on opening_move (debate_id, id);
    create table concept_note (
        debate_id integer primary key references debate (id),
        stored_name text not null check (stored_name != ''),
        original_name text not null,
        size integer not null check (size > 0),
        sha256 text not null check (length(sha256) = 64),
        pages integer not null check (pages > 0),
        uploaded_at integer not null
    ) strict;
    """)
