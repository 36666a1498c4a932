"""The checklist and the reasons: by basis, each said once, and what may be decided when."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from rostrum.actions.debates.toml_file import read_debate
from rostrum.domain.debates.debate import Debate
from rostrum.domain.delegations.delegation import BASIS_LABELS, Basis, Delegation
from rostrum.domain.letters.checklist import ReturnReason, checklist
from tests.factories import SHIPPED


def shipped() -> Debate:
    return read_debate(SHIPPED.read_text(encoding="utf-8"))[0]


@pytest.mark.parametrize("basis", list(Basis))
def test_every_reason_is_a_point_and_says_what_the_basis_asks(basis: Basis) -> None:
    points = checklist(shipped(), Delegation(1, "XXX", {"en": "Somewhere"}, basis))
    assert [point.reason for point in points] == list(ReturnReason)
    rule = next(point for point in points if point.reason is ReturnReason.RULE)
    for sentence in (rule.wanted, rule.missing):
        assert sentence.values["basis"].text == BASIS_LABELS[basis]
    said = [point.missing.text for point in points]
    assert len(set(said)) == len(said)
    assert all(text.endswith(".") for text in said)


def test_signatories_differ_by_basis() -> None:
    told = {
        basis: checklist(shipped(), Delegation(1, "X", {"en": "X"}, basis))[4]
        .wanted.values["signatory"]
        .text
        for basis in Basis
    }
    assert "Permanent Representative" in told[Basis.RULE_37]
    assert "Permanent Observer" in told[Basis.PREVIOUS_PRACTICE]
    assert "head of delegation" in told[Basis.RULE_39]


def test_the_date_is_that_of_the_meeting_in_new_york() -> None:
    point = checklist(shipped(), Delegation(1, "X", {"en": "X"}, Basis.RULE_37))[2]
    assert point.wanted.values["date"] == date(2025, 3, 24)


def test_without_a_date_the_letter_names_the_debate() -> None:
    debate = replace(shipped(), dates_are_open=True)
    points = checklist(debate, Delegation(1, "X", {"en": "X"}, Basis.RULE_37))
    point = next(point for point in points if point.reason is ReturnReason.DEBATE)
    assert point.wanted.text == "Names this debate"
    assert point.missing.values == {}
