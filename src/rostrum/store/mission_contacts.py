"""How to reach the mission: one row for all debates, and one for each that has its own."""

from __future__ import annotations

from sqlite_utils import Database

from rostrum.domain.debates.mission_contact import MissionContact
from rostrum.store.database import all_rows

_NOTHING = MissionContact()


def find_contacts(db: Database, debate_id: int | None) -> tuple[MissionContact, MissionContact]:
    """What is set for this debate, and what is set for all; one query."""
    sql = """select debate_id, name, phone, email, duty_officer from mission_contact
             where debate_id is null or debate_id = :debate_id"""
    rows = all_rows(db, sql, debate_id=debate_id)
    found = {row.pop("debate_id"): MissionContact(**row) for row in rows}
    return found.get(debate_id, _NOTHING) if debate_id else _NOTHING, found.get(None, _NOTHING)


def replace_contact(db: Database, debate_id: int | None, contact: MissionContact) -> None:
    """Writes what holds for this debate, or for all."""
    values = {"debate_id": debate_id} | vars(contact)
    db.execute("delete from mission_contact where debate_id is :debate_id", values)
    if contact != _NOTHING:
        db.execute(
            """insert into mission_contact (debate_id, name, phone, email, duty_officer)
               values (:debate_id, :name, :phone, :email, :duty_officer)""",
            values,
        )
