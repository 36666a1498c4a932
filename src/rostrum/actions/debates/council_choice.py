"""Choosing the Council members of a debate."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime

from sqlite_utils import Database

from rostrum.actions.journal import Event, record
from rostrum.domain.actors import Actor
from rostrum.domain.debates.debate import Debate
from rostrum.domain.debates.lifecycle import check_may_change
from rostrum.domain.debates.settings import check_council, check_settings_version
from rostrum.domain.delegations.delegation import Delegation
from rostrum.domain.errors import RuleBroken
from rostrum.domain.journal.kinds import EntryKind
from rostrum.domain.order.council import Member
from rostrum.domain.order.exchanges import order_after_exchange
from rostrum.domain.sentences import S_
from rostrum.store import council, debates, delegations, registrations
from rostrum.store.database import writing


@dataclass(frozen=True)
class Choice:
    """What became of a choice of members."""

    debate: Debate
    newcomers: tuple[tuple[Delegation, int], ...] = ()
    """Members who came into an order that was set, each with its number in it."""


def choose_council(
    db: Database, now: datetime, actor: Actor, debate: Debate, *, codes: frozenset[str], seen: int
) -> Choice:
    """Makes these delegations the Council members of the debate, and no others.

    Who stays keeps its speaker and its place in the order (`order_after_exchange`). Raises Conflict
    if somebody was faster, RuleBroken for an unknown code and as `check_council` does.
    """
    with writing(db):
        before = debates.get_debate_by_id(db, debate.id)
        check_may_change(before)
        check_settings_version(seen, before.version)
        members = _named(db, codes)
        held = registrations.list_registrations(db, before.id)
        check_council(members, {each.delegation_id for each in held if each.is_active})
        present = [each.delegation for each in council.list_council_members(db, before.id)]
        if codes == {each.code for each in present}:
            return Choice(before)
        after = replace(before, version=before.version + 1)
        debates.update_debate(db, after)
        facts = {
            "before": sorted(each.code for each in present),
            "after": sorted(codes),
            "version": after.version,
        }
        order = _exchange(db, before.id, members)
        record(db, now, actor, Event(EntryKind.COUNCIL_CHOSEN, debate_id=before.id, facts=facts))
        return Choice(after, tuple(pair for pair in order if pair[0] not in present))


def _named(db: Database, codes: Collection[str]) -> list[Delegation]:
    by_code = {found.code: found for found in delegations.list_delegations(db)}
    if unknown := sorted(codes - by_code.keys()):
        names = ", ".join(unknown)
        raise RuleBroken("council", S_("Unknown delegations: %(codes)s."), codes=names)
    return [by_code[code] for code in sorted(codes)]


def _exchange(
    db: Database, debate_id: int, members: list[Delegation]
) -> list[tuple[Delegation, int]]:
    """Writes the members; returns them with their numbers in the order, if there is one."""
    found = council.list_council_members(db, debate_id)
    spoken = [each.delegation.id for each in found if each.position is not None]
    drawn = [each.delegation.id for each in sorted(found, key=_lot) if each.lot is not None]
    wanted, present = {each.id for each in members}, {each.delegation.id for each in found}
    coming, leaving = sorted(wanted - present), present - wanted
    council.exchange_members(db, debate_id, leaving=leaving, coming=coming)
    if not spoken:
        return []
    order = order_after_exchange(spoken, leaving, coming)
    council.update_council_order(db, debate_id, order)
    council.update_council_lot(db, debate_id, order_after_exchange(drawn, leaving, coming))
    by_id = {each.id: each for each in members}
    return [(by_id[each], number) for number, each in enumerate(order, start=1)]


def _lot(member: Member) -> int:
    return member.lot or 0
