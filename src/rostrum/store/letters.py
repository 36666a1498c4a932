"""Letters: one row per version, and one row per file. One query reads both."""

from __future__ import annotations

import json
from itertools import groupby
from operator import itemgetter
from typing import Any

from sqlite_utils import Database

from rostrum.domain.errors import NotFound
from rostrum.domain.letters.letter import Letter, LetterFile, LetterState
from rostrum.domain.times import from_micros, to_micros
from rostrum.store.database import all_rows, one_value
from rostrum.store.rows import instant_of, micros_of

_WITH_FILES = "select * from letter left join letter_file on letter_id = id"


def _letter_of(rows: list[dict[str, Any]]) -> Letter:
    """The letter made from its rows, one for each file, in order."""
    first = rows[0]
    return Letter(
        id=first["id"],
        debate_id=first["debate_id"],
        delegation_id=first["delegation_id"],
        version=first["version"],
        uploaded_at=from_micros(first["uploaded_at"]),
        opened_at=instant_of(first["opened_at"]),
        state=LetterState(first["state"]),
        reasons=tuple(json.loads(first["reasons"])),
        remark=first["remark"],
        decided_by=first["decided_by"],
        decided_at=instant_of(first["decided_at"]),
        files=tuple(_file_of(row) for row in rows if row["stored_name"]),
    )


def _file_of(row: dict[str, Any]) -> LetterFile:
    return LetterFile(
        stored_name=row["stored_name"],
        original_name=row["original_name"],
        kind=row["kind"],
        size=row["size"],
        sha256=row["sha256"],
        pages=row["pages"],
        marks=frozenset(json.loads(row["marks"])),
        blank_pages=tuple(json.loads(row["blank_pages"])),
        signers=tuple(json.loads(row["signers"])),
    )


def _letters(db: Database, where: str, **values: Any) -> dict[int, Letter]:
    rows = all_rows(db, f"{_WITH_FILES} where {where} order by id, position", **values)
    return {found: _letter_of(list(files)) for found, files in groupby(rows, itemgetter("id"))}


def get_letter(db: Database, debate_id: int, letter_id: int) -> Letter:
    """The letter with this id in this debate; raises NotFound."""
    found = get_letters(db, debate_id, letter_id, letter_id)
    if not found:
        raise NotFound
    return found[letter_id]


def get_letters(db: Database, debate_id: int, one: int, other: int) -> dict[int, Letter]:
    """Two letters of this debate by id, in one query; they may be the same."""
    where = "id in (:one, :other) and debate_id = :debate_id"
    return _letters(db, where, one=one, other=other, debate_id=debate_id)


def find_current_letter(db: Database, debate_id: int, delegation_id: int) -> Letter | None:
    """The letter of the delegation's place, or of its draft while it has no place."""
    where = """id = coalesce(
        (select letter_id from registration where debate_id = :debate_id
           and delegation_id = :delegation_id and withdrawn_at is null),
        (select letter_id from draft where debate_id = :debate_id
           and delegation_id = :delegation_id))"""
    found = _letters(db, where, debate_id=debate_id, delegation_id=delegation_id)
    return next(iter(found.values()), None)


def find_letter_before(db: Database, letter: Letter) -> Letter | None:
    """The version that this letter replaced."""
    where = """id = (select max(id) from letter where debate_id = :debate_id
               and delegation_id = :delegation_id and id < :before)"""
    whose = {"debate_id": letter.debate_id, "delegation_id": letter.delegation_id}
    found = _letters(db, where, before=letter.id, **whose)
    return next(iter(found.values()), None)


def list_letters_by_id(db: Database, debate_id: int) -> dict[int, Letter]:
    """All letters of a debate by id."""
    return _letters(db, "debate_id = :debate_id", debate_id=debate_id)


def list_versions(db: Database, debate_id: int, delegation_id: int) -> list[Letter]:
    """The letters of a delegation in a debate, the latest version first."""
    where = "debate_id = :debate_id and delegation_id = :delegation_id"
    found = _letters(db, where, debate_id=debate_id, delegation_id=delegation_id)
    return sorted(found.values(), key=lambda letter: letter.version, reverse=True)


def list_with_same_files(db: Database, letter: Letter) -> list[Letter]:
    """Other letters with one of its files: of other delegations, of other debates, and earlier
    versions that were returned. Letters of a rehearsal count only within that rehearsal."""
    where = """id in (select other.id from letter_file as own
                 join letter_file as same on same.sha256 = own.sha256
                 join letter as other on other.id = same.letter_id
               where own.letter_id = :id and (other.delegation_id != :delegation_id
                 or other.debate_id != :debate_id
                 or (other.version < :version and other.state = 'returned'))
                 and (other.debate_id = :debate_id or not exists (select 1 from debate
                   where debate.id = other.debate_id and rehearsal_of is not null)))"""
    names = ("id", "debate_id", "delegation_id", "version")
    found = _letters(db, where, **{name: getattr(letter, name) for name in names})
    return list(found.values())


def list_stored_names(db: Database) -> set[str]:
    """The names on disk of the letters and concept notes of all debates."""
    sql = "select stored_name from letter_file union select stored_name from concept_note"
    return {row["stored_name"] for row in all_rows(db, sql)}


