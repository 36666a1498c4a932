"""The Council's order: a lot that anybody can draw again, and an order read from lines."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rostrum.domain.delegations.delegation import Basis, Delegation
from rostrum.domain.errors import RuleBroken
from rostrum.domain.order.council import draw, read_order

NAMES = {
    "CHN": "China",
    "DNK": "Denmark",
    "GBR": "United Kingdom",
    "CIV": "Côte d’Ivoire",
    "KOR": "Republic of Korea",
}
MEMBERS = [
    Delegation(number, code, {"en": name}, Basis.RULE_37)
    for number, (code, name) in enumerate(NAMES.items(), start=1)
]

FRANCE = Delegation(9, "FRA", {"en": "France"}, Basis.RULE_37)


def test_the_lot_follows_from_the_seed_alone() -> None:
    assert draw(NAMES, "a seed") == draw(reversed(NAMES), "a seed")
    assert draw(NAMES, "a seed") == ["DNK", "GBR", "KOR", "CIV", "CHN"]


@given(st.text(), st.sampled_from([*NAMES, None, "XXX"]))
def test_everybody_is_drawn_once_and_the_presidency_speaks_last(
    seed: str, last: str | None
) -> None:
    order = draw(NAMES, seed, last)
    assert sorted(order) == sorted(NAMES)
    assert last not in NAMES or order[-1] == last


def test_a_pasted_order_is_read_by_name_or_code_with_or_without_numbers() -> None:
    text = "1. KOR\n\n 2) Denmark\n3 united kingdom\nCote d'Ivoire\nCHN\n"
    assert [each.code for each in read_order(text, MEMBERS)] == ["KOR", "DNK", "GBR", "CIV", "CHN"]


@pytest.mark.parametrize("line", ["UK", "2. U.K.", "Great Britain", "the United Kingdom", "GBR"])
def test_a_member_is_known_by_its_common_names(line: str) -> None:
    assert read_order(line, MEMBERS[2:3]) == MEMBERS[2:3]


def test_a_member_is_named_in_any_of_its_languages() -> None:
    names = {"en": "Denmark", "fr": "Danemark", "ru": "Дания", "zh": "丹麦", "ar": "الدانمرك"}
    members = [Delegation(1, "DNK", names, Basis.RULE_37), MEMBERS[0]]
    for name in names.values():
        assert [each.code for each in read_order(f"1. {name}\nCHN", members)] == ["DNK", "CHN"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Frankreich", "is not recognised"),
        ("The French Republic", "is not recognised"),
        ("France", "is not a Council member"),
        ("China\nchina", "is named twice"),
        ("China\nDenmark\nGBR\nCIV", "Missing"),
        ("", "Missing"),
    ],
)
def test_a_pasted_order_with_a_fault_says_which(text: str, said: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        read_order(text, MEMBERS, [FRANCE, *MEMBERS])
    assert refused.value.field == "order"
    assert said in refused.value.sentence.text
