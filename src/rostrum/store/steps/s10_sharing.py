"""Links that show a delegation's place, and the reminder that each phone asked for."""

from __future__ import annotations

from sqlite_utils import Database

from rostrum.store.steps.registry import migrations


@migrations()
def m0013_sharing(db: Database) -> None:
    db.executescript("""
    create table share (
        id integer primary key,
        invitation_id integer not null references invitation (id),
        generation integer not null check (generation > 0),
        made_at integer not null,
        browser text not null default '',
        ended_at integer check (ended_at >= made_at),
        ended_by text not null default '',
        check ((ended_at is null) = (ended_by = ''))
    ) strict;
    create index share_by_invitation on share (invitation_id);
    alter table session add column tell_before integer check (tell_before >= 0);
    """)
