"""Settings of a debate: its order, forecast, visibility and retention, and its status."""

from __future__ import annotations

from sqlite_utils import Database

from rostrum.store.steps.registry import migrations


@migrations()
def m0008_debate_settings(db: Database) -> None:
    db.executescript("""
    alter table debate add column order_policy text not null default 'arrival'
        check (order_policy in ('arrival', 'precedence'));
    alter table debate add column briefer_limit integer not null default 600
        check (briefer_limit > 0);
    alter table debate add column member_limit integer check (member_limit > 0);
    alter table debate add column group_limit integer check (group_limit > 0);
    alter table debate add column changeover integer not null default 60 check (changeover >= 0);
    alter table debate add column meeting_hours text not null
        default '[["10:00","13:00"],["15:00","18:00"]]'
        check (json_valid(meeting_hours) and json_type(meeting_hours) = 'array');
    alter table debate add column visibility text not null default 'delegations'
        check (visibility in ('own', 'delegations', 'public'));
    alter table debate add column swaps_need_approval integer not null default 1
        check (swaps_need_approval in (0, 1));
    alter table debate add column retention_days integer check (retention_days >= 0);
    alter table debate add column status text not null default 'active'
        check (status in ('active', 'postponed', 'cancelled', 'archived'));
    alter table debate add column status_reason text not null default ''
        check (status not in ('postponed', 'cancelled') or status_reason != '');
    alter table debate add column rehearsal_of integer references debate (id);
    alter table debate add column version integer not null default 0 check (version >= 0);
    """)
