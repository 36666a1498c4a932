"""Closed accounts, one-time links, the second factor; the end of the journal."""

from __future__ import annotations

from sqlite_utils import Database

from rostrum.store.steps.registry import migrations


@migrations()
def m0011_staff(db: Database) -> None:
    db.executescript("""
    alter table staff add column deactivated_at integer;
    alter table staff add column is_demo integer not null default 0 check (is_demo in (0, 1));
    alter table staff add column totp_generation integer not null default 0
        check (totp_generation >= 0);
    alter table staff add column totp_since integer;
    alter table staff add column totp_step integer not null default 0;
    alter table session add column seen_at integer;
    create index session_by_staff on session (staff_id) where staff_id is not null;
    create table staff_link (
        id integer primary key,
        staff_id integer not null references staff (id),
        hash text not null unique check (length(hash) = 64),
        resets_totp integer not null check (resets_totp in (0, 1)),
        made_at integer not null,
        expires_at integer not null check (expires_at > made_at),
        used_at integer
    ) strict;
    create index staff_link_by_staff on staff_link (staff_id);
    create table recovery_code (
        staff_id integer not null references staff (id),
        hash text not null check (length(hash) = 64),
        used_at integer,
        primary key (staff_id, hash)
    ) strict, without rowid;
    create table journal_end (
        id integer primary key check (id = 1),
        entries integer not null check (entries >= 0),
        hash text not null check (length(hash) = 64)
    ) strict;
    insert into journal_end (id, entries, hash) select 1, count(*),
        coalesce((select hash from journal order by id desc limit 1), printf('%064d', 0))
        from journal;
    """)
