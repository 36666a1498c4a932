"""Checks of an instance folder: whether its database, its key and this program belong together."""

from __future__ import annotations

from sqlite_utils import Database

from rostrum.config import KEY_FILE, Config
from rostrum.domain.instance.keys import key_fingerprint
from rostrum.lock import CannotServe
from rostrum.store.database import opened
from rostrum.store.keys import find_fingerprint, needs_its_key, update_fingerprint
from rostrum.store.migrations import migrate, pending_migrations, unknown_migrations


def prepare_instance(config: Config) -> list[str]:
    """Makes database and key, or brings the database up to date; returns the steps' names.

    Raises CannotServe, and changes nothing, if the database is of a newer program or has lost
    its key: a new key is made only if nothing depends on the old one.
    """
    key = _key_of_old(config) if config.database.exists() else config.make_key()
    steps = migrate(config.database)
    with opened(config.database) as db:
        if find_fingerprint(db) is None:
            update_fingerprint(db, key_fingerprint(key))
    return steps


def _key_of_old(config: Config) -> bytes:
    with opened(config.database) as db:
        if unknown_migrations(db):
            raise _of_another(config, "a newer")
        if config.key_file.exists() or find_fingerprint(db) or needs_its_key(db):
            return checked_key(config, db)
    return config.make_key()


def check_is_there(config: Config) -> None:
    """Refuses a folder without a database (CannotServe): most likely it is the wrong folder."""
    if not config.database.exists():
        raise CannotServe(
            f"There is no Rostrum in {config.instance}. If it is kept elsewhere, go there or set "
            "ROSTRUM_INSTANCE to its folder; for a new one here: rostrum init"
        )


def check_fits(config: Config) -> None:
    """Refuses a missing database, and one of an older or newer program (CannotServe)."""
    check_is_there(config)
    with opened(config.database) as db:
        if unknown_migrations(db):
            raise _of_another(config, "a newer")
        if pending_migrations(db):
            raise _of_another(config, "an older")


def check_instance(config: Config) -> None:
    """Refuses an instance that this program cannot serve as it is (CannotServe)."""
    check_fits(config)
    with opened(config.database) as db:
        if find_fingerprint(db) is None:
            raise _of_another(config, "an older")
        checked_key(config, db)


def _of_another(config: Config, age: str) -> CannotServe:
    remedy = "Install that one." if age == "a newer" else "Run: rostrum migrate"
    return CannotServe(f"The database in {config.instance} belongs to {age} Rostrum. {remedy}")


def checked_key(config: Config, db: Database) -> bytes:
    """The instance's key; CannotServe if it is missing, damaged or belongs to another database."""
    if not config.key_file.exists():
        raise CannotServe(f"There is no {KEY_FILE} in {config.instance}. {_put_back()}")
    key = config.secret_key()
    if find_fingerprint(db) not in (None, key_fingerprint(key)):
        raise CannotServe(f"{config.key_file} is not the key of the database. {_put_back()}")
    return key


def _put_back() -> str:
    return (
        "The links, sign-ins and receipts that were given out work with that key alone: put it "
        "back from the backup that the database is of. If it is lost, run: rostrum key renew"
    )
