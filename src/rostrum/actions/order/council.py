"""The order of the Council's members, and further statements at the end of the list."""

from __future__ import annotations

import secrets
from datetime import datetime

from sqlite_utils import Database

from rostrum.actions.journal import Event, record
from rostrum.domain.actors import Actor
from rostrum.domain.debates.debate import Debate
from rostrum.domain.debates.lifecycle import check_may_change
from rostrum.domain.errors import Conflict, NotFound, RuleBroken
from rostrum.domain.journal.kinds import EntryKind
from rostrum.domain.order.council import check_council_version, draw, read_order
from rostrum.domain.sentences import S_
from rostrum.store import council, delegations
from rostrum.store.database import writing


def enter_council_order(
    db: Database,
    now: datetime,
    actor: Actor,
    debate: Debate,
    *,
    text: str,
    seen: str | None = None,
) -> list[str]:
    """Writes the order in a text, one member per line; returns the codes. Errors of `read_order`.

    `seen` is the `council_version` that the page showed: Conflict if it has changed.
    """
    check_may_change(debate)
    with writing(db):
        present = council.list_council_members(db, debate.id)
        check_council_version(seen, present)
        everybody = delegations.list_delegations(db)
        ordered = read_order(text, [each.delegation for each in present], everybody)
        return _write(
            db, now, actor, debate, codes=[each.code for each in ordered], how={"by": "hand"}
        )


def draw_council_order(
    db: Database,
    now: datetime,
    actor: Actor,
    debate: Debate,
    *,
    presidency_last: bool,
    seen: str | None = None,
) -> list[str]:
    """Draws the order by lot; returns the codes. The journal has the seed, to repeat the draw.

    Raises Conflict if no members are set, or if `seen` is not their `council_version`.
    """
    seed = secrets.token_hex(16)
    check_may_change(debate)
    with writing(db):
        present = council.list_council_members(db, debate.id)
        check_council_version(seen, present)
        members = [each.delegation for each in present]
        if not members:
            raise Conflict(S_("No Council members are set for this debate."))
        chair = [each.code for each in members if each.name() == debate.notice.presidency]
        last = chair[0] if presidency_last and chair else None
        codes = draw((each.code for each in members), seed, last)
        return _write(
            db, now, actor, debate, codes=codes, how={"by": "lot", "seed": seed, "last": last}
        )


def _write(
    db: Database, now: datetime, actor: Actor, debate: Debate, *, codes: list[str], how: dict
) -> list[str]:
    members = council.list_council_members(db, debate.id)
    by_code = {each.code: each.delegation.id for each in members}
    before = [each.code for each in members if each.position is not None]
    council.update_council_order(db, debate.id, [by_code[code] for code in codes])
    facts = {"before": before, "after": codes} | how
    record(db, now, actor, Event(EntryKind.COUNCIL_ORDER_SET, debate_id=debate.id, facts=facts))
    return codes


def add_further_statement(
    db: Database, now: datetime, actor: Actor, debate: Debate, code: str
) -> None:
    """Adds a further statement by a delegation at the end of the list.

    Raises RuleBroken on the field `delegation` for an unknown code, and if it already has one.
    """
    check_may_change(debate)
    with writing(db):
        present = council.list_further_statements(db, debate.id)
        if code in {each.code for each in present}:
            raise RuleBroken("delegation", S_("This delegation is there already."))
        try:
            added = delegations.get_delegation(db, code)
        except NotFound:
            raise RuleBroken("delegation", S_("Choose a delegation.")) from None
        _write_further(db, now, actor, debate, after=[*present, added], before=present)


def remove_further_statement(
    db: Database, now: datetime, actor: Actor, debate: Debate, code: str
) -> None:
    """Removes a further statement. Raises Conflict if it is already gone."""
    check_may_change(debate)
    with writing(db):
        present = council.list_further_statements(db, debate.id)
        left = [each for each in present if each.code != code]
        if len(left) == len(present):
            raise Conflict(S_("This statement has since been removed."))
        _write_further(db, now, actor, debate, after=left, before=present)


def move_further_statement_up(
    db: Database, now: datetime, actor: Actor, debate: Debate, code: str
) -> None:
    """Moves a further statement one up. Raises Conflict if it is gone."""
    check_may_change(debate)
    with writing(db):
        present = council.list_further_statements(db, debate.id)
        index = next((i for i, each in enumerate(present) if each.code == code), None)
        if index is None:
            raise Conflict(S_("This statement has since been removed."))
        moved = list(present)
        moved.insert(max(index - 1, 0), moved.pop(index))
        _write_further(db, now, actor, debate, after=moved, before=present)


def _write_further(
    db: Database, now: datetime, actor: Actor, debate: Debate, *, after: list, before: list
) -> None:
    council.replace_further_statements(db, debate.id, [each.id for each in after])
    facts = {"before": [each.code for each in before], "after": [each.code for each in after]}
    event = Event(EntryKind.FURTHER_STATEMENTS_SET, debate_id=debate.id, facts=facts)
    record(db, now, actor, event)
