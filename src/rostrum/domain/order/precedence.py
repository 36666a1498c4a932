"""Which level goes before which, and the place in the list that the rule gives a delegation."""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass, replace

from rostrum.domain.debates.debate import Debate, OrderPolicy
from rostrum.domain.errors import RuleBroken
from rostrum.domain.sentences import S_
from rostrum.domain.speakers import Level

DEFAULT_TIERS = {
    Level.HEAD_OF_STATE: 1,
    Level.HEAD_OF_GOVERNMENT: 2,
    Level.VICE_PRESIDENT: 2,
    Level.CROWN_PRINCE: 2,
    Level.DEPUTY_PRIME_MINISTER: 3,
    Level.MINISTER: 4,
    Level.DEPUTY_MINISTER: 5,
    Level.PERMANENT_REPRESENTATIVE: 6,
    Level.OTHER: 7,
}
"""Tier by level; 1 speaks first. Sources differ (E/CN.6/2000/PC/9 puts the first two together),
so each debate may have a table of its own."""
LAST_TIER = len(Level)


@dataclass(frozen=True)
class Rank:
    """The values that the rule of the order compares."""

    level: str
    """The level that counts; a higher level counts only once staff have confirmed it."""
    arrival_number: int
    received_at: int = 0
    """Microseconds. A delegation that the mission entered counts by the time of its request, though
    its number is a later one. If times are equal, the numbers decide."""


def tiers_of(debate: Debate) -> dict[str, int]:
    """Tier by level in this debate."""
    return DEFAULT_TIERS | dict(debate.tiers)


def check_tiers(tiers: Mapping[str, int]) -> None:
    """Refuses a table that lacks a level or has a tier outside 1 to 9."""
    wrong = [level for level in Level if not 1 <= tiers.get(level, 0) <= LAST_TIER]
    if wrong:
        raise RuleBroken(
            "tiers", S_("Each level has a tier from 1 to %(last)s."), last=LAST_TIER
        )  # fmt: skip


def tier_of(debate: Debate, level: str) -> int:
    """The tier of a level; the same for all levels under the policy `arrival`."""
    if debate.order_policy is OrderPolicy.ARRIVAL:
        return 0
    return tiers_of(debate).get(level, LAST_TIER)


def is_raised(debate: Debate, before: str, after: str) -> bool:
    """Whether a change of level puts the delegation into a higher tier, where levels count or once
    they do: the rule of the order may change later."""
    tiers = tiers_of(debate)
    return tiers.get(after, LAST_TIER) < tiers.get(before, LAST_TIER)


def place_by_rule(debate: Debate, order: list[Rank], new: Rank) -> int:
    """The place that `new` takes among the others, which keep their present order.

    It is the place behind the last delegation that goes before `new` by tier, then arrival. A
    delegation that staff moved, or that chose to speak later, stays where it is.
    """

    own = _key(debate, new)
    before = [place for place, rank in enumerate(order, start=1) if _key(debate, rank) < own]
    return max(before, default=0) + 1


def place_of_level(debate: Debate, before: str, after: str, present: int, new: int) -> int:
    """The place after a change of level: the rule's place `new`, unless it goes the other way.

    Within one tier, and always under the policy `arrival`, the place stays. A lower level never
    moves forward a delegation that staff moved back or that speaks later; a higher one never back.
    """
    if tier_of(debate, before) == tier_of(debate, after):
        return present
    return min(present, new) if is_raised(debate, before, after) else max(present, new)


def place_once_counted(
    debate: Debate, ranks: Mapping[int, Rank], registration_id: int, level: str
) -> int:
    """The place of a registration once `level` counts for it in place of its present level.

    `ranks` are those of the whole list by registration id, in order of place.
    """
    own = ranks[registration_id]
    others = [rank for other, rank in ranks.items() if other != registration_id]
    new = place_by_rule(debate, others, replace(own, level=level))
    return place_of_level(debate, own.level, level, list(ranks).index(registration_id) + 1, new)


def order_by_rule(debate: Debate, ranks: Mapping[int, Rank], but: Container[int] = ()) -> list[int]:
    """All ids but those in `but`, in the order that the rule alone would give."""
    ruled = (registration_id for registration_id in ranks if registration_id not in but)
    return sorted(ruled, key=lambda registration_id: _key(debate, ranks[registration_id]))


def _key(debate: Debate, rank: Rank) -> tuple[int, int, int]:
    return tier_of(debate, rank.level), rank.received_at, rank.arrival_number
