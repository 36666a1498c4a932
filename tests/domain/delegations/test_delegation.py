"""Delegations: names in six languages, English alphabetical order, the shipped table."""

from __future__ import annotations

from collections import Counter

import pytest

from rostrum.actions.delegations.directory import BASIS_OF_STATUS, shipped_rows
from rostrum.domain.delegations.delegation import LANGUAGES, Basis, Delegation, alphabetical_key


def make_delegation(name: str, **names: str) -> Delegation:
    return Delegation(1, "XXX", {"en": name} | names, Basis.RULE_37)


@pytest.mark.parametrize(
    "names",
    [
        ["Costa Rica", "Côte d’Ivoire", "Croatia"],
        ["Tunisia", "Türkiye", "Turkmenistan", "Tuvalu"],
        ["Saint Lucia", "Samoa", "San Marino", "Sao Tome and Principe", "Saudi Arabia"],
        ["Congo", "costa", "Cuba"],
    ],
)
def test_delegations_sort_by_english_name_accents_folded(names: list[str]) -> None:
    shuffled = [make_delegation(name) for name in reversed(names)]
    assert [each.name() for each in sorted(shuffled, key=alphabetical_key)] == names


def test_a_name_is_given_in_the_language_asked_for_else_in_english() -> None:
    turkey = make_delegation("Türkiye", fr="Türkiye (la)", zh="土耳其", ar="")
    assert [turkey.name(language) for language in ("zh", "ar", "xx")] == [
        "土耳其",
        "Türkiye",
        "Türkiye",
    ]


def test_193_member_states_and_2_observers_ship() -> None:
    rows = shipped_rows()
    assert Counter(row["status"] for row in rows) == {"member": 193, "observer_state": 2}
    assert {row["iso3"] for row in rows if row["status"] == "observer_state"} == {"PSE", "VAT"}
    assert len({row["iso3"] for row in rows}) == 195
    assert all(len(row["iso3"]) == 3 and row["iso3"].isupper() for row in rows)
    assert {row["status"] for row in rows} <= BASIS_OF_STATUS.keys()


def test_the_15_council_members_of_2025_are_marked() -> None:
    marked = {row["iso3"] for row in shipped_rows() if row["council_2025"] == "true"}
    permanent = {"CHN", "FRA", "GBR", "RUS", "USA"}
    elected = {"DNK", "DZA", "GRC", "GUY", "KOR", "PAK", "PAN", "SLE", "SOM", "SVN"}
    assert marked == permanent | elected


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_delegation_has_its_own_name_in_every_language(language: str) -> None:
    names = [row[f"name_{language}"] for row in shipped_rows()]
    assert all(name and name == name.strip() for name in names)
    assert len(set(names)) == 195
