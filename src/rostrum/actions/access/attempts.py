"""Failed proofs, kept in memory: guessing is slow, and nobody can lock out somebody else.

Each purpose (password, code, ...) counts separately, and so does each browser that has signed in to
the account before. All other browsers count together: a guess from one of them makes them all wait,
but never the browser of the account's owner.
"""

from __future__ import annotations

from collections import OrderedDict
from datetime import datetime, timedelta
from typing import NamedTuple

from rostrum.domain.access.attempts import wait_after
from rostrum.domain.errors import Slowed

KEPT = 10_000
"""How many counters are kept, also for names without an account, so that both answer alike."""
STRANGERS = ""
"""Stands for all browsers that have not signed in to the account before."""


class Proof(NamedTuple):
    """What somebody tries to prove, for which account, and from which browser or session."""

    purpose: str
    account: str
    by: str


def proof(purpose: str, account: str, by: str = STRANGERS) -> Proof:
    """The counter for these; the case of account names does not matter."""
    return Proof(purpose, account.casefold()[:120], by)


class Attempts:
    """How often each proof failed in a row, and when it last failed."""

    def __init__(self) -> None:
        self._failed: OrderedDict[Proof, tuple[int, datetime]] = OrderedDict()

    def begin(self, what: Proof, field: str, now: datetime) -> None:
        """Counts a try as failed until `succeed`; raises Slowed if it comes too soon.

        It is counted before it is checked, so that tries sent together cannot all get through.
        """
        if (left := self._left(what, now)) > timedelta(0):
            raise Slowed(field, -(-left // timedelta(seconds=1)))
        self._count(what, now)

    def fail(self, what: Proof, field: str, now: datetime) -> None:
        """Counts a try that was checked and found wrong; raises Slowed if it came too soon."""
        left = self._left(what, now)
        self._count(what, now)
        if left > timedelta(0):
            raise Slowed(field, -(-left // timedelta(seconds=1)))

    def succeed(self, what: Proof) -> None:
        """Forgets the earlier failures, because the proof succeeded."""
        self._failed.pop(what, None)

    def forget(self, account: str) -> None:
        """Forgets all failures of an account, because it has a new password."""
        key = proof("", account).account
        for what in [each for each in self._failed if each.account == key]:
            del self._failed[what]

    def _left(self, what: Proof, now: datetime) -> timedelta:
        failures, last = self._failed.get(what, (0, now))
        return last + wait_after(failures) - now

    def _count(self, what: Proof, now: datetime) -> None:
        failures, _ = self._failed.get(what, (0, now))
        self._failed[what] = (failures + 1, now)
        self._failed.move_to_end(what)
        if len(self._failed) > KEPT:
            self._failed.popitem(last=False)
