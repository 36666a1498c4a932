"""Waiting for what others do at the same time."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event

import pytest

PAUSE, TRIES = 0.01, 3_000


def wait_until(is_so: Callable[[], object]) -> None:
    """Looks again and again; the test fails if it does not become so."""
    for _ in range(TRIES):
        if is_so():
            return
        Event().wait(PAUSE)
    pytest.fail("it did not happen")
