"""Sign-ins that failed, by account, in memory: guessing is slowed, nobody is locked out."""

from __future__ import annotations

from collections import OrderedDict
from datetime import datetime, timedelta

from rostrum.domain.attempts import wait_after
from rostrum.domain.errors import Slowed

KEPT = 10_000
"""Names that are remembered; also names without an account, so that both answer alike."""


class Attempts:
    """How often each name failed in a row, and when last."""

    def __init__(self) -> None:
        self._failed: OrderedDict[str, tuple[int, datetime]] = OrderedDict()

    def begin(self, name: str, field: str, now: datetime) -> None:
        """Counts a try as failed until `forgive` or `succeed`; Slowed when it comes too soon.

        Counted before it is judged: tries sent together do not slip through together.
        """
        failures, last = self._failed.get(_key(name), (0, now))
        left = last + wait_after(failures) - now
        if left > timedelta(0):
            raise Slowed(field, -(-left // timedelta(seconds=1)))
        self._failed[_key(name)] = (failures + 1, now)
        self._failed.move_to_end(_key(name))
        if len(self._failed) > KEPT:
            self._failed.popitem(last=False)

    def forgive(self, name: str) -> None:
        """The password was right and a code is still to come: this try does not count."""
        failures, last = self._failed.get(_key(name), (1, None))
        if failures > 1:
            self._failed[_key(name)] = (failures - 1, last)
        else:
            self._failed.pop(_key(name), None)

    def succeed(self, name: str) -> None:
        """The person is in: all is forgotten."""
        self._failed.pop(_key(name), None)


def _key(name: str) -> str:
    return name.casefold()[:120]
