"""Debates and the Council members of each."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import datetime, time
from functools import lru_cache
from typing import Any

from sqlite_utils import Database

from rostrum.domain.debates.debate import (
    Debate,
    Notice,
    OrderPolicy,
    Status,
    Translation,
    Visibility,
)
from rostrum.domain.errors import NotFound
from rostrum.domain.times import from_micros, to_micros
from rostrum.store.database import all_rows, first_row, one_value
from rostrum.store.rows import instant_of, micros_of


@lru_cache(maxsize=32)
def _notice(text: str) -> Notice:
    """Cached by its text, because every request reads its debate."""
    values = json.loads(text)
    translations = tuple(Translation(**_lists(each)) for each in values.get("translations", ()))
    return Notice(**_lists(values) | {"translations": translations})


def _lists(values: dict[str, Any]) -> dict[str, Any]:
    return values | {name: tuple(values[name]) for name in ("briefers", "guiding_questions")}


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
        order_policy=OrderPolicy(row["order_policy"]),
        tiers=tuple(json.loads(row["tiers"]).items()),
        briefer_limit=row["briefer_limit"],
        member_limit=row["member_limit"],
        group_limit=row["group_limit"],
        changeover=row["changeover"],
        meeting_hours=_hours(row["meeting_hours"]),
        visibility=Visibility(row["visibility"]),
        swaps_need_approval=bool(row["swaps_need_approval"]),
        retention_days=row["retention_days"],
        status=Status(row["status"]),
        status_reason=row["status_reason"],
        dates_are_open=bool(row["dates_are_open"]),
        rehearsal_of=row["rehearsal_of"],
        version=row["version"],
    )


@lru_cache(maxsize=32)
def _hours(text: str) -> tuple[tuple[time, time], ...]:
    return tuple((time.fromisoformat(a), time.fromisoformat(b)) for a, b in json.loads(text))


def _values(debate: Debate) -> dict[str, Any]:
    """All columns except the id."""
    hours = [[f"{start:%H:%M}", f"{end:%H:%M}"] for start, end in debate.meeting_hours]
    values = {name: value for name, value in vars(debate).items() if name != "id"}
    return values | {
        "notice": json.dumps(asdict(debate.notice), ensure_ascii=False),
        "starts_at": to_micros(debate.starts_at),
        "opens_at": to_micros(debate.opens_at),
        "closes_at": micros_of(debate.closes_at),
        "letter_deadline": micros_of(debate.letter_deadline),
        "meeting_hours": json.dumps(hours),
        "tiers": json.dumps(dict(debate.tiers)),
        "swaps_need_approval": int(debate.swaps_need_approval),
        "dates_are_open": int(debate.dates_are_open),
    }


def get_debate(db: Database, slug: str) -> Debate:
    """The debate with this slug; raises NotFound."""
    sql = "select * from debate where slug = :slug and deleted_at is null"
    row = first_row(db, sql, slug=slug)
    if row is None:
        raise NotFound
    return debate_of(row)


def get_debate_by_id(db: Database, debate_id: int) -> Debate:
    """The debate with this id; raises NotFound."""
    sql = "select * from debate where id = :id and deleted_at is null"
    row = first_row(db, sql, id=debate_id)
    if row is None:
        raise NotFound
    return debate_of(row)


def find_status(db: Database, debate_id: int) -> Status | None:
    sql = "select status from debate where id = :id and deleted_at is null"
    row = first_row(db, sql, id=debate_id)
    return Status(row["status"]) if row else None


def list_debates(db: Database) -> list[Debate]:
    """All debates, the latest start first."""
    sql = "select * from debate where deleted_at is null order by starts_at desc, id desc"
    return [debate_of(row) for row in all_rows(db, sql)]


def list_slugs(db: Database) -> set[str]:
    """Every slug that a debate has or had: those of deleted rehearsals are not used again."""
    return {row["slug"] for row in all_rows(db, "select slug from debate")}


def slugs_by_id(db: Database) -> dict[int, str]:
    """The slug of every debate by id, deleted ones included."""
    return {row["id"]: row["slug"] for row in all_rows(db, "select id, slug from debate")}


def list_boundaries(db: Database) -> list[datetime]:
    """The instants at which the clock alone changes something: openings, closings, deadlines,
    ends of messages."""
    sql = """select opens_at as at from debate where deleted_at is null union all
             select coalesce(closes_at, starts_at) from debate where deleted_at is null union all
             select letter_deadline from debate
             where letter_deadline is not null and deleted_at is null union all
             select letter_deadline from registration where letter_deadline is not null union all
             select ends_at from message where ends_at is not null and ended_at is null"""
    return [from_micros(row["at"]) for row in all_rows(db, sql)]


def insert_debate(db: Database, debate: Debate) -> int:
    """Adds a debate (its `id` is ignored); returns the new id."""
    return db.table("debate").insert(_values(debate)).last_pk


def update_debate(db: Database, debate: Debate) -> None:
    """Writes everything of a debate anew."""
    values = _values(debate)
    assignments = ", ".join(f"{name} = :{name}" for name in values)
    db.execute(f"update debate set {assignments} where id = :id", values | {"id": debate.id})  # noqa: S608


def insert_council_member(db: Database, debate_id: int, delegation_id: int) -> None:
    db.execute(
        """insert into council_member (debate_id, delegation_id)
           values (:debate_id, :delegation_id)""",
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


def list_council_members(db: Database, debate_id: int) -> frozenset[int]:
    """The ids of the delegations that are Council members of this debate."""
    sql = "select delegation_id from council_member where debate_id = :debate_id"
    return frozenset(row["delegation_id"] for row in all_rows(db, sql, debate_id=debate_id))


def replace_council_members(db: Database, debate_id: int, members: frozenset[int]) -> None:
    """Writes the Council members of a debate anew."""
    db.execute("delete from council_member where debate_id = :id", {"id": debate_id})
    for delegation_id in sorted(members):
        insert_council_member(db, debate_id, delegation_id)
