"""The Council's order, "adjusted for protocol": levels first, then the draw (S/2014/739)."""

from __future__ import annotations

from collections.abc import Sequence

from rostrum.domain.checks import check_unchanged, version_of
from rostrum.domain.debates.debate import Debate
from rostrum.domain.order.council import Member
from rostrum.domain.order.precedence import tiers_of
from rostrum.domain.sentences import S_
from rostrum.domain.speakers import Level

USUAL = Level.PERMANENT_REPRESENTATIVE
"""The level at which a member counts whose speaker is not known yet."""


def adjusted(debate: Debate, members: Sequence[Member], *, presidency_last: bool) -> list[Member]:
    """The members by the tier of their speaker's level, then by lot.

    With `presidency_last` the presidency speaks after all others, whatever its level.
    """
    tiers = tiers_of(debate)
    return sorted(
        members,
        key=lambda each: (
            presidency_last and is_presidency(debate, each),
            tiers[each.level or USUAL],
            each.lot or len(members) + 1,
        ),
    )


def is_presidency(debate: Debate, member: Member) -> bool:
    """Whether this member presides over the debate."""
    return member.delegation.name() == debate.notice.presidency


def speaks_presidency_last(debate: Debate, members: Sequence[Member]) -> bool:
    """Whether the presidency comes last in the order that is set; True as long as none is."""
    if not members or members[-1].position is None:
        return True
    return is_presidency(debate, members[-1])


def levels_version(debate: Debate, members: Sequence[Member]) -> str:
    """A fingerprint of all that an adjustment follows from."""
    found = [(each.code, each.position, each.lot, each.level) for each in members]
    return version_of(found, sorted(tiers_of(debate).items()))


def check_levels_version(seen: str | None, debate: Debate, members: Sequence[Member]) -> None:
    """Refuses an adjustment decided on a page that showed other levels or another order (Conflict);
    None: decided without a page."""
    overtaken = S_("A level or the order has changed. Look at the order, then decide again.")
    if seen is not None:
        check_unchanged(seen, levels_version(debate, members), overtaken)
