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
from rostrum.domain.order.council import (
    check_council_version,
    check_may_draw,
    draw,
    is_drawn,
    read_order,
)
from rostrum.domain.order.precedence import tiers_of
from rostrum.domain.order.protocol import adjusted, check_levels_version, is_presidency
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
    is_draw: bool = True,
    seen: str | None = None,
) -> list[str]:
    """Writes the order in a text, one member per line; returns the codes. Errors of `read_order`.

    It is the draw, unless there is one and `is_draw` is false: then only the order of speaking
    changes. `seen` is the `council_version` that the page showed: Conflict if it has changed.
    """
    check_may_change(debate)
    with writing(db):
        present = council.list_council_members(db, debate.id)
        check_council_version(seen, present)
        everybody = delegations.list_delegations(db)
        ordered = read_order(text, [each.delegation for each in present], everybody)
        codes = [each.code for each in ordered]
        how = {"by": "hand"}
        if is_draw or not is_drawn(present):
            return _write_draw(db, now, actor, debate, codes=codes, how=how)
        return _write(
            db, now, actor, debate, kind=EntryKind.COUNCIL_ORDER_ADJUSTED, codes=codes, how=how
        )


def draw_council_order(
    db: Database,
    now: datetime,
    actor: Actor,
    debate: Debate,
    *,
    presidency_last: bool,
    replaces: bool = False,
    seen: str | None = None,
) -> list[str]:
    """Draws the order by lot; returns the codes. The journal has the seed, to repeat the draw.

    Raises Conflict if no members are set, or if `seen` is not their `council_version`, and
    RuleBroken on the field `replaces` if there is an order that it was not asked to replace.
    """
    seed = secrets.token_hex(16)
    check_may_change(debate)
    with writing(db):
        present = council.list_council_members(db, debate.id)
        check_council_version(seen, present)
        if not present:
            raise Conflict(S_("No Council members are set for this debate."))
        check_may_draw(present, replaces=replaces)
        chair = [each.code for each in present if is_presidency(debate, each)]
        last = chair[0] if presidency_last and chair else None
        codes = draw((each.code for each in present), seed, last)
        how = {"by": "lot", "seed": seed, "last": last}
        return _write_draw(db, now, actor, debate, codes=codes, how=how)


def adjust_council_order(
    db: Database,
    now: datetime,
    actor: Actor,
    debate: Debate,
    *,
    presidency_last: bool,
    seen: str | None = None,
) -> list[str]:
    """Puts levels first, the draw within a level (`adjusted`); returns the codes. The draw stays.

    The journal has the draw, the levels and their tiers. Raises Conflict without a draw, or if
    `seen` is not the `levels_version`. An order that is so already is not written.
    """
    check_may_change(debate)
    with writing(db):
        present = council.list_council_members(db, debate.id)
        check_levels_version(seen, debate, present)
        if not is_drawn(present):
            raise Conflict(S_("Enter the draw first, or draw by lot."))
        codes = [each.code for each in adjusted(debate, present, presidency_last=presidency_last)]
        if codes == [each.code for each in present]:
            return codes
        how = {
            "by": "protocol",
            "draw": [each.code for each in sorted(present, key=lambda each: each.lot or 0)],
            "levels": {each.code: each.level for each in present if each.level},
            "tiers": tiers_of(debate),
            "presidency_last": presidency_last,
        }
        return _write(
            db, now, actor, debate, kind=EntryKind.COUNCIL_ORDER_ADJUSTED, codes=codes, how=how
        )


def _write_draw(
    db: Database, now: datetime, actor: Actor, debate: Debate, *, codes: list[str], how: dict
) -> list[str]:
    by_code = _ids(db, debate)
    council.update_council_lot(db, debate.id, [by_code[code] for code in codes])
    kind = EntryKind.COUNCIL_ORDER_SET
    return _write(db, now, actor, debate, kind=kind, codes=codes, how=how)


def _write(
    db: Database,
    now: datetime,
    actor: Actor,
    debate: Debate,
    *,
    kind: EntryKind,
    codes: list[str],
    how: dict,
) -> list[str]:
    members = council.list_council_members(db, debate.id)
    before = [each.code for each in members if each.position is not None]
    by_code = _ids(db, debate)
    council.update_council_order(db, debate.id, [by_code[code] for code in codes])
    facts = {"before": before, "after": codes} | how
    record(db, now, actor, Event(kind, debate_id=debate.id, facts=facts))
    return codes


def _ids(db: Database, debate: Debate) -> dict[str, int]:
    members = council.list_council_members(db, debate.id)
    return {each.code: each.delegation.id for each in members}


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
