"""What may be decided about a letter: marked or accepted, never returned without a word."""

from __future__ import annotations

import pytest

from rostrum.actions.debates.toml_file import read_debate
from rostrum.domain.debates.debate import Debate
from rostrum.domain.errors import RuleBroken
from rostrum.domain.letters.decisions import check_acceptance, check_return
from tests.factories import SHIPPED


def shipped() -> Debate:
    return read_debate(SHIPPED.read_text(encoding="utf-8"))[0]


def test_accepting_and_marking_exclude_each_other() -> None:
    check_acceptance([])
    with pytest.raises(RuleBroken):
        check_acceptance(["not_signed"])


@pytest.mark.parametrize(
    ("reasons", "remark", "kept"),
    [(["not_signed"], "", ""), ([], " Page 2. ", "Page 2."), (["not_signed"], "\n", "")],
)
def test_a_return_says_why(reasons: list[str], remark: str, kept: str) -> None:
    assert check_return(reasons, remark) == kept


def test_a_return_without_any_reason_is_refused() -> None:
    with pytest.raises(RuleBroken):
        check_return([], " ")
