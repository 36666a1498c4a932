"""The journal: entries can only be added (triggers refuse everything else)."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from rostrum.domain.journal.chain import GENESIS, Entry, canonical_json, entry_hash
from rostrum.domain.journal.lines import Line, Search
from rostrum.domain.letters.letter import Letter
from rostrum.domain.times import from_micros
from rostrum.store.database import all_rows, first_row, one_value


def insert_entry(db: Database, entry: Entry, values: dict[str, tuple[str, str]]) -> None:
    """Adds an entry at the end of the chain; `values` maps names to (salt, personal value)."""
    digest = entry_hash(get_end(db)[1], entry)
    cursor = db.execute(
        """insert into journal (at, debate_id, delegation_id, kind, actor, facts, digests, hash)
           values (:at, :debate_id, :delegation_id, :kind, :actor, :facts, :digests, :hash)""",
        vars(entry)
        | {
            "facts": canonical_json(entry.facts),
            "digests": canonical_json(entry.digests),
            "hash": digest,
        },
    )
    sql = "update journal_end set entries = entries + 1, hash = :hash"
    db.execute(sql, {"hash": digest})
    db.conn.executemany(
        "insert into journal_value values (:journal_id, :name, :salt, :value)",
        [
            {"journal_id": cursor.lastrowid, "name": name, "salt": salt, "value": value}
            for name, (salt, value) in values.items()
        ],
    )


def get_end(db: Database) -> tuple[int, str]:
    """The number of entries and the last hash, as they are noted apart from the entries."""
    row = first_row(db, "select entries, hash from journal_end")
    return row["entries"], row["hash"]


def find_number(db: Database, digest: str) -> int | None:
    """The number of the entry with this hash; 0 for the hash before the first entry, else None."""
    if digest == GENESIS:
        return 0
    sql = """select count(*) as number from journal
             where id <= (select id from journal where hash = :hash)"""
    return first_row(db, sql, hash=digest)["number"] or None


def find_last_instant(db: Database) -> datetime | None:
    """When the last entry was written."""
    row = first_row(db, "select at from journal order by id desc limit 1")
    return row and from_micros(row["at"])


def _entry(row: dict[str, Any]) -> Entry:
    names = ("at", "debate_id", "delegation_id", "kind", "actor")
    return Entry(
        **{name: row[name] for name in names},
        facts=json.loads(row["facts"]),
        digests=json.loads(row["digests"]),
    )


def list_entries(db: Database) -> list[tuple[Entry, str]]:
    """All entries in order, each with its stored hash."""
    rows = all_rows(db, "select * from journal order by id")
    return [(_entry(row), row["hash"]) for row in rows]


def list_debate_entries(db: Database, debate_id: int, kinds: tuple[str, ...]) -> list[Entry]:
    """The entries of these kinds about a debate, in order."""
    sql = "select * from journal where debate_id = :debate_id order by id"
    rows = all_rows(db, sql, debate_id=debate_id)
    return [_entry(row) for row in rows if row["kind"] in kinds]


def find_last_entry(db: Database, debate_id: int, kind: str) -> Entry | None:
    """The latest entry of this kind about a debate."""
    sql = """select * from journal where debate_id = :debate_id and kind = :kind
             order by id desc limit 1"""
    row = first_row(db, sql, debate_id=debate_id, kind=kind)
    return _entry(row) if row else None


def find_later_entry(
    db: Database, debate_id: int | None, kinds: tuple[str, ...], seen: int, *, but_by: str = ""
) -> Entry | None:
    """The latest entry of these kinds after number `seen`, about a debate or (None) about none,
    by anybody but the actor `but_by`."""
    sql = """select * from journal where id > :seen and debate_id is :debate_id
             and kind in (select value from json_each(:kinds)) and actor != :but_by
             order by id desc limit 1"""
    values = {"debate_id": debate_id, "kinds": json.dumps(kinds), "but_by": but_by}
    row = first_row(db, sql, seen=seen, **values)
    return _entry(row) if row else None


def find_change(
    db: Database,
    kinds: tuple[str, ...],
    *,
    debate_id: int | None = None,
    delegation_id: int | None = None,
    part: str = "",
) -> Entry | None:
    """The latest entry of these kinds about this debate or delegation whose facts name the part."""
    sql = """select * from journal where debate_id is :debate_id
             and (:delegation_id is null or delegation_id = :delegation_id)
             and kind in (select value from json_each(:kinds)) and instr(facts, :part)
             order by id desc limit 1"""
    about = {"debate_id": debate_id, "delegation_id": delegation_id}
    name = json.dumps(part) if part else "{"
    row = first_row(db, sql, kinds=json.dumps(kinds), part=name, **about)
    return _entry(row) if row else None


def list_hashed_entries(db: Database, debate_id: int) -> list[tuple[Entry, str]]:
    """Every entry about a debate in order, each with its stored hash."""
    sql = "select * from journal where debate_id = :debate_id order by id"
    return [(_entry(row), row["hash"]) for row in all_rows(db, sql, debate_id=debate_id)]


def list_last_entries(
    db: Database, debate_id: int, delegation_id: int, kinds: tuple[str, ...], limit: int
) -> list[Entry]:
    """The last entries of these kinds about a delegation in a debate, the latest first. Pages and
    presses ask this: it reads the delegation's own entries alone."""
    values = {"debate_id": debate_id, "delegation_id": delegation_id, "limit": limit}
    return _last_entries(db, "delegation_id = :delegation_id", kinds, values)


