"""Two verbs crossed on purpose, for controls: the second happens in the middle of the first."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext
from datetime import timedelta

import pytest

from rostrum.domain.errors import DomainError
from rostrum.store.database import Database, writing
from tests.factories import OPENS_AT

LATER = OPENS_AT + timedelta(minutes=10)
GUARDS = pytest.mark.parametrize("guard", [writing, nullcontext], ids=["guarded", "unguarded"])
"""What stands where the transaction of a verb stands: it, or nothing."""


def overtake(db: Database, at: str, meanwhile: Callable[[], object]) -> list[str]:
    """Has `meanwhile` happen when `db` is about to run a statement that begins with `at`.

    `meanwhile` needs a connection of its own. What came of it is added to the list: `done`, or
    the name of the refusal.
    """
    came: list[str] = []

    def watch(statement: str) -> None:
        if came or not statement.lstrip().startswith(at):
            return
        came.append("begun")
        try:
            meanwhile()
            came[0] = "done"
        except DomainError as refusal:
            came[0] = type(refusal).__name__

    db.conn.set_trace_callback(watch)
    return came
