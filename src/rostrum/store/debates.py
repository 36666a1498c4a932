"""Debates and the Council members of each."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import datetime
from functools import lru_cache

from sqlite_utils import Database

from rostrum.domain.debates import Debate, Notice
from rostrum.domain.errors import NotFound
from rostrum.domain.times import from_micros, to_micros
from rostrum.store.database import all_rows, first_row, one_value
from rostrum.store.rows import instant_of, micros_of


@lru_cache(maxsize=32)
def _notice(text: str) -> Notice:
    """Parsed once a text: every request reads its debate."""
    values = json.loads(text)
    lists = {name: tuple(values[name]) for name in ("briefers", "guiding_questions")}
    return Notice(**values | lists)


def debate_of(row: dict) -> Debate:
    return Debate(
        id=row["id"],
        slug=row["slug"],
        notice=_notice(row["notice"]),
        starts_at=from_micros(row["starts_at"]),
        opens_at=from_micros(row["opens_at"]),
        closes_at=instant_of(row["closes_at"]),
        letter_deadline=instant_of(row["letter_deadline"]),
        speaking_limit=row["speaking_limit"],
    )


def get_debate(db: Database, slug: str) -> Debate:
    """The debate of this slug; raises NotFound."""
    row = first_row(db, "select * from debate where slug = :slug", slug=slug)
    if row is None:
        raise NotFound
    return debate_of(row)


def get_debate_by_id(db: Database, debate_id: int) -> Debate:
    """The debate of this id; raises NotFound."""
    row = first_row(db, "select * from debate where id = :id", id=debate_id)
    if row is None:
        raise NotFound
    return debate_of(row)


def list_debates(db: Database) -> list[Debate]:
    """All debates, the one that starts last first."""
    return [debate_of(row) for row in all_rows(db, "select * from debate order by starts_at desc")]


def list_boundaries(db: Database) -> list[datetime]:
    """The instants at which something changes by the clock alone: openings, closings, deadlines."""
    sql = """select opens_at as at from debate union all
             select closes_at from debate where closes_at is not null union all
             select letter_deadline from debate where letter_deadline is not null union all
             select letter_deadline from registration where letter_deadline is not null"""
    return [from_micros(row["at"]) for row in all_rows(db, sql)]


def insert_debate(db: Database, debate: Debate) -> int:
    """Adds a debate (its `id` is ignored); the new id."""
    table = db.table("debate")
    values = {
        "slug": debate.slug,
        "notice": json.dumps(asdict(debate.notice), ensure_ascii=False),
        "starts_at": to_micros(debate.starts_at),
        "opens_at": to_micros(debate.opens_at),
        "closes_at": micros_of(debate.closes_at),
        "letter_deadline": micros_of(debate.letter_deadline),
        "speaking_limit": debate.speaking_limit,
    }
    return table.insert(values).last_pk


def insert_council_member(db: Database, debate_id: int, delegation_id: int) -> None:
    db.execute(
        "insert into council_member values (:debate_id, :delegation_id)",
        {"debate_id": debate_id, "delegation_id": delegation_id},
    )


def is_council_member(db: Database, debate_id: int, delegation_id: int) -> bool:
    """Whether the delegation is one of the Council members of this debate."""
    sql = """select exists (select 1 from council_member
             where debate_id = :debate_id and delegation_id = :delegation_id)"""
    return bool(one_value(db, sql, debate_id=debate_id, delegation_id=delegation_id))


def count_council_members(db: Database, debate_id: int) -> int:
    sql = "select count(*) from council_member where debate_id = :debate_id"
    return one_value(db, sql, debate_id=debate_id)
