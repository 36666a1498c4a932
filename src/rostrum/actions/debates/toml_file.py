"""Loading a debate from its TOML file."""

from __future__ import annotations

import tomllib
from collections import Counter
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from rostrum.actions.delegations.directory import load_shipped_delegations
from rostrum.actions.journal import Event, record
from rostrum.domain.actors import Actor
from rostrum.domain.debates.debate import Debate, Notice
from rostrum.domain.debates.settings import may_sit_in_council
from rostrum.domain.delegations.delegation import Delegation
from rostrum.domain.errors import Conflict
from rostrum.domain.journal.kinds import EntryKind
from rostrum.domain.sentences import S_
from rostrum.domain.times import iso_millis, new_york_day, one_instant, shift_days
from rostrum.store import debates, delegations
from rostrum.store.database import writing

WORDS = ("title", "short_title", "item", "venue", "presidency", "chair", "theme")
LISTS = ("briefers", "guiding_questions")
TIMES = ("starts_at", "opens_at", "closes_at", "letter_deadline")
NEEDED = {*WORDS, *LISTS, "slug", "starts_at", "opens_at", "speaking_limit_minutes"}
KNOWN = NEEDED | {"closes_at", "letter_deadline", "council_members"}
DAY = 24 * 60 * 60


def read_debate(text: str) -> tuple[Debate, list[str]]:
    """The debate that a TOML text describes, and the codes of its Council members.

    Times are New York wall times without an offset. Raises Conflict, which names the fault, and
    RuleBroken for a time that New York skips or has twice.
    """
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise Conflict(S_("Not a TOML file: %(fault)s."), fault=str(error)) from error
    _check_names(values)
    _check_kinds(values)
    _check_values(values)
    instants = {name: one_instant(name, values[name]) if name in values else None for name in TIMES}
    lists = {name: tuple(values[name]) for name in LISTS}
    words = {name: values[name].strip() for name in WORDS}
    debate = Debate(
        id=0,
        slug=values["slug"],
        notice=Notice(**words, **lists),
        **instants,
        speaking_limit=round(values["speaking_limit_minutes"] * 60),
    )
    return debate, values.get("council_members", [])


def _check_names(values: dict[str, Any]) -> None:
    missing, unknown = NEEDED - values.keys(), values.keys() - KNOWN
    if missing:
        raise Conflict(S_("Missing: %(names)s."), names=", ".join(sorted(missing)))
    if unknown:
        raise Conflict(S_("Unknown: %(names)s."), names=", ".join(sorted(unknown)))


def _check_kinds(values: dict[str, Any]) -> None:
    kinds: dict[str, type | tuple[type, ...]] = dict.fromkeys((*WORDS, "slug"), str)
    kinds |= dict.fromkeys((*LISTS, "council_members"), list)
    kinds |= dict.fromkeys(TIMES, datetime) | {"speaking_limit_minutes": (int, float)}
    for name, value in values.items():
        if not _is_of_kind(value, kinds[name]):
            raise Conflict(
                S_("%(name)s has not the right form: %(value)s."), name=name, value=value
            )
        if isinstance(value, datetime) and value.tzinfo is not None:
            raise Conflict(S_("%(name)s is a New York wall time, without an offset."), name=name)


def _is_of_kind(value: Any, kind: type | tuple[type, ...]) -> bool:
    if isinstance(value, list):
        return kind is list and all(isinstance(item, str) for item in value)
    return isinstance(value, kind) and not isinstance(value, bool)


def _check_values(values: dict[str, Any]) -> None:
    slug, council = values["slug"], values.get("council_members", [])
    if not slug or not all(c.isascii() and (c.isalnum() or c == "-") for c in slug):
        raise Conflict(S_("The slug has letters, digits and hyphens only."))
    if not 1 <= values["speaking_limit_minutes"] * 60 <= DAY:
        raise Conflict(S_("speaking_limit_minutes lies between one second and one day."))
    if "closes_at" in values and values["closes_at"] <= values["opens_at"]:
        raise Conflict(S_("closes_at comes after opens_at."))
    twice = sorted(code for code, count in Counter(council).items() if count > 1)
    if twice:
        raise Conflict(S_("Council members named twice: %(codes)s."), codes=", ".join(twice))


def redate(debate: Debate, opens_at: datetime) -> Debate:
    """The same debate with its list opening at `opens_at`.

    The other instants move by whole days and keep their New York wall times, so that a meeting
    at 10 a.m. stays one at 10 a.m.
    """
    days = new_york_day(opens_at) - new_york_day(debate.opens_at)
    return replace(
        debate,
        opens_at=opens_at,
        starts_at=shift_days(debate.starts_at, days),
        closes_at=debate.closes_at and shift_days(debate.closes_at, days),
        letter_deadline=debate.letter_deadline and shift_days(debate.letter_deadline, days),
    )


def load_debate(
    db: Database, now: datetime, actor: Actor, debate: Debate, council: list[str]
) -> Debate:
    """Adds a debate with its Council members, and any missing shipped delegations.

    Raises Conflict for a slug that exists, for an unknown Council member, and for one that is no
    Member State.
    """
    with writing(db):
        load_shipped_delegations(db)
        by_code = {delegation.code: delegation for delegation in delegations.list_delegations(db)}
        _check_council(by_code, council)
        if debate.slug in {known.slug for known in debates.list_debates(db)}:
            raise Conflict(S_("There is already a debate %(slug)s."), slug=debate.slug)
        added = replace(debate, id=debates.insert_debate(db, debate))
        for code in council:
            debates.insert_council_member(db, added.id, by_code[code].id)
        facts = {"slug": debate.slug, "opens_at": iso_millis(debate.opens_at), "council": council}
        record(db, now, actor, Event(EntryKind.DEBATE_LOADED, debate_id=added.id, facts=facts))
        return added


def _check_council(by_code: dict[str, Delegation], council: list[str]) -> None:
    if unknown := ", ".join(code for code in council if code not in by_code):
        raise Conflict(S_("Unknown delegations: %(codes)s."), codes=unknown)
    if others := ", ".join(code for code in council if not may_sit_in_council(by_code[code])):
        raise Conflict(S_("Only Member States sit in the Council, not: %(names)s."), names=others)
