"""The second factor of a member of staff: setting it up, checking it, removing it."""

from __future__ import annotations

import secrets
from datetime import datetime

from sqlite_utils import Database

from rostrum.actions.journal import Event, record
from rostrum.domain.actors import Actor
from rostrum.domain.errors import RuleBroken
from rostrum.domain.journal.kinds import EntryKind
from rostrum.domain.sentences import S_
from rostrum.domain.staff.accounts import Staff
from rostrum.domain.staff.totp import (
    ALPHABET,
    GROUP,
    GROUPS,
    RECOVERY_CODES,
    recovery_hash,
    step_of,
    totp_secret,
)
from rostrum.store import staff as store
from rostrum.store import totp as codes
from rostrum.store.database import writing

WRONG_CODE = S_("This code is not right, or was used before. Type the one that is shown now.")


def next_secret(secret_key: bytes, staff: Staff) -> str:
    """The secret that the next set-up would use."""
    return totp_secret(secret_key, staff.id, staff.totp_generation + 1)


def set_up_totp(
    db: Database, now: datetime, actor: Actor, *, secret_key: bytes, staff_id: int, code: str
) -> list[str]:
    """Turns the authenticator on, proved by one of its codes; returns the recovery codes."""
    with writing(db):
        who = store.get_staff(db, staff_id)
        step = None if who.has_totp else step_of(code, next_secret(secret_key, who), now, 0)
        if step is None:
            raise RuleBroken("code", WRONG_CODE)
        codes.update_totp_on(db, who.id, who.totp_generation + 1, now, step)
        made = _make_codes(db, who)
        record(db, now, actor, Event(EntryKind.AUTHENTICATOR_SET_UP))
    return made


def remove_totp(db: Database, now: datetime, actor: Actor, staff_id: int) -> None:
    """Removes the authenticator, so that another can be set up."""
    with writing(db):
        who = store.get_staff(db, staff_id)
        store.update_totp_off(db, staff_id)
        record(db, now, actor, Event(EntryKind.AUTHENTICATOR_REMOVED, facts={"name": who.name}))


def renew_recovery_codes(db: Database, now: datetime, actor: Actor, staff_id: int) -> list[str]:
    """New recovery codes, shown once; the old ones stop working."""
    with writing(db):
        made = _make_codes(db, store.get_staff(db, staff_id))
        record(db, now, actor, Event(EntryKind.RECOVERY_CODES_MADE))
    return made


def take_code(db: Database, now: datetime, secret_key: bytes, staff_id: int, code: str) -> None:
    """Accepts a code from the authenticator, once; raises RuleBroken for any other code."""
    with writing(db):
        who = store.get_staff(db, staff_id)
        secret = totp_secret(secret_key, who.id, who.totp_generation)
        step = step_of(code, secret, now, who.totp_step) if who.has_totp else None
        if step is None:
            raise RuleBroken("code", WRONG_CODE)
        codes.update_totp_step(db, who.id, step)


def take_recovery_code(db: Database, now: datetime, staff_id: int, code: str) -> None:
    """Accepts a recovery code, once; raises RuleBroken for any other code."""
    with writing(db):
        who = store.get_staff(db, staff_id)
        if not codes.update_recovery_used(db, who.id, recovery_hash(who.id, code), now):
            wrong = S_("This recovery code is not right, or was used before.")
            raise RuleBroken("recovery_code", wrong)
        left = codes.count_recovery_codes(db, who.id)
        facts = {"left": left}
        record(db, now, Actor("staff", who.name), Event(EntryKind.RECOVERY_CODE_USED, facts=facts))


def _make_codes(db: Database, who: Staff) -> list[str]:
    made = [_code() for _ in range(RECOVERY_CODES)]
    codes.replace_recovery_codes(db, who.id, [recovery_hash(who.id, each) for each in made])
    return made


def _code() -> str:
    groups = ("".join(secrets.choice(ALPHABET) for _ in range(GROUP)) for _ in range(GROUPS))
    return "-".join(groups)
