"""The order of the whole list: levels that count, swaps, the Council, further statements."""

from __future__ import annotations

from sqlite_utils import Database

from rostrum.store.steps.registry import migrations


@migrations()
def m0013_order(db: Database) -> None:
    db.executescript("""
    alter table debate add column tiers text not null default '{}'
        check (json_valid(tiers) and json_type(tiers) = 'object');
    alter table registration add column ranked_level text not null default '';
    update registration set ranked_level = level;
    alter table council_member add column position integer check (position > 0);
    create table further_statement (
        id integer primary key,
        debate_id integer not null references debate (id),
        delegation_id integer not null references delegation (id),
        position integer not null check (position > 0),
        unique (debate_id, position),
        unique (debate_id, delegation_id)
    ) strict;
    create table swap (
        id integer primary key,
        debate_id integer not null references debate (id),
        asking_id integer not null references registration (id),
        asked_id integer not null references registration (id),
        state text not null
            check (state in ('asked', 'accepted', 'done', 'declined', 'refused', 'taken back')),
        asked_at integer not null,
        answered_at integer,
        decided_at integer,
        decided_by text not null default '',
        reason text not null default '',
        check (asking_id != asked_id),
        check (state != 'refused' or reason != '')
    ) strict;
    create unique index one_open_swap on swap (asking_id) where state in ('asked', 'accepted');
    create index swap_by_asked on swap (asked_id);
    create table new_move (
        id integer primary key,
        registration_id integer not null references registration (id),
        place_before integer not null check (place_before > 0),
        place_after integer not null check (place_after > 0),
        cause text not null check (cause in ('withdrawal', 'moved by staff', 'struck',
            'precedence', 'level', 'policy', 'swap', 'later', 'reinstated')),
        caused_by integer not null references delegation (id),
        moved_at integer not null,
        actor text not null check (actor != ''),
        ground text not null default '',
        reason text not null,
        check (place_before != place_after),
        check (cause != 'moved by staff' or ground != '' or reason != '')
    ) strict;
    insert into new_move (id, registration_id, place_before, place_after, cause, caused_by,
          moved_at, actor, reason)
        select id, registration_id, place_before, place_after, cause, caused_by, moved_at, actor,
          reason from move;
    drop table move;
    alter table new_move rename to move;
    create index move_by_registration on move (registration_id);
    """)
