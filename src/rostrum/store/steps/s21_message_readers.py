"""Messages to some delegations or to one, with an end and in several languages."""

from __future__ import annotations

from sqlite_utils import Database

from rostrum.store.steps.registry import migrations


# Without a part, a message is to one delegation. Earlier messages stood on the public list too.
@migrations()
def m0025_message_readers(db: Database) -> None:
    db.executescript("""
    drop index one_current_message;
    alter table message add column part text default 'all' check (part != '');
    alter table message add column is_public integer not null default 0
        check (is_public in (0, 1) and (is_public = 0 or part is 'all'));
    alter table message add column ends_at integer check (ends_at > sent_at);
    alter table message add column translations text not null default '{}'
        check (json_valid(translations) and json_type(translations) = 'object');
    update message set is_public = 1;
    create table message_recipient (
        message_id integer not null references message (id) on delete cascade,
        delegation_id integer not null references delegation (id),
        primary key (message_id, delegation_id)
    ) strict, without rowid;
    create index standing_message on message (debate_id) where ended_at is null;
    """)
