"""The Council's order adjusted for protocol: levels first, the draw within a level."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rostrum.actions.debates.toml_file import read_debate
from rostrum.domain.delegations.delegation import Basis, Delegation
from rostrum.domain.order.council import Member
from rostrum.domain.order.protocol import adjusted
from rostrum.domain.speakers import Speaker
from tests.factories import SHIPPED

DEBATE = read_debate(SHIPPED.read_text(encoding="utf-8"))[0]
NAMES = {"DNK": "Denmark", "FRA": "France", "GUY": "Guyana", "PAK": "Pakistan", "USA": "U.S.A."}
DRAW = ("USA", "PAK", "GUY", "FRA", "DNK")


def members(levels: dict[str, str]) -> list[Member]:
    return [
        Member(
            Delegation(number, code, {"en": NAMES[code]}, Basis.RULE_37),
            position=number,
            lot=number,
            speaker=Speaker(level=levels[code]) if code in levels else None,
        )
        for number, code in enumerate(DRAW, start=1)
    ]


@pytest.mark.parametrize(
    ("levels", "presidency_last", "order"),
    [
        ({}, True, "USA PAK GUY FRA DNK"),
        ({"FRA": "minister", "PAK": "minister"}, True, "PAK FRA USA GUY DNK"),
        ({"FRA": "minister", "GUY": "head_of_state"}, True, "GUY FRA USA PAK DNK"),
        ({"DNK": "minister"}, True, "USA PAK GUY FRA DNK"),
        ({"DNK": "minister"}, False, "DNK USA PAK GUY FRA"),
        ({"USA": "other", "PAK": "permanent_representative"}, True, "PAK GUY FRA USA DNK"),
    ],
)
def test_levels_go_first_and_the_draw_decides_within_a_level(
    levels: dict[str, str], presidency_last: bool, order: str
) -> None:
    found = adjusted(DEBATE, members(levels), presidency_last=presidency_last)
    assert [each.code for each in found] == order.split()


def test_the_tiers_of_the_debate_count_whatever_orders_the_list() -> None:
    as_one = replace(DEBATE, tiers=(("head_of_state", 4),))
    found = adjusted(
        as_one, members({"GUY": "head_of_state", "PAK": "minister"}), presidency_last=True
    )
    assert [each.code for each in found] == ["PAK", "GUY", "USA", "FRA", "DNK"]
