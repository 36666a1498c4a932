"""Registrations, active and withdrawn."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlite_utils import Database

from rostrum.domain.delegations.delegation import Delegation
from rostrum.domain.errors import NotFound
from rostrum.domain.letters.letter import Letter
from rostrum.domain.registrations.registration import Entered, Registration
from rostrum.domain.speakers import Speaker
from rostrum.domain.times import from_micros, to_micros
from rostrum.store.database import all_rows, first_row, one_value
from rostrum.store.delegations import list_delegations
from rostrum.store.letters import get_letters, list_letters_by_id
from rostrum.store.rows import (
    SPEAKER_ASSIGNMENTS,
    SPEAKER_COLUMN_NAMES,
    SPEAKER_PARAMETERS,
    instant_of,
    micros_of,
    speaker_of,
    speaker_values,
)


def _registration(row: dict[str, Any], letters: dict[int, Letter]) -> Registration:
    return Registration(
        id=row["id"],
        debate_id=row["debate_id"],
        delegation_id=row["delegation_id"],
        arrival_number=row["arrival_number"],
        received_at=from_micros(row["received_at"]),
        reference=row["reference"],
        idempotency_key=row["idempotency_key"],
        speaker=speaker_of(row),
        letter=letters[row["letter_id"]],
        receipt_letter=letters[row["receipt_letter_id"]],
        place=row["place"],
        version=row["version"],
        withdrawn_at=instant_of(row["withdrawn_at"]),
        ranked_level=row["ranked_level"],
        letter_deadline=instant_of(row["letter_deadline"]),
        struck_by=row["struck_by"],
        struck_reason=row["struck_reason"],
        withdrawn_by=row["withdrawn_by"],
        withdrawn_words=row["withdrawn_words"],
        entered=_entered(row) if row["entered_by"] else None,
    )


def _entered(row: dict[str, Any]) -> Entered:
    at = from_micros(row["entered_at"])
    return Entered(row["entered_by"], at, row["entered_through"], row["entered_words"])


def _with_letters(db: Database, row: dict[str, Any] | None) -> Registration | None:
    if row is None:
        return None
    letters = get_letters(db, row["debate_id"], row["letter_id"], row["receipt_letter_id"])
    return _registration(row, letters)


def find_active_registration(
    db: Database, debate_id: int, delegation_id: int
) -> Registration | None:
    """The delegation's registration with a place, or None."""
    sql = """select * from registration where debate_id = :debate_id
             and delegation_id = :delegation_id and withdrawn_at is null"""
    row = first_row(db, sql, debate_id=debate_id, delegation_id=delegation_id)
    return _with_letters(db, row)


def find_extension(db: Database, debate_id: int, delegation_id: int) -> datetime | None:
    """Until when a delegation with a place may send a letter, if staff gave it more time."""
    sql = """select letter_deadline from registration where debate_id = :debate_id
             and delegation_id = :delegation_id and withdrawn_at is null"""
    row = first_row(db, sql, debate_id=debate_id, delegation_id=delegation_id)
    return instant_of(row["letter_deadline"]) if row else None


def get_registration(db: Database, registration_id: int) -> Registration:
    """The registration with this id, withdrawn or not; raises NotFound."""
    row = first_row(db, "select * from registration where id = :id", id=registration_id)
    found = _with_letters(db, row)
    if found is None:
        raise NotFound
    return found


def find_last_withdrawn(db: Database, debate_id: int, delegation_id: int) -> Registration | None:
    """The delegation's latest withdrawn registration, or None."""
    sql = """select * from registration where debate_id = :debate_id
             and delegation_id = :delegation_id and withdrawn_at is not null
             order by withdrawn_at desc limit 1"""
    row = first_row(db, sql, debate_id=debate_id, delegation_id=delegation_id)
    return _with_letters(db, row)


def find_active_by_letter(db: Database, debate_id: int, letter_id: int) -> Registration | None:
    """The active registration whose current letter this is."""
    sql = """select * from registration where debate_id = :debate_id
             and letter_id = :letter_id and withdrawn_at is null"""
    row = first_row(db, sql, debate_id=debate_id, letter_id=letter_id)
    return _with_letters(db, row)


def list_registrations(db: Database, debate_id: int) -> list[Registration]:
    """All registrations of a debate: those with a place in its order, then the withdrawn."""
    sql = """select * from registration where debate_id = :debate_id
             order by place is null, place, arrival_number"""
    letters = list_letters_by_id(db, debate_id)
    rows = all_rows(db, sql, debate_id=debate_id)
    return [_registration(row, letters) for row in rows]


def list_with_delegations(db: Database, debate_id: int) -> list[tuple[Registration, Delegation]]:
    """All registrations of a debate with their delegations: places in order, then the withdrawn."""
    by_id = {delegation.id: delegation for delegation in list_delegations(db)}
    return [(held, by_id[held.delegation_id]) for held in list_registrations(db, debate_id)]


