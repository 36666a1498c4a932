"""A delegation's contacts; its phones: their browsers, and what they changed."""

from __future__ import annotations

from sqlite_utils import Database

from rostrum.store.steps.registry import migrations


@migrations()
def m0010_delegations(db: Database) -> None:
    db.executescript("""
    alter table delegation add column contacts text not null default '[]'
        check (json_valid(contacts) and json_type(contacts) = 'array');
    alter table session add column browser text not null default '';
    create index session_by_invitation on session (invitation_id)
        where invitation_id is not null;
    create index journal_by_delegation on journal (debate_id, delegation_id, id)
        where delegation_id is not null;
    """)
