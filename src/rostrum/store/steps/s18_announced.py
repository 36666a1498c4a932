"""What delegations were told and was changed: the opening, and now also the meeting's day, the
deadline for letters and the venue."""

from __future__ import annotations

from sqlite_utils import Database

from rostrum.store.steps.registry import migrations


# A value is an instant (integer), words (text) or nothing.
@migrations()
def m0022_announced_changes(db: Database) -> None:
    db.executescript("""
    create table announced_change (
        id integer primary key,
        debate_id integer not null references debate (id),
        part text not null check (part in ('starts_at', 'opens_at', 'letter_deadline', 'venue')),
        before any,
        after any check (after is not before),
        reason text not null,
        changed_at integer not null,
        changed_by text not null check (changed_by != '')
    ) strict;
    create index announced_change_by_debate on announced_change (debate_id, part, id);
    insert into announced_change (debate_id, part, before, after, reason, changed_at, changed_by)
        select debate_id, 'opens_at', before, after, reason, moved_at, moved_by
        from opening_move order by id;
    drop table opening_move;
    """)
