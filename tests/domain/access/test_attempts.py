"""How long an account waits after failed sign-ins."""

from __future__ import annotations

from datetime import timedelta

import pytest

from rostrum.domain.access.attempts import wait_after


@pytest.mark.parametrize(
    ("failures", "seconds"),
    [(0, 0), (2, 0), (3, 5), (4, 10), (5, 20), (6, 40), (7, 60), (8, 60), (10**9, 60)],
)
def test_the_wait_grows_to_a_minute(failures: int, seconds: int) -> None:
    assert wait_after(failures) == timedelta(seconds=seconds)
