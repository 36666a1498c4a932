"""The rule of the order: tiers by level, then arrival; who was moved by hand stays."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rostrum.actions.debates.toml_file import read_debate
from rostrum.domain.debates.debate import Debate, OrderPolicy
from rostrum.domain.errors import RuleBroken
from rostrum.domain.order.precedence import (
    DEFAULT_TIERS,
    Rank,
    check_tiers,
    is_raised,
    order_by_rule,
    place_by_rule,
    place_of_level,
    tier_of,
)
from rostrum.domain.speakers import Level
from tests.factories import SHIPPED

HEAD, MINISTER, AMBASSADOR = Level.HEAD_OF_STATE, Level.MINISTER, Level.PERMANENT_REPRESENTATIVE
levels = st.sampled_from(list(Level))


def make_debate(policy: OrderPolicy = OrderPolicy.PRECEDENCE, **tiers: int) -> Debate:
    shipped = read_debate(SHIPPED.read_text(encoding="utf-8"))[0]
    return replace(shipped, order_policy=policy, tiers=tuple(tiers.items()))


def test_every_level_has_a_tier_and_the_highest_speaks_first() -> None:
    assert set(DEFAULT_TIERS) == set(Level)
    check_tiers(DEFAULT_TIERS)
    assert list(DEFAULT_TIERS.values()) == sorted(DEFAULT_TIERS.values())


def test_the_table_of_a_debate_goes_before_the_usual_one() -> None:
    debate = make_debate(minister=1)
    assert tier_of(debate, MINISTER) == tier_of(debate, HEAD) == 1
    assert tier_of(debate, AMBASSADOR) == 6


def test_under_arrival_all_are_in_one_tier() -> None:
    debate = make_debate(OrderPolicy.ARRIVAL)
    assert {tier_of(debate, level) for level in Level} == {0}
    assert is_raised(debate, AMBASSADOR, HEAD), "levels may come to count"
    assert place_of_level(debate, AMBASSADOR, HEAD, 3, 1) == 3


@pytest.mark.parametrize("tiers", [{}, {**DEFAULT_TIERS, MINISTER: 0}, {**DEFAULT_TIERS, HEAD: 10}])
def test_a_table_with_holes_or_strange_tiers_is_refused(tiers: dict[str, int]) -> None:
    with pytest.raises(RuleBroken):
        check_tiers(tiers)


@pytest.mark.parametrize(
    ("order", "new", "place"),
    [
        pytest.param([], Rank(AMBASSADOR, 1), 1, id="the first"),
        pytest.param([Rank(AMBASSADOR, 1)], Rank(MINISTER, 2), 1, id="a minister goes first"),
        pytest.param([Rank(MINISTER, 1)], Rank(AMBASSADOR, 2), 2, id="an ambassador goes last"),
        pytest.param(
            [Rank(MINISTER, 2), Rank(MINISTER, 5), Rank(AMBASSADOR, 1)],
            Rank(MINISTER, 6),
            3,
            id="behind the ministers",
        ),
        pytest.param(
            [Rank(MINISTER, 2), Rank(MINISTER, 5)],
            Rank(MINISTER, 3),
            2,
            id="by arrival in the tier",
        ),
        pytest.param(
            [Rank(AMBASSADOR, 1), Rank(MINISTER, 2), Rank(AMBASSADOR, 3)],
            Rank(MINISTER, 4),
            3,
            id="who was moved to the front stays there",
        ),
        pytest.param(
            [Rank(AMBASSADOR, 1, 10), Rank(AMBASSADOR, 2, 20), Rank(AMBASSADOR, 3, 30)],
            Rank(AMBASSADOR, 4, 20),
            3,
            id="by the time at which its request came, behind those of the same",
        ),
        pytest.param(
            [Rank(MINISTER, 2, 20), Rank(AMBASSADOR, 1, 10), Rank(AMBASSADOR, 3, 30)],
            Rank(AMBASSADOR, 4, 5),
            2,
            id="an early request within its tier",
        ),
    ],
)
def test_a_newcomer_goes_behind_the_last_that_goes_before_it(
    order: list[Rank], new: Rank, place: int
) -> None:
    assert place_by_rule(make_debate(), order, new) == place


def test_a_higher_level_is_a_raise_and_a_lower_is_not() -> None:
    debate = make_debate()
    assert is_raised(debate, AMBASSADOR, MINISTER)
    assert not is_raised(debate, MINISTER, AMBASSADOR)
    assert not is_raised(debate, Level.VICE_PRESIDENT, Level.HEAD_OF_GOVERNMENT)


@given(st.lists(levels, max_size=30), st.sampled_from(list(OrderPolicy)))
def test_entering_one_by_one_gives_the_order_of_the_rule(
    arrivals: list[Level], policy: OrderPolicy
) -> None:
    debate = make_debate(policy)
    ranks = {number: Rank(level, number) for number, level in enumerate(arrivals, start=1)}
    listed: list[int] = []
    for who, rank in ranks.items():
        listed.insert(place_by_rule(debate, [ranks[one] for one in listed], rank) - 1, who)
    assert listed == order_by_rule(debate, ranks)
