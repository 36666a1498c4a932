"""What is refused everywhere in the same way."""

from __future__ import annotations

import pytest

from rostrum.domain.checks import check_said, check_unchanged, version_of
from rostrum.domain.errors import Conflict, RuleBroken


@pytest.mark.parametrize("text", ["", " ", "\n\t "])
def test_a_text_that_says_nothing_is_refused_on_its_field(text: str) -> None:
    with pytest.raises(RuleBroken, match="Say why.") as refused:
        check_said(text, "Say why.", field="remark")
    assert refused.value.field == "remark"
    assert check_said(text, "Say why.", is_optional=True) == ""


def test_a_text_comes_back_trimmed() -> None:
    assert check_said(" It rained.\n", "Say why.") == "It rained."


@pytest.mark.parametrize("seen", ["", "a ", None, 0])
def test_what_was_decided_on_another_page_is_refused(seen: object) -> None:
    check_unchanged("a", "a", "Look again.")
    with pytest.raises(Conflict, match="Look again."):
        check_unchanged(seen, "a", "Look again.")


def test_a_version_is_the_same_for_the_same_and_for_nothing_else() -> None:
    assert version_of([("KEN", 1)], "a") == version_of([("KEN", 1)], "a")
    others = [version_of([("KEN", 2)], "a"), version_of([("KEN", 1)]), version_of("a", "b")]
    assert len({version_of([("KEN", 1)], "a"), *others, version_of("ab")}) == 5
