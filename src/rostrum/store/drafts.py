"""Drafts: what a delegation has prepared."""

from __future__ import annotations

import json
from typing import Any

from sqlite_utils import Database

from rostrum.domain.journal.chain import canonical_json
from rostrum.domain.letters.letter import Letter
from rostrum.domain.registrations.registration import Draft
from rostrum.domain.speakers import Speaker
from rostrum.domain.times import from_micros, to_micros
from rostrum.store.database import all_rows, first_row
from rostrum.store.letters import get_letter, list_letters_by_id
from rostrum.store.rows import (
    SPEAKER_ASSIGNMENTS,
    SPEAKER_COLUMN_NAMES,
    SPEAKER_PARAMETERS,
    speaker_of,
    speaker_values,
)


def get_draft(db: Database, debate_id: int, delegation_id: int) -> Draft:
    """The delegation's draft; an empty draft of version 0 if nothing was prepared."""
    sql = "select * from draft where debate_id = :debate_id and delegation_id = :delegation_id"
    row = first_row(db, sql, debate_id=debate_id, delegation_id=delegation_id)
    if row is None:
        return Draft(debate_id, delegation_id, Speaker(), None, 0, None)
    return _draft(row, get_letter(db, debate_id, row["letter_id"]) if row["letter_id"] else None)


def list_drafts(db: Database, debate_id: int) -> list[Draft]:
    """What the delegations of a debate prepared."""
    letters = list_letters_by_id(db, debate_id)
    rows = all_rows(db, "select * from draft where debate_id = :debate_id", debate_id=debate_id)
    return [_draft(row, letters.get(row["letter_id"])) for row in rows]


def _draft(row: dict[str, Any], letter: Letter | None) -> Draft:
    return Draft(
        debate_id=row["debate_id"],
        delegation_id=row["delegation_id"],
        speaker=speaker_of(row),
        letter=letter,
        version=row["version"],
        updated_at=from_micros(row["updated_at"]),
        typed=json.loads(row["typed"]),
        recorded=Speaker(**json.loads(row["recorded"])) if row["recorded"] else None,
    )


def replace_draft(db: Database, draft: Draft) -> None:
    """Writes the draft whole, new or not."""
    sql = f"""insert into draft (debate_id, delegation_id, {SPEAKER_COLUMN_NAMES},
                letter_id, version, updated_at, typed, recorded)
              values (:debate_id, :delegation_id, {SPEAKER_PARAMETERS},
                :letter_id, :version, :updated_at, :typed, :recorded)
              on conflict (debate_id, delegation_id) do update set {SPEAKER_ASSIGNMENTS},
                letter_id = :letter_id, version = :version, updated_at = :updated_at,
                typed = :typed, recorded = :recorded"""  # noqa: S608
    values = speaker_values(draft.speaker) | {
        "debate_id": draft.debate_id,
        "delegation_id": draft.delegation_id,
        "letter_id": draft.letter.id if draft.letter else None,
        "version": draft.version,
        "updated_at": to_micros(draft.updated_at),
        "typed": canonical_json(draft.typed),
        "recorded": canonical_json(draft.recorded.as_dict()) if draft.recorded else "",
    }
    db.execute(sql, values)


def delete_draft(db: Database, debate_id: int, delegation_id: int) -> None:
    db.execute(
        "delete from draft where debate_id = :debate_id and delegation_id = :delegation_id",
        {"debate_id": debate_id, "delegation_id": delegation_id},
    )
