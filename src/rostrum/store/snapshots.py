"""A copy of the database at one instant, made while the server runs, and what the copy holds."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlite_utils import Database

from rostrum.domain.instance.backups import Figures
from rostrum.store.database import all_rows, one_value, opened
from rostrum.store.journal import get_end


def take_snapshot(path: Path, copy: Path) -> None:
    """Copies the database as it is at this instant to a new file (0600) without a log.

    It does so in one step, which is one read transaction. Writers do not wait for it, and a rush
    cannot make it begin again for ever, as it could if there were several steps.
    """
    os.close(os.open(copy, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    with opened(path) as source, closing(sqlite3.connect(copy)) as target:
        source.conn.backup(target)
        target.execute("pragma journal_mode = delete")
    with copy.open("rb") as file:
        os.fsync(file.fileno())


@contextmanager
def read_only(path: Path) -> Iterator[Database]:
    """A connection to a copy, which is read in place and not changed; its disk may be read-only."""
    address = f"{path.absolute().as_uri()}?mode=ro"
    with closing(sqlite3.connect(address, uri=True, isolation_level=None)) as connection:
        yield Database(connection, execute_plugins=False)


def find_damage(db: Database) -> str | None:
    """The first thing that SQLite finds wrong with the file, or None."""
    [found, *_] = (row["integrity_check"] for row in all_rows(db, "pragma integrity_check(1)"))
    return None if found == "ok" else found


def read_figures(db: Database) -> Figures:
    """How much the database holds, and the end of its journal."""
    entries, end = get_end(db)
    registrations = one_value(db, "select count(*) from registration")
    return Figures(registrations, one_value(db, "select count(*) from letter"), entries, end)


def list_needed_files(db: Database) -> dict[str, tuple[int, str]]:
    """Size and SHA-256 of each file that must be on disk, by stored name: concept notes, and all
    letters that no purge deleted (a purge erases the delegation's name for the file)."""
    sql = """select stored_name, size, sha256 from letter_file where original_name != ''
             union select stored_name, size, sha256 from concept_note"""
    return {row["stored_name"]: (row["size"], row["sha256"]) for row in all_rows(db, sql)}
