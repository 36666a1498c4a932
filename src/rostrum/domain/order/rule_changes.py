"""Another policy or table of levels: what it moves, and which decisions about places outlive it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from rostrum.domain.checks import check_said, check_unchanged, version_of
from rostrum.domain.debates.debate import Debate
from rostrum.domain.order.places import Cause, Changes, Ground, Move, changes_to, in_order
from rostrum.domain.order.precedence import Rank, order_by_rule, tiers_of
from rostrum.domain.sentences import S_


@dataclass(frozen=True)
class RuleChange:
    """What becomes of the list under the settings of `after`."""

    before: Debate
    after: Debate
    changes: Changes
    decided: Mapping[int, Cause]
    """The registrations that stand where a decision put them, each with the last one's cause."""
    keeps: bool
    """Whether they keep their numbers; without it, the rule alone gives the order."""

    @property
    def is_of_settings(self) -> bool:
        """Whether the policy or the table of levels differs."""
        return _rule_of(self.before) != _rule_of(self.after)

    @property
    def version(self) -> str:
        """A fingerprint of all this, for the page that shows it."""
        rules = (_rule_of(self.before), _rule_of(self.after))
        return version_of(rules, self.keeps, sorted(self.changes.items()))


def _rule_of(debate: Debate) -> tuple[str, tuple[tuple[str, int], ...]]:
    return str(debate.order_policy), tuple(sorted(tiers_of(debate).items()))


def plan_rule_change(
    before: Debate,
    after: Debate,
    *,
    ranks: dict[int, Rank],
    decided: Mapping[int, Cause],
    keeps: bool,
) -> RuleChange:
    """Who moves from where to where once the settings of `after` count.

    Delegations that the mission moved, that swapped or that speak later keep their numbers, unless
    the change gives them up; all others take the numbers that are left, in the order of the rule.
    """
    places = {registration_id: place for place, registration_id in enumerate(ranks, start=1)}
    ruled = iter(order_by_rule(after, ranks, but=decided if keeps else ()))
    order = [each if keeps and each in decided else next(ruled) for each in in_order(places)]
    return RuleChange(before, after, changes_to(places, order), decided, keeps)


def decided_places(
    moves: Iterable[Move], whose: Mapping[int, int], since: datetime | None
) -> dict[int, Cause]:
    """The registrations that stand where a decision put them, with the cause of the last one.

    `moves` are all moves in order. A decision counts until it is undone, until a change of the
    delegation's own level places it by the rule again, or until a change of the rule at `since`
    gave all of them up.
    """
    causes: dict[int, list[Cause]] = defaultdict(list)
    for move in moves:
        if since is None or move.moved_at > since:
            is_own = whose.get(move.registration_id) == move.caused_by
            _note(causes[move.registration_id], move, is_own=is_own)
    return {registration_id: found[-1] for registration_id, found in causes.items() if found}


def _note(found: list[Cause], move: Move, *, is_own: bool) -> None:
    if move.cause is Cause.SWAP or (is_own and move.cause is Cause.LATER):
        found.append(move.cause)
    elif is_own and move.cause is Cause.MOVED_BY_STAFF:
        if move.ground != Ground.UNDONE:
            found.append(move.cause)
        elif found:
            found.pop()
    elif is_own and move.cause is Cause.LEVEL:
        found.clear()


def check_rule_change(change: RuleChange, seen: str, reason: str) -> str:
    """The reason, trimmed. Refused if delegations move without one (RuleBroken), and if this is not
    what the page showed (Conflict)."""
    overtaken = S_("This is not what you were shown: check it and decide again.")
    check_unchanged(seen, change.version, overtaken)
    needed = S_("Say why: every delegation that moves reads this.")
    return check_said(reason, needed, is_optional=not change.changes)
