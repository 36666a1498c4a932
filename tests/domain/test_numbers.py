"""Whole numbers that come as text."""

from __future__ import annotations

import pytest

from rostrum.domain.numbers import whole_number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0", 0),
        ("7", 7),
        ("007", 7),
        ("999999999", 999_999_999),
        ("1000000000", None),
        ("9" * 10_000, None),
        ("", None),
        (None, None),
        ("-1", None),
        ("+1", None),
        (" 1", None),
        ("1.0", None),
        ("1_0", None),
        ("٣", None),
        ("²", None),
        ("0x1", None),
        ("one", None),
    ],
)
def test_a_number_is_a_few_digits_and_nothing_else(text: str | None, number: int | None) -> None:
    assert whole_number(text) == number
