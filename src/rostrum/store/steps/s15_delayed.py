"""Changes that a delegation decided and can take back until their time."""

from __future__ import annotations

from sqlite_utils import Database

from rostrum.store.steps.registry import migrations


@migrations()
def m0018_delayed(db: Database) -> None:
    db.executescript("""
    create table delayed_change (
        id integer primary key,
        debate_id integer not null references debate (id),
        registration_id integer not null references registration (id),
        kind text not null check (kind in ('swap', 'later', 'give up')),
        place_seen integer not null check (place_seen > 0),
        place integer check (place > 0),
        swap_id integer references swap (id),
        was_open integer not null check (was_open in (0, 1)),
        actor text not null check (actor != ''),
        browser text not null default '',
        decided_at integer not null,
        due_at integer not null,
        state text not null default 'waiting'
            check (state in ('waiting', 'done', 'taken back', 'dropped')),
        settled_at integer,
        drop_reason text not null default '',
        check (due_at > decided_at),
        check ((kind = 'swap') = (swap_id is not null)),
        check ((kind = 'give up') = (place is null)),
        check ((state = 'waiting') = (settled_at is null)),
        check ((state = 'dropped') = (drop_reason != ''))
    ) strict;
    create unique index one_change_waits on delayed_change (registration_id)
        where state = 'waiting';
    create unique index one_change_of_a_swap_waits on delayed_change (swap_id)
        where state = 'waiting';
    create index change_by_registration on delayed_change (registration_id);
    create index change_by_swap on delayed_change (swap_id) where swap_id is not null;
    create index swap_by_asking on swap (asking_id);
    create index waiting_change_by_time on delayed_change (due_at) where state = 'waiting';
    """)