def list_delegation_ids(db: Database, debate_id: int) -> dict[int, int]:
    """The delegation's id for each registration of a debate, by registration id."""
    sql = "select id, delegation_id from registration where debate_id = :debate_id"
    return {row["id"]: row["delegation_id"] for row in all_rows(db, sql, debate_id=debate_id)}


def list_used_keys(db: Database, debate_id: int, delegation_id: int) -> list[str]:
    """The idempotency keys of all the delegation's registrations, withdrawn ones included."""
    sql = """select idempotency_key from registration
             where debate_id = :debate_id and delegation_id = :delegation_id"""
    rows = all_rows(db, sql, debate_id=debate_id, delegation_id=delegation_id)
    return [row["idempotency_key"] for row in rows]


def count_active(db: Database, debate_id: int) -> int:
    """How many registrations hold a place; equal to the last place, since places are dense."""
    sql = """select coalesce(max(place), 0) from registration
             where debate_id = :debate_id and place is not null"""
    return one_value(db, sql, debate_id=debate_id)


def last_stamp(db: Database) -> int:
    """The latest stamp, in microseconds, that the desk has given; 0 before the first."""
    sql = "select coalesce(max(coalesce(entered_at, received_at)), 0) from registration"
    return one_value(db, sql)


def last_arrival_number(db: Database, debate_id: int) -> int:
    """The highest arrival number ever given in this debate; 0 before the first."""
    sql = "select coalesce(max(arrival_number), 0) from registration where debate_id = :debate_id"
    return one_value(db, sql, debate_id=debate_id)


def insert_registration(db: Database, registration: Registration) -> int:
    """Adds a registration (its `id` is ignored); returns the new id."""
    sql = f"""insert into registration (debate_id, delegation_id, arrival_number, received_at,
                reference, idempotency_key, {SPEAKER_COLUMN_NAMES}, letter_id,
                receipt_letter_id, place, version, ranked_level,
                entered_by, entered_at, entered_through, entered_words)
              values (:debate_id, :delegation_id, :arrival_number, :received_at,
                :reference, :idempotency_key, {SPEAKER_PARAMETERS}, :letter_id,
                :receipt_letter_id, :place, :version, :ranked_level,
                :entered_by, :entered_at, :entered_through, :entered_words)"""  # noqa: S608
    values = speaker_values(registration.speaker) | _entry_values(registration.entered)
    values |= {
        "debate_id": registration.debate_id,
        "delegation_id": registration.delegation_id,
        "arrival_number": registration.arrival_number,
        "received_at": to_micros(registration.received_at),
        "reference": registration.reference,
        "idempotency_key": registration.idempotency_key,
        "letter_id": registration.letter.id,
        "receipt_letter_id": registration.receipt_letter.id,
        "place": registration.place,
        "version": registration.version,
        "ranked_level": registration.ranked_level,
    }
    return db.execute(sql, values).lastrowid


def _entry_values(entered: Entered | None) -> dict[str, Any]:
    return {
        "entered_by": entered.by if entered else "",
        "entered_at": micros_of(entered and entered.at),
        "entered_through": entered.channel if entered else "",
        "entered_words": entered.words if entered else "",
    }


def update_details(
    db: Database, registration_id: int, speaker: Speaker, letter_id: int, version: int
) -> None:
    """Writes speaker, current letter and version."""
    sql = f"""update registration set {SPEAKER_ASSIGNMENTS}, letter_id = :letter_id,
              version = :version where id = :id"""  # noqa: S608
    values = {"letter_id": letter_id, "version": version, "id": registration_id}
    db.execute(sql, speaker_values(speaker) | values)


def update_withdrawn(db: Database, registration: Registration) -> None:
    """Removes the place, and notes when, and if staff did it, who and why."""
    names = ("id", "struck_by", "struck_reason", "withdrawn_by", "withdrawn_words")
    values = {name: getattr(registration, name) for name in names}
    db.execute(
        """update registration set place = null, withdrawn_at = :withdrawn_at,
           struck_by = :struck_by, struck_reason = :struck_reason,
           withdrawn_by = :withdrawn_by, withdrawn_words = :withdrawn_words where id = :id""",
        values | {"withdrawn_at": micros_of(registration.withdrawn_at)},
    )


def update_reinstated(db: Database, registration_id: int, place: int) -> None:
    """Gives a withdrawn or struck registration a place again."""
    db.execute(
        """update registration set place = :place, withdrawn_at = null, struck_by = '',
           struck_reason = '', withdrawn_by = '', withdrawn_words = '' where id = :id""",
        {"place": place, "id": registration_id},
    )


def update_ranked_level(db: Database, registration_id: int, level: str) -> None:
    """Writes which level counts for the order."""
    db.execute(
        "update registration set ranked_level = :level where id = :id",
        {"level": level, "id": registration_id},
    )


def update_letter_deadline(db: Database, registration: Registration) -> None:
    """Writes until when this delegation may send a letter."""
    db.execute(
        "update registration set letter_deadline = :until where id = :id",
        {"until": micros_of(registration.letter_deadline), "id": registration.id},
    )