def list_unread(db: Database) -> list[Letter]:
    """The letters of places and drafts that are neither read nor decided, the oldest first."""
    where = """state = 'pending'
               and id in (select letter_id from letter_file
                 where pages is null and original_name != '')
               and (id in (select letter_id from registration where withdrawn_at is null)
                 or id in (select letter_id from draft))"""
    return list(_letters(db, where).values())


def list_unnamed(db: Database, names: set[str]) -> set[str]:
    """Of these names on disk, those that no letter has any more."""
    sql = """select value from json_each(:names)
             where value not in (select stored_name from letter_file)"""
    return {row["value"] for row in all_rows(db, sql, names=json.dumps(sorted(names)))}


def count_bytes(db: Database, debate_id: int, delegation_id: int) -> int:
    """The size of all files of a delegation's letters in a debate; versions share files."""
    sql = """select coalesce(sum(size), 0) from (select distinct stored_name, size
             from letter_file where letter_id in (select id from letter
               where debate_id = :debate_id and delegation_id = :delegation_id))"""
    return one_value(db, sql, debate_id=debate_id, delegation_id=delegation_id)


def last_version(db: Database, debate_id: int, delegation_id: int) -> int:
    """The highest version that a delegation has in a debate; 0 if it has none."""
    sql = """select coalesce(max(version), 0) from letter
             where debate_id = :debate_id and delegation_id = :delegation_id"""
    return one_value(db, sql, debate_id=debate_id, delegation_id=delegation_id)


def is_registered(db: Database, letter_id: int) -> bool:
    """Whether it is or was the letter of a place, withdrawn places included."""
    sql = """select exists (select 1 from registration
             where :id in (letter_id, receipt_letter_id))"""
    return bool(one_value(db, sql, id=letter_id))


def is_on_a_receipt(db: Database, letter_id: int) -> bool:
    """Whether it came with a press, whatever happened to that place."""
    sql = "select exists (select 1 from registration where receipt_letter_id = :id)"
    return bool(one_value(db, sql, id=letter_id))


def insert_letter(db: Database, letter: Letter) -> int:
    """Adds a version with its files (its `id` is ignored); returns the new id."""
    values = {
        name: value for name, value in vars(letter).items() if name not in ("id", "files")
    } | {
        "uploaded_at": to_micros(letter.uploaded_at),
        "opened_at": micros_of(letter.opened_at),
        "reasons": json.dumps(letter.reasons),
        "decided_at": micros_of(letter.decided_at),
    }
    names = ", ".join(values)
    parameters = ", ".join(f":{name}" for name in values)
    sql = f"insert into letter ({names}) values ({parameters})"  # noqa: S608  names are ours
    letter_id = db.execute(sql, values).lastrowid
    _insert_files(db, letter_id, letter)
    return letter_id


def replace_files(db: Database, letter: Letter) -> None:
    """Replaces the files of this version, and the time at which they were sent."""
    db.execute(
        "update letter set uploaded_at = :uploaded_at where id = :id",
        {"uploaded_at": to_micros(letter.uploaded_at), "id": letter.id},
    )
    db.execute("delete from letter_file where letter_id = :id", {"id": letter.id})
    _insert_files(db, letter.id, letter)


def _insert_files(db: Database, letter_id: int, letter: Letter) -> None:
    for position, file in enumerate(letter.files, start=1):
        values = vars(file) | _findings_of(file)
        db.execute(
            """insert into letter_file (letter_id, position, stored_name, original_name, kind,
                 size, sha256, pages, marks, blank_pages, signers)
               values (:letter_id, :position, :stored_name, :original_name, :kind,
                 :size, :sha256, :pages, :marks, :blank_pages, :signers)""",
            values | {"letter_id": letter_id, "position": position},
        )


def update_decision(db: Database, letter: Letter) -> None:
    """Writes state, reasons and who decided when."""
    db.execute(
        """update letter set state = :state, reasons = :reasons, remark = :remark,
           decided_by = :decided_by, decided_at = :decided_at where id = :id""",
        {
            "state": letter.state,
            "reasons": json.dumps(letter.reasons),
            "remark": letter.remark,
            "decided_by": letter.decided_by,
            "decided_at": micros_of(letter.decided_at),
            "id": letter.id,
        },
    )


def update_opened(db: Database, letter: Letter) -> None:
    """Writes when staff first opened it."""
    db.execute(
        "update letter set opened_at = :opened_at where id = :id",
        {"opened_at": micros_of(letter.opened_at), "id": letter.id},
    )


def _findings_of(found: LetterFile) -> dict[str, Any]:
    """What the inspection found in a file, as its row keeps it."""
    return {
        "pages": found.pages,
        "marks": json.dumps(sorted(found.marks)),
        "blank_pages": json.dumps(found.blank_pages),
        "signers": json.dumps(found.signers),
    }


def update_inspection(db: Database, file: LetterFile) -> None:
    """Writes what was found in a file, in every version that contains the file."""
    db.execute(
        """update letter_file set pages = :pages, marks = :marks, blank_pages = :blank_pages,
             signers = :signers
           where stored_name = :stored_name""",
        {"stored_name": file.stored_name} | _findings_of(file),
    )


def delete_unregistered_letter(db: Database, letter_id: int) -> None:
    """Removes a version, unless a registration, withdrawn or not, has it."""
    db.execute(
        """delete from letter where id = :id
           and not exists (select 1 from registration
             where :id in (letter_id, receipt_letter_id))""",
        {"id": letter_id},
    )
