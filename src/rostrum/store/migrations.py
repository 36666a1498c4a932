"""Bringing a database up to date; the steps themselves are in `steps`."""

from __future__ import annotations

import shutil
from pathlib import Path

from sqlite_utils import Database

from rostrum.store.database import connect
from rostrum.store.steps import migrations


def pending_migrations(db: Database) -> list[str]:
    """Names of the steps that this database still lacks."""
    return [migration.name for migration in migrations.pending(db)]


def unknown_migrations(db: Database) -> list[str]:
    """Names of steps that this database has and this program lacks: the database is newer."""
    known = {migration.name for migration in migrations._migrations}
    return [applied.name for applied in migrations.applied(db) if applied.name not in known]


def migrate(path: Path) -> list[str]:
    """Copies the database file beside itself, brings it up to date, and returns the steps' names.

    The copy is `<name>.before-<first step>`, made only when there was something to copy.
    """
    existed = path.exists()
    db = connect(path)
    try:
        names = pending_migrations(db)
        if names and existed:
            db.execute("pragma wal_checkpoint(truncate)").fetchone()
            shutil.copy2(path, path.with_name(f"{path.name}.before-{names[0]}"))
        migrations.apply(db)
        return names
    finally:
        db.close()
