"""Which failures make which proof wait."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from rostrum.actions.access.attempts import KEPT, Attempts, proof
from rostrum.domain.errors import Slowed

NOW = datetime(2025, 3, 19, 13, 30, tzinfo=UTC)


def fail(attempts: Attempts, *what: str, times: int = 3) -> None:
    for _ in range(times):
        attempts.begin(proof(*what), "code", NOW)


@pytest.mark.parametrize(
    "other",
    [("recovery_code", "anna"), ("code", "vera"), ("code", "anna", "her own browser")],
)
def test_what_fails_makes_nothing_else_wait(other: tuple[str, ...]) -> None:
    attempts = Attempts()
    fail(attempts, "code", "Anna")
    attempts.begin(proof(*other), "code", NOW)
    with pytest.raises(Slowed) as slowed:
        attempts.begin(proof("code", "ANNA"), "code", NOW)
    assert (slowed.value.field, slowed.value.seconds) == ("code", 5)


def test_a_try_that_comes_too_soon_is_not_counted() -> None:
    attempts = Attempts()
    fail(attempts, "code", "anna")
    for _ in range(5):
        with pytest.raises(Slowed):
            attempts.begin(proof("code", "anna"), "code", NOW)
    attempts.begin(proof("code", "anna"), "code", NOW + timedelta(seconds=5))


def test_tries_that_were_judged_are_all_counted() -> None:
    attempts, what = Attempts(), proof("password", "anna")
    for _ in range(3):
        attempts.fail(what, "password", NOW)
    for seconds in (5, 10, 20):
        with pytest.raises(Slowed) as slowed:
            attempts.fail(what, "password", NOW)
        assert slowed.value.seconds == seconds


def test_success_forgets_its_own_failures_and_a_new_password_all() -> None:
    attempts = Attempts()
    fail(attempts, "code", "anna")
    fail(attempts, "password", "anna")
    attempts.succeed(proof("code", "anna"))
    attempts.begin(proof("code", "anna"), "code", NOW)
    attempts.forget("Anna")
    attempts.begin(proof("password", "anna"), "password", NOW)


def test_many_invented_names_do_not_fill_the_memory() -> None:
    attempts = Attempts()
    fail(attempts, "code", "anna")
    for number in range(KEPT):
        attempts.begin(proof("code", str(number)), "code", NOW)
    attempts.begin(proof("code", "anna"), "code", NOW)
