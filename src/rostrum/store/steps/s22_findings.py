"""What else the inspection finds in a file: blank pages, and who signed it electronically."""

from __future__ import annotations

from sqlite_utils import Database

from rostrum.store.steps.registry import migrations


@migrations()
def m0026_findings(db: Database) -> None:
    db.executescript("""
    alter table letter_file add column blank_pages text not null default '[]'
        check (json_valid(blank_pages) and json_type(blank_pages) = 'array');
    alter table letter_file add column signers text not null default '[]'
        check (json_valid(signers) and json_type(signers) = 'array');
    """)
