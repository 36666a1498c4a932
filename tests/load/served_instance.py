"""A real server that tests share, each with a debate of its own."""

from __future__ import annotations

from functools import cached_property
from itertools import count
from typing import Any

from rostrum.domain.debates.debate import Debate
from rostrum.store.database import Database
from tests.load.phones import Address, Answer, Phone, fire
from tests.load.scenes import make_ready
from tests.load.server import Server
from tests.load.signed_in_phones import SignedInPhones


class ServedInstance:
    """An instance folder, the server on it, and the test's own connection to its database."""

    def __init__(self, server: Server, db: Database) -> None:
        self.server, self.config, self.db = server, server.config, db
        self._numbers = count(1)
        # What stands ready beforehand need not survive a power failure.
        db.execute("pragma synchronous = off")

    @cached_property
    def signed_in(self) -> SignedInPhones:
        return SignedInPhones(self.config, self.db)

    @property
    def address(self) -> Address:
        return self.server.address

    def ready(
        self, delegations: int, each: int = 1, **changes: object
    ) -> tuple[Debate, list[Phone]]:
        """A new open debate, and phones of delegations that lack nothing but the press.

        First one phone of each delegation, then the second of each, and so on.
        """
        changes = {"slug": f"debate-{next(self._numbers)}"} | changes
        debate, invited = make_ready(self.config, self.db, delegations, **changes)
        return debate, [self.signed_in.delegate(debate, one) for one in invited * each]

    def fire(self, requests: list[bytes], spacing: float = 0.0, **options: Any) -> list[Answer]:
        """Every answer of the server."""
        return fire(self.address, requests, spacing, **options)
