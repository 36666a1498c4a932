"""Failed sign-ins make the next one wait: longer each time, never for ever, never by address."""

from __future__ import annotations

from datetime import timedelta

FREE = 3
"""Failures that cost no wait: people mistype."""
FIRST, LONGEST = timedelta(seconds=5), timedelta(seconds=60)


def wait_after(failures: int) -> timedelta:
    """How long an account waits after this many failures in a row: 5 s, 10 s, ... one minute."""
    if failures < FREE:
        return timedelta(0)
    return min(FIRST * 2 ** min(failures - FREE, 10), LONGEST)
