"""Settings for all debates: the outside address, and where the server listens."""

from __future__ import annotations

from sqlite_utils import Database

from rostrum.store.database import first_row


def get_addresses(db: Database) -> tuple[str, str]:
    """The outside address that was set, and where the server last listened; "" if unknown."""
    row = first_row(db, "select base_url, listening from mission")
    return row["base_url"], row["listening"]


def update_base_url(db: Database, url: str) -> None:
    db.execute("update mission set base_url = :url", {"url": url})


def update_listening(db: Database, url: str) -> None:
    db.execute("update mission set listening = :url", {"url": url})
