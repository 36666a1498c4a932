"""Accounts of the mission's staff, and their passwords (Argon2id)."""

from __future__ import annotations

from datetime import datetime
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlite_utils import Database

from rostrum.actions.journal import Event, record
from rostrum.domain.errors import Conflict
from rostrum.domain.journal import Actor
from rostrum.domain.staff import Role, Staff, check_name, check_password
from rostrum.domain.words import N_
from rostrum.store import staff as store
from rostrum.store.database import writing

_HASHER = PasswordHasher()


@cache
def _nobody() -> str:
    """Verified when the name is unknown, so that both answers take equally long.

    Not at import: hashing would lengthen every start of the server and of the command line.
    """
    return _HASHER.hash("nobody has this password")


def add_staff(
    db: Database, now: datetime, actor: Actor, name: str, role: Role, password: str
) -> Staff:
    """Adds an account.

    Raises RuleBroken for an empty name or a short password, Conflict for a taken name.
    """
    check_name(name)
    check_password(password)
    password_hash = _HASHER.hash(password)
    with writing(db):
        if store.find_staff(db, name):
            raise Conflict(N_("There is already an account named %(name)s."), name=name)
        staff_id = store.insert_staff(db, name, role, password_hash)
        record(db, now, actor, Event("staff added", facts={"name": name, "role": role}))
    return Staff(staff_id, name, role, password_hash)


def is_password(staff: Staff | None, password: str) -> bool:
    """Whether this is the account's password. Slow on purpose, for a missing account too."""
    try:
        _HASHER.verify(staff.password_hash if staff else _nobody(), password)
    except (VerificationError, InvalidHashError):
        return False
    return staff is not None
