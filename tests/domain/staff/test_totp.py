"""Codes by time: RFC 6238's own values, the tolerance, no code twice; recovery codes."""

from __future__ import annotations

import base64
from datetime import UTC, datetime

import pytest

from rostrum.domain.staff.totp import PERIOD, recovery_hash, step_of, totp_secret

RFC_SECRET = base64.b32encode(b"12345678901234567890").decode()


def at(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


@pytest.mark.parametrize(
    ("seconds", "code"),
    [(59, "287082"), (1111111109, "081804"), (1234567890, "005924"), (2000000000, "279037")],
)
def test_the_values_of_rfc_6238_are_taken(seconds: int, code: str) -> None:
    """Appendix B, SHA-1, the last six of its eight digits."""
    assert step_of(code, RFC_SECRET, at(seconds), 0) == seconds // PERIOD


@pytest.mark.parametrize(
    ("later", "step"), [(-60, None), (-30, 41152263), (0, 41152263), (30, 41152263), (60, None)]
)
def test_a_step_before_and_after_is_taken(later: int, step: int | None) -> None:
    assert step_of("005924", RFC_SECRET, at(1234567890 + later), 0) == step


def test_a_step_that_was_used_is_not_taken_again() -> None:
    assert step_of("005924", RFC_SECRET, at(1234567890), 41152263) is None


@pytest.mark.parametrize("typed", ["", "5924", "0059240", "٠٠٥٩٢٤", "abcdef"])
def test_what_is_no_code_is_not_taken(typed: str) -> None:
    assert step_of(typed, RFC_SECRET, at(1234567890), 0) is None


def test_each_account_and_generation_has_its_own_secret() -> None:
    key = b"k" * 32
    made = {totp_secret(key, staff, generation) for staff in (1, 2) for generation in (1, 2)}
    assert len(made) == 4
    assert {len(each) for each in made} == {32}


def test_a_recovery_code_is_known_however_it_is_typed() -> None:
    assert recovery_hash(1, "abcd-efgh-jkmn") == recovery_hash(1, " ABCD efgh JKMN ")
    assert recovery_hash(1, "abcd-efgh-jkmn") != recovery_hash(2, "abcd-efgh-jkmn")
