"""What there is of a debate, counted: for its way from the first settings to the archive."""

from __future__ import annotations

from datetime import datetime

from sqlite_utils import Database

from rostrum.domain.debates.way import Progress
from rostrum.domain.times import to_micros
from rostrum.store.database import first_row
from rostrum.store.mission_contacts import find_contacts


def get_progress(db: Database, debate_id: int, now: datetime) -> Progress:
    """The counts of one debate. Letters to read are those of places that are held."""
    sql = """select
               (select count(*) from council_member where debate_id = :debate_id) as council,
               (select count(position) from council_member
                  where debate_id = :debate_id) as placed,
               (select count(*) from invitation where debate_id = :debate_id) as invited,
               (select count(*) from debate
                  where rehearsal_of = :debate_id and opens_at <= :now) as rehearsals,
               (select count(*) from registration
                  where debate_id = :debate_id and place is not null) as registered,
               (select count(*) from registration join letter on letter.id = letter_id
                  where registration.debate_id = :debate_id and place is not null
                  and state = 'pending') as to_read"""
    row = first_row(db, sql, debate_id=debate_id, now=to_micros(now))
    placed, (own, general) = row.pop("placed"), find_contacts(db, debate_id)
    contact = own.over(general)
    return Progress(
        has_council_order=0 < placed == row["council"],
        has_contact=bool(contact.phone or contact.email),
        **row,
    )
