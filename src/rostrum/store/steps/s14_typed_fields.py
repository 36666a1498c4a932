"""Drafts whose fields are saved one by one, as they are typed."""

from __future__ import annotations

from sqlite_utils import Database

from rostrum.store.steps.registry import migrations


@migrations()
def m0017_typed_fields(db: Database) -> None:
    db.executescript("""
    alter table draft add column typed text not null default '{}' check (json_valid(typed));
    alter table draft add column recorded text not null default ''
        check (recorded = '' or json_valid(recorded));
    """)
