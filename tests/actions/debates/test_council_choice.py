"""Choosing the Council members: who may be one, and what becomes of the order."""

from __future__ import annotations

import pytest

from rostrum.actions.debates.council_choice import choose_council
from rostrum.actions.order.council import draw_council_order
from rostrum.domain.actors import Actor
from rostrum.domain.debates.debate import Debate
from rostrum.domain.errors import Conflict, DomainError, RuleBroken
from rostrum.store.council import list_council_members
from rostrum.store.database import Database
from tests.factories import BEFORE, contents, prepare, register

ANNA = Actor("staff", "anna")


def codes_of(db: Database, debate: Debate) -> list[str]:
    return [each.code for each in list_council_members(db, debate.id)]


def test_the_council_is_chosen_from_member_states_without_a_place(
    db: Database, debate: Debate
) -> None:
    prepare(db, debate, "KEN")
    register(db, debate, "KEN")
    refused: tuple[tuple[type[DomainError], str, int], ...] = (
        (RuleBroken, "KEN", 0),
        (RuleBroken, "XXX", 0),
        (RuleBroken, "EU", 0),
        (RuleBroken, "PSE", 0),
        (Conflict, "BRA", 9),
    )
    before = contents(db)
    for kind, code, seen in refused:
        with pytest.raises(kind):
            choose_council(db, BEFORE, ANNA, debate, codes=frozenset({code}), seen=seen)
    assert contents(db) == before
    chosen = choose_council(db, BEFORE, ANNA, debate, codes=frozenset({"BRA", "JPN"}), seen=0)
    assert chosen.debate.version == 1
    assert chosen.newcomers == (), "no order was set"
    assert set(codes_of(db, debate)) == {"BRA", "JPN"}
    before = contents(db)
    choose_council(db, BEFORE, ANNA, chosen.debate, codes=frozenset({"BRA", "JPN"}), seen=1)
    assert contents(db) == before


def test_the_drawn_order_outlives_an_exchange(db: Database, debate: Debate) -> None:
    drawn = draw_council_order(db, BEFORE, ANNA, debate, presidency_last=True)
    codes = frozenset(drawn) - {drawn[4]} | {"JPN"}
    choice = choose_council(db, BEFORE, ANNA, debate, codes=codes, seen=0)
    assert codes_of(db, debate) == [*drawn[:4], "JPN", *drawn[5:]]
    assert [(each.code, number) for each, number in choice.newcomers] == [("JPN", 5)]
    others = frozenset(drawn[:4]) | {"BRA", "ITA"}
    choose_council(db, BEFORE, ANNA, choice.debate, codes=others, seen=1)
    assert codes_of(db, debate)[:4] == drawn[:4]
    assert set(codes_of(db, debate)[4:]) == {"BRA", "ITA"}
