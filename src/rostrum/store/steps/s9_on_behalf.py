"""Registrations that the mission entered, and the moves that they cause."""

from __future__ import annotations

from sqlite_utils import Database

from rostrum.store.steps.registry import migrations


@migrations()
def m0012_on_behalf(db: Database) -> None:
    db.executescript("""
    alter table registration add column entered_by text not null default '';
    alter table registration add column entered_at integer
        check ((entered_at is null) = (entered_by = '') and entered_at >= received_at);
    alter table registration add column entered_through text not null default ''
        check (entered_through in ('', 'email', 'telephone', 'paper'));
    alter table registration add column entered_words text not null default ''
        check (entered_by = '' or entered_through != '' or entered_words != '');
    create table new_move (
        id integer primary key,
        registration_id integer not null references registration (id),
        place_before integer not null check (place_before > 0),
        place_after integer not null check (place_after > 0),
        cause text not null check (cause in ('withdrawal', 'moved by staff', 'struck',
            'precedence', 'level', 'policy', 'swap', 'later', 'reinstated', 'entered')),
        caused_by integer not null references delegation (id),
        moved_at integer not null,
        actor text not null check (actor != ''),
        ground text not null default '',
        reason text not null,
        received_at integer,
        check (place_before != place_after),
        check (cause != 'moved by staff' or ground != '' or reason != ''),
        check ((cause = 'entered') = (received_at is not null))
    ) strict;
    insert into new_move (id, registration_id, place_before, place_after, cause, caused_by,
          moved_at, actor, ground, reason)
        select id, registration_id, place_before, place_after, cause, caused_by, moved_at, actor,
          ground, reason from move;
    drop table move;
    alter table new_move rename to move;
    create index move_by_registration on move (registration_id);
    """)
