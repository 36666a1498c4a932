"""Changing the rule of the order: the policy and the table of levels, and taking that back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from rostrum.actions.journal import Event, record
from rostrum.actions.order.taking_back import CANNOT_GO_BACK, find_act
from rostrum.domain.actors import Actor
from rostrum.domain.debates.debate import Debate, OrderPolicy
from rostrum.domain.debates.lifecycle import check_may_change
from rostrum.domain.debates.settings import differences
from rostrum.domain.errors import Conflict
from rostrum.domain.journal.chain import Entry
from rostrum.domain.journal.kinds import EntryKind
from rostrum.domain.order.places import Cause, Changes, Ground, Move
from rostrum.domain.order.precedence import DEFAULT_TIERS, check_tiers, tiers_of
from rostrum.domain.order.rule_changes import (
    RuleChange,
    check_rule_change,
    decided_places,
    plan_rule_change,
)
from rostrum.domain.times import from_micros, to_micros
from rostrum.store import journal, places, registrations
from rostrum.store.database import writing
from rostrum.store.debates import get_debate_by_id, update_debate


def plan(
    db: Database,
    debate: Debate,
    *,
    policy: OrderPolicy,
    tiers: Mapping[str, int],
    keeps: bool = True,
) -> RuleChange:
    """What these settings would change, as the list is now. RuleBroken for an incomplete table."""
    check_tiers(tiers)
    own = tuple((level, tier) for level, tier in tiers.items() if DEFAULT_TIERS[level] != tier)
    before = get_debate_by_id(db, debate.id)
    whose = registrations.list_delegation_ids(db, debate.id)
    ranks = places.list_ranks(db, debate.id)
    decided = decided_places(places.list_moves(db, debate.id), whose, _given_up_at(db, debate))
    return plan_rule_change(
        before,
        replace(before, order_policy=policy, tiers=own, version=before.version + 1),
        ranks=ranks,
        decided={each: cause for each, cause in decided.items() if each in ranks},
        keeps=keeps,
    )


def _given_up_at(db: Database, debate: Debate) -> datetime | None:
    """When a change of the rule that was not taken back last gave up what was decided before."""
    found: dict[int, bool] = {}
    for entry in journal.list_debate_entries(db, debate.id, (EntryKind.LIST_REORDERED,)):
        if undone := entry.facts.get("undoes"):
            found.pop(undone, None)
        elif not entry.facts.get("keeps"):
            found[entry.at] = True
    return from_micros(max(found)) if found else None


def change_rule(
    db: Database,
    now: datetime,
    actor: Actor,
    debate: Debate,
    *,
    policy: OrderPolicy,
    tiers: Mapping[str, int],
    keeps: bool,
    reason: str,
    seen: str,
) -> RuleChange:
    """Makes these settings count; the list follows at once, and each that moves reads the reason.

    `seen` is the version of the plan that the page showed: Conflict if something else would move
    now. RuleBroken for an incomplete table, and without a reason if somebody moves.
    """
    check_may_change(debate)
    with writing(db):
        change = plan(db, debate, policy=policy, tiers=tiers, keeps=keeps)
        reason = check_rule_change(change, seen, reason)
        _write_settings(db, now, actor, change.before, change.after)
        if change.changes:
            _reorder(db, now, actor, change.after, changes=change.changes, reason=reason)
            facts = {"keeps": keeps} | _settings_before(change.before)
            personal = {"reason": reason}
            _record(
                db,
                now,
                actor,
                change.after,
                changes=change.changes,
                facts=facts,
                personal=personal,
            )
        return change


def take_back_rule(
    db: Database, now: datetime, actor: Actor, debate: Debate, act_id: int
) -> Changes:
    """Gives settings and places again as they were before a change of the rule.

    Returns the changes. Raises Conflict, which is a StretchChanged once one of those that were
    moved has another place.
    """
    check_may_change(debate)
    with writing(db):
        act = find_act(db, debate, act_id)
        entry = act and find_reordering(db, debate, act.first)
        if entry is None or act.is_undone:
            raise Conflict(CANNOT_GO_BACK)
        changes = act.changes_back(places.list_places(db, debate.id))
        present = get_debate_by_id(db, debate.id)
        after = replace(
            present,
            order_policy=OrderPolicy(entry.facts["policy_before"]),
            tiers=tuple(entry.facts["tiers_before"].items()),
            version=present.version + 1,
        )
        _write_settings(db, now, actor, present, after)
        _reorder(db, now, actor, after, changes=changes, ground=Ground.UNDONE)
        facts = {"keeps": True, "undoes": entry.at} | _settings_before(present)
        _record(db, now, actor, after, changes=changes, facts=facts)
        return changes


def find_reordering(db: Database, debate: Debate, move: Move) -> Entry | None:
    """The journal's entry of the change of the rule that made this move, if the present settings
    are still its own and it tells those before."""
    entry = journal.find_last_entry(db, debate.id, EntryKind.LIST_REORDERED)
    if move.cause is not Cause.POLICY or entry is None or entry.at != to_micros(move.moved_at):
        return None
    facts, present = entry.facts, get_debate_by_id(db, debate.id)
    is_present = (facts["policy"], facts["tiers"]) == (present.order_policy, dict(present.tiers))
    return entry if is_present and "policy_before" in facts else None


def _settings_before(debate: Debate) -> dict[str, Any]:
    return {"policy_before": debate.order_policy, "tiers_before": dict(debate.tiers)}


def _write_settings(
    db: Database, now: datetime, actor: Actor, before: Debate, after: Debate
) -> None:
    if (before.order_policy, before.tiers) == (after.order_policy, after.tiers):
        return
    update_debate(db, after)
    if before.order_policy != after.order_policy:
        policies = replace(after, tiers=before.tiers)
        facts = {"version": after.version, "changed": differences(before, policies)}
        record(db, now, actor, Event(EntryKind.DEBATE_CHANGED, debate_id=after.id, facts=facts))
    if tiers_of(before) != tiers_of(after):
        facts = {"before": tiers_of(before), "after": tiers_of(after)}
        record(db, now, actor, Event(EntryKind.LEVELS_SET, debate_id=after.id, facts=facts))


def _reorder(
    db: Database,
    now: datetime,
    actor: Actor,
    debate: Debate,
    *,
    changes: Changes,
    ground: str = "",
    reason: str = "",
) -> None:
    """Writes the places; each that changes is a move of the delegation itself."""
    whose = registrations.list_delegation_ids(db, debate.id)
    places.update_places(db, {each: after for each, (_, after) in changes.items()})
    places.insert_moves(
        db,
        [
            Move(each, before, after, Cause.POLICY, whose[each], now, actor, ground, reason)
            for each, (before, after) in changes.items()
        ],
    )


def _record(
    db: Database,
    now: datetime,
    actor: Actor,
    debate: Debate,
    *,
    changes: Changes,
    facts: dict[str, Any],
    personal: dict[str, str] | None = None,
) -> None:
    whose = registrations.list_delegation_ids(db, debate.id)
    moved = {
        "policy": debate.order_policy,
        "tiers": dict(debate.tiers),
        "moved": len(changes),
        "places": [[whose[each], before, after] for each, (before, after) in changes.items()],
    }
    event = Event(EntryKind.LIST_REORDERED, debate_id=debate.id, facts=moved | facts)
    record(db, now, actor, replace(event, personal=personal or {}))
