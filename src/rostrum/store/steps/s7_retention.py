"""Who speaks for a group, for forecasts; the permanent record of what was deleted."""

from __future__ import annotations

from sqlite_utils import Database

from rostrum.store.steps.registry import migrations


@migrations()
def m0012_retention(db: Database) -> None:
    db.executescript("""
    create index registration_for_a_group on registration (debate_id, place)
        where place is not null and on_behalf_of != '';
    create table purge (
        id integer primary key,
        debate_id integer not null references debate (id),
        purged_at integer not null,
        actor text not null check (actor != ''),
        files integer not null check (files >= 0),
        bytes integer not null check (bytes >= 0),
        texts integer not null check (texts >= 0),
        finished_at integer check (finished_at >= purged_at),
        is_deletion integer not null check (is_deletion in (0, 1))
    ) strict;
    create index purge_by_debate on purge (debate_id, id);
    create trigger purge_is_not_deleted before delete on purge
        begin select raise(abort, 'a purge stays on record'); end;
    """)
