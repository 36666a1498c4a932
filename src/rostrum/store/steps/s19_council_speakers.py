"""Speakers of the Council's members, and the drawn order beside the order of speaking."""

from __future__ import annotations

from sqlite_utils import Database

from rostrum.store.steps.registry import migrations


@migrations()
def m0023_council_speakers(db: Database) -> None:
    db.executescript("""
    alter table council_member add column lot integer check (lot > 0);
    update council_member set lot = position;
    create table council_speaker (
        debate_id integer not null,
        delegation_id integer not null,
        speaker_title text not null,
        speaker_name text not null,
        functional_title text not null,
        level text not null,
        language text not null,
        on_behalf_of text not null,
        primary key (debate_id, delegation_id),
        foreign key (debate_id, delegation_id)
            references council_member (debate_id, delegation_id) on delete cascade
    ) strict, without rowid;
    """)
