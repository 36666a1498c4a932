"""Delegations that register by themselves in a rehearsal."""

from __future__ import annotations

from sqlite_utils import Database

from rostrum.store.steps.registry import migrations


@migrations()
def m0024_pretend_presses(db: Database) -> None:
    db.executescript("""
    create table pretend_press (
        debate_id integer not null references debate (id),
        delegation_id integer not null references delegation (id),
        after_opening integer not null check (after_opening >= 0),
        lacks text not null,
        state text not null default 'waiting'
            check (state in ('waiting', 'begun', 'registered', 'dropped')),
        primary key (debate_id, delegation_id)
    ) strict, without rowid;
    create index pretend_press_to_do on pretend_press (debate_id)
        where state in ('waiting', 'begun');
    create trigger pretend_press_in_a_rehearsal before insert on pretend_press
        when (select rehearsal_of from debate where id = new.debate_id) is null
        begin select raise(abort, 'delegations pretend in rehearsals alone'); end;
    """)
