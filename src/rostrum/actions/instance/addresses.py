"""The outside address of this installation: the one place where it is looked up."""

from __future__ import annotations

from datetime import datetime

from sqlite_utils import Database

from rostrum.actions.journal import Event, record
from rostrum.domain.actors import Actor
from rostrum.domain.instance.addresses import Address, Source, read_address
from rostrum.domain.journal.kinds import EntryKind
from rostrum.store.addresses import get_addresses, update_base_url, update_listening
from rostrum.store.database import Connections, writing

DEFAULT_LISTENING = "http://127.0.0.1:8000"
"""Where `rostrum serve` listens by default."""


def find_address(db: Database, given: str) -> Address:
    """The beginning of links: `given` by the environment, else as set, else where we listen."""
    if given:
        return Address(given, Source.ENVIRONMENT)
    kept, listening = get_addresses(db)
    if kept:
        return Address(kept, Source.KEPT)
    return Address(listening or DEFAULT_LISTENING, Source.LISTENING)


class OutsideAddress:
    """The outside address of a running server, as its latest request found it.

    It opens no connection of its own: code that has one calls `read`.
    """

    def __init__(self, given: str, connections: Connections) -> None:
        self._given = given
        self._connections = connections
        self._now: Address | None = None

    @property
    def now(self) -> Address:
        """The address that counts now."""
        if self._now is None:
            with self._connections.borrowed() as db:
                return self.read(db)
        return self._now

    def read(self, db: Database) -> Address:
        """Reads the address anew, because another process may have changed it."""
        self._now = find_address(db, self._given)
        return self._now


def set_address(db: Database, now: datetime, actor: Actor, text: str) -> str:
    """Keeps the outside address in the instance, or forgets it (""); returns the address as kept.

    Raises RuleBroken for a malformed address. Setting the same address again writes nothing.
    """
    url = read_address(text) if text.strip() else ""
    with writing(db):
        before, _ = get_addresses(db)
        if url != before:
            update_base_url(db, url)
            facts = {"before": before, "after": url}
            record(db, now, actor, Event(EntryKind.ADDRESS_CHANGED, facts=facts))
    return url


def note_listening(db: Database, url: str) -> None:
    """Notes where the server listens: links begin with it if there is no outside address."""
    if get_addresses(db)[1] != url:
        with writing(db):
            update_listening(db, url)
