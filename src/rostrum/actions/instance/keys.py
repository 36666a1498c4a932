"""Changing the key with which links, receipts and authenticator secrets are made."""

from __future__ import annotations

from datetime import datetime

from sqlite_utils import Database

from rostrum.actions.journal import Event, record
from rostrum.domain.actors import Actor
from rostrum.domain.instance.keys import key_fingerprint
from rostrum.domain.journal.kinds import EntryKind
from rostrum.store.database import writing
from rostrum.store.keys import update_fingerprint


def renew_key(db: Database, now: datetime, actor: Actor, key: bytes) -> None:
    """Makes this the database's key; everything made with the old key stops working."""
    with writing(db):
        update_fingerprint(db, key_fingerprint(key))
        record(db, now, actor, Event(EntryKind.KEY_RENEWED))
