"""Makes sure that deleted data is no longer anywhere in the database's files.

SQLite only marks deleted data as free: the bytes stay in freed pages, in the unused parts of
others, and in the write-ahead log. VACUUM writes every row anew into fresh pages; a truncating
checkpoint brings them into the database file, cuts off the rest and empties the log. Both work
while a server runs: its readers keep what they see, and its writers wait. This does not reach the
overwritten blocks that a disk may keep, or backups.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from rostrum.domain.errors import Busy
from rostrum.store.database import BUSY_PAUSE, BUSY_TRIES, connect, retry_while_locked


def rewrite(path: Path, run: Callable[..., Any] | None = None) -> None:
    """Writes the database file anew and empties its log.

    `run` calls a function with its arguments where the disk may keep it waiting. Raises Busy if
    others wrote or read for ten seconds without a pause; the caller may try again.
    """
    run = run or call
    db = connect(path)
    try:
        db.conn.execute("pragma secure_delete = on")
        retry_while_locked(lambda: run(db.conn.execute, "vacuum"))
        for _ in range(BUSY_TRIES):
            if run(_empty_log, db):
                return
            time.sleep(BUSY_PAUSE)
        raise Busy
    finally:
        db.close()


def _empty_log(db: Database) -> bool:
    """Moves the log into the database file; whether the log is now empty."""
    [is_busy, *_] = db.conn.execute("pragma wal_checkpoint(truncate)").fetchone()
    return not is_busy


def call(function: Callable[..., Any], *arguments: Any) -> Any:
    """Runs the function at once, in this thread."""
    return function(*arguments)


def list_copies(path: Path) -> list[Path]:
    """The copies of the whole database that migrations left beside it."""
    return sorted(path.parent.glob(f"{path.name}.before-*"))
