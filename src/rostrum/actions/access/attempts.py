"""Proofs that failed, in memory: guessing is slowed, nobody is locked out by somebody else.

Each purpose (password, code, ...) counts for itself, and for each browser that has signed in to the
account before. All other browsers count together: whoever guesses from them makes them wait, never
the browser of the person whose account it is.
"""

from __future__ import annotations

from collections import OrderedDict
from datetime import datetime, timedelta
from typing import NamedTuple

from rostrum.domain.access.attempts import wait_after
from rostrum.domain.errors import Slowed

KEPT = 10_000
"""Counters that are remembered; also of names without an account, so that both answer alike."""
STRANGERS = ""
"""All browsers together that have not signed in to the account before."""


class Proof(NamedTuple):
    """What is to be proved, for which account, and by which browser or session."""

    purpose: str
    account: str
    by: str


def proof(purpose: str, account: str, by: str = STRANGERS) -> Proof:
    """The counter of these; names of accounts count without regard to case."""
    return Proof(purpose, account.casefold()[:120], by)


class Attempts:
    """How often each proof failed in a row, and when last."""

    def __init__(self) -> None:
        self._failed: OrderedDict[Proof, tuple[int, datetime]] = OrderedDict()

    def begin(self, what: Proof, field: str, now: datetime) -> None:
        """Counts a try as failed until `succeed`; Slowed when it comes too soon.

        Counted before it is judged: tries sent together do not slip through together.
        """
        if (left := self._left(what, now)) > timedelta(0):
            raise Slowed(field, -(-left // timedelta(seconds=1)))
        self._count(what, now)

    def fail(self, what: Proof, field: str, now: datetime) -> None:
        """Counts a try that was judged and found wrong; Slowed when it came too soon."""
        left = self._left(what, now)
        self._count(what, now)
        if left > timedelta(0):
            raise Slowed(field, -(-left // timedelta(seconds=1)))

    def succeed(self, what: Proof) -> None:
        """It is proved: the failures before are forgotten."""
        self._failed.pop(what, None)

    def forget(self, account: str) -> None:
        """Whatever failed at an account is forgotten: it has a new password."""
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
