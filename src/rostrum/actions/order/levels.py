"""The table of levels of a debate."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from sqlite_utils import Database

from rostrum.actions.journal import Event, record
from rostrum.actions.order.places import reorder_by_rule
from rostrum.domain.actors import Actor
from rostrum.domain.debates.debate import Debate, OrderPolicy
from rostrum.domain.debates.lifecycle import check_may_change
from rostrum.domain.debates.settings import check_settings_version
from rostrum.domain.journal.kinds import EntryKind
from rostrum.domain.order.precedence import DEFAULT_TIERS, check_tiers, tiers_of
from rostrum.store.database import writing
from rostrum.store.debates import get_debate_by_id, update_debate


def set_tiers(
    db: Database,
    now: datetime,
    actor: Actor,
    debate: Debate,
    *,
    tiers: Mapping[str, int],
    seen: int | None = None,
) -> int:
    """Writes the tier of each level; if levels decide the order, the list follows at once.

    Returns how many places changed. `seen` is the debate's version that the page showed: Conflict
    if it has changed. Raises RuleBroken for an incomplete table.
    """
    check_tiers(tiers)
    with writing(db):
        present = get_debate_by_id(db, debate.id)
        check_may_change(present)
        if seen is not None:
            check_settings_version(seen, present.version)
        before = tiers_of(present)
        if dict(tiers) == before:
            return 0
        own = tuple((level, tier) for level, tier in tiers.items() if DEFAULT_TIERS[level] != tier)
        changed = replace(present, tiers=own, version=present.version + 1)
        update_debate(db, changed)
        facts = {"before": before, "after": dict(tiers)}
        record(db, now, actor, Event(EntryKind.LEVELS_SET, debate_id=debate.id, facts=facts))
        if changed.order_policy is OrderPolicy.ARRIVAL:
            return 0
        return reorder_by_rule(db, now, actor, changed)