def list_last_entries_of_both(
    db: Database, debate_id: int, delegation_id: int, kinds: tuple[str, ...], limit: int
) -> list[Entry]:
    """The same, with those of swaps that are entered about the other delegation. Reads the debate's
    entries until it has so many."""
    whose = """(delegation_id = :delegation_id
               or facts ->> 'asking' = :delegation_id or facts ->> 'asked' = :delegation_id)"""
    values = {"debate_id": debate_id, "delegation_id": delegation_id, "limit": limit}
    return _last_entries(db, whose, kinds, values)


def _last_entries(
    db: Database, whose: str, kinds: tuple[str, ...], values: dict[str, Any]
) -> list[Entry]:
    sql = f"""select * from journal where debate_id = :debate_id and {whose}
              and kind in (select value from json_each(:kinds))
              order by id desc limit :limit"""  # noqa: S608  the condition is ours
    return [_entry(row) for row in all_rows(db, sql, **values, kinds=json.dumps(kinds))]


def has_entry_about(db: Database, letter: Letter, kind: str, actor: str) -> bool:
    """Whether this actor has an entry of this kind about this version of a letter."""
    sql = """select exists (select 1 from journal
               where debate_id = :debate_id and delegation_id = :delegation_id
               and kind = :kind and actor = :actor and facts ->> 'letter_id' = :letter_id)"""
    about = {"debate_id": letter.debate_id, "delegation_id": letter.delegation_id}
    return bool(one_value(db, sql, **about, kind=kind, actor=actor, letter_id=letter.id))


def list_lines(db: Database, search: Search, limit: int | None) -> list[Line]:
    """The entries that match, the latest first, with the personal values that are still there."""
    sql = """select journal.*, (select json_group_object(name, value) from journal_value
               where journal_id = journal.id and value is not null) as personal
             from journal
             where (:debate_id is null or debate_id = :debate_id)
               and (:delegation_id is null or delegation_id = :delegation_id)
               and (:actor = '' or actor = :actor) and (:kind = '' or kind = :kind)
               and (:before is null or id < :before)
             order by id desc limit :limit"""
    rows = all_rows(db, sql, **vars(search), limit=-1 if limit is None else limit)
    return [_line(row) for row in rows]


def find_last_line(db: Database, debate_id: int, delegation_id: int, kind: str) -> Line | None:
    """The latest entry of this kind about a delegation in a debate, as `list_lines` gives it; by
    an index, since every page of a delegation asks."""
    sql = """select journal.*, (select json_group_object(name, value) from journal_value
               where journal_id = journal.id and value is not null) as personal
             from journal
             where debate_id = :debate_id and delegation_id = :delegation_id and kind = :kind
             order by id desc limit 1"""
    row = first_row(db, sql, debate_id=debate_id, delegation_id=delegation_id, kind=kind)
    return _line(row) if row else None


def _line(row: dict[str, Any]) -> Line:
    return Line(row["id"], _entry(row), row["hash"], json.loads(row["personal"]))


def list_actors(db: Database, debate_id: int | None) -> list[str]:
    """Everybody who appears as an actor, in order of their names."""
    sql = """select distinct actor from journal
             where :debate_id is null or debate_id = :debate_id order by actor"""
    return [row["actor"] for row in all_rows(db, sql, debate_id=debate_id)]


def list_values(db: Database) -> list[dict[str, Any]]:
    """The personal values that have not been purged: entry number, name, salt, value."""
    sql = """select journal_id, name, salt, value from journal_value where value is not null
             order by journal_id, name"""
    return all_rows(db, sql)
