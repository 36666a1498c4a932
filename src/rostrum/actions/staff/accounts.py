"""Accounts of the mission's staff, and their passwords (Argon2id)."""

from __future__ import annotations

import secrets
from datetime import datetime
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlite_utils import Database

from rostrum.actions.journal import Event, record
from rostrum.domain.access.sessions import choose_others
from rostrum.domain.actors import Actor
from rostrum.domain.errors import Conflict, NotFound, RuleBroken
from rostrum.domain.journal.kinds import EntryKind
from rostrum.domain.sentences import S_
from rostrum.domain.staff.accounts import (
    LINK_LASTS,
    Role,
    Staff,
    StaffLink,
    admins_of,
    check_admin_remains,
    check_name,
    check_password,
    link_hash,
)
from rostrum.store import sessions
from rostrum.store import staff as store
from rostrum.store.database import writing

_HASHER = PasswordHasher()


@cache
def _nobody() -> str:
    """A hash to check if the name is unknown, so that both answers take equally long.

    Not made at import: hashing would slow every start of the server and of the command line.
    """
    return _HASHER.hash("nobody has this password")


def hash_password(password: str) -> str:
    """The hash to keep of a password; slow on purpose. Raises RuleBroken for a short password."""
    check_password(password)
    return _HASHER.hash(password)


def is_password(staff: Staff | None, password: str) -> bool:
    """Whether this is the account's password. Slow on purpose, even if there is no account."""
    can = staff is not None and staff.can_sign_in
    try:
        _HASHER.verify(staff.password_hash if can else _nobody(), password)
    except (VerificationError, InvalidHashError):
        return False
    return can


def add_staff(
    db: Database,
    now: datetime,
    actor: Actor,
    *,
    name: str,
    role: Role,
    password: str | None,
    is_demo: bool = False,
) -> Staff:
    """Adds an account; without `password`, a link sets one.

    Raises RuleBroken for an empty name or a short password, Conflict for a taken name.
    """
    check_name(name)
    password_hash = "" if password is None else hash_password(password)
    with writing(db):
        if store.find_staff(db, name):
            raise Conflict(S_("There is already an account named %(name)s."), name=name)
        staff_id = store.insert_staff(db, name, role, password_hash, is_demo=is_demo)
        record(db, now, actor, Event(EntryKind.STAFF_ADDED, facts={"name": name, "role": role}))
    return store.get_staff(db, staff_id)


def make_link(
    db: Database, now: datetime, actor: Actor, staff_id: int, *, resets_totp: bool = False
) -> str:
    """The random token of a new one-time link; the account's earlier links stop working."""
    token = secrets.token_urlsafe(32)
    with writing(db):
        who = store.get_staff(db, staff_id)
        if not who.is_active:
            raise Conflict(S_("%(name)s is deactivated."), name=who.name)
        until = now + LINK_LASTS
        store.insert_link(
            db,
            staff_id=who.id,
            hash_=link_hash(token),
            made_at=now,
            expires_at=until,
            resets_totp=resets_totp,
        )
        facts = {"name": who.name, "with_authenticator": resets_totp}
        record(db, now, actor, Event(EntryKind.STAFF_LINK_MADE, facts=facts))
    return token


def make_first_admin(db: Database, now: datetime, actor: Actor, name: str) -> str:
    """The token of the link with which the first admin sets a password.

    Raises Conflict if there is an admin who can sign in.
    """
    if admins_of(store.list_staff(db)):
        raise Conflict(S_("There is an admin already. See: rostrum staff reset"))
    who = store.find_staff(db, name)
    if who is None or who.role is not Role.ADMIN:
        who = add_staff(db, now, actor, name=name, role=Role.ADMIN, password=None)
    return make_link(db, now, actor, who.id)


def reset_by_name(db: Database, now: datetime, actor: Actor, name: str) -> str:
    """The token of a link that resets password and authenticator of the account with this name."""
    who = store.find_staff(db, name)
    if who is None:
        raise Conflict(S_("There is no account named %(name)s."), name=name)
    return make_link(db, now, actor, who.id, resets_totp=True)


def get_link(db: Database, now: datetime, token: str) -> tuple[StaffLink, Staff]:
    """The open link with this token, and its account; raises NotFound for any other token."""
    link = store.find_link(db, link_hash(token))
    who = store.find_staff_by_id(db, link.staff_id) if link else None
    if link is None or who is None or not link.is_open(now) or not who.is_active:
        raise NotFound(S_("This link was used or has expired. Ask an admin for a new one."))
    return link, who


def use_link(db: Database, now: datetime, token: str, password_hash: str) -> Staff:
    """Sets the password of the link's account; its sessions and links end."""
    with writing(db):
        link, who = get_link(db, now, token)
        store.update_password(db, who.id, password_hash)
        if link.resets_totp:
            store.update_totp_off(db, who.id)
        store.update_link_used(db, who.id, now)
        _end_sessions(db, now, who)
        facts = {"name": who.name, "with_authenticator": link.resets_totp}
        record(db, now, Actor("staff", who.name), Event(EntryKind.PASSWORD_SET, facts=facts))
    return who


def change_role(db: Database, now: datetime, actor: Actor, staff_id: int, role: Role) -> Staff:
    """Changes the role; the person must sign in again, so that no open page keeps the old role."""
    with writing(db):
        who = store.get_staff(db, staff_id)
        if who.role is role:
            return who
        check_admin_remains(store.list_staff(db), who)
        store.update_role(db, who.id, role)
        _end_sessions(db, now, who)
        facts = {"name": who.name, "before": who.role, "after": role}
        record(db, now, actor, Event(EntryKind.ROLE_CHANGED, facts=facts))
    return store.get_staff(db, staff_id)


def deactivate(db: Database, now: datetime, actor: Actor, staff_id: int) -> Staff:
    """Closes an account: its sessions and links end, the record of what it did stays."""
    with writing(db):
        who = store.get_staff(db, staff_id)
        if not who.is_active:
            raise Conflict(S_("%(name)s is deactivated."), name=who.name)
        check_admin_remains(store.list_staff(db), who)
        store.update_deactivated(db, who.id, now)
        store.update_link_used(db, who.id, now)
        _end_sessions(db, now, who)
        record(db, now, actor, Event(EntryKind.STAFF_DEACTIVATED, facts={"name": who.name}))
    return who


def reactivate(db: Database, now: datetime, actor: Actor, staff_id: int) -> Staff:
    """Reopens an account, with its old password."""
    with writing(db):
        who = store.get_staff(db, staff_id)
        if who.is_active:
            raise Conflict(S_("%(name)s is active."), name=who.name)
        store.update_deactivated(db, who.id, None)
        record(db, now, actor, Event(EntryKind.STAFF_REACTIVATED, facts={"name": who.name}))
    return who


def sign_out_everywhere(db: Database, now: datetime, actor: Actor, staff_id: int) -> int:
    """Ends every session of an account; returns how many there were."""
    with writing(db):
        who = store.get_staff(db, staff_id)
        count = _end_sessions(db, now, who)
        facts = {"name": who.name, "sessions": count}
        record(db, now, actor, Event(EntryKind.STAFF_SIGNED_OUT, facts=facts))
    return count


def change_password(
    db: Database, now: datetime, actor: Actor, *, staff: Staff, session_id: int, password_hash: str
) -> None:
    """Sets a member of staff's own new password; their other browsers are signed out."""
    with writing(db):
        store.update_password(db, staff.id, password_hash)
        _end_sessions(db, now, staff, but=session_id)
        record(db, now, actor, Event(EntryKind.PASSWORD_CHANGED))


def end_own_sessions(
    db: Database, now: datetime, actor: Actor, *, staff: Staff, own: int, only: int | None = None
) -> int:
    """Signs out the person's other browsers, or the one with the id `only`; returns how many.

    The browser that asks stays signed in. Raises NotFound if no other browser has that id.
    """
    with writing(db):
        chosen = choose_others(sessions.list_staff_sessions(db, staff.id, now), own, only)
        for each in chosen:
            sessions.update_ended(db, each.id, now)
            facts = {"ended_browser": each.browser}
            record(db, now, actor, Event(EntryKind.BROWSER_SIGNED_OUT, facts=facts))
    return len(chosen)


def _end_sessions(db: Database, now: datetime, who: Staff, but: int | None = None) -> int:
    ended = [each for each in sessions.list_staff_sessions(db, who.id, now) if each.id != but]
    for each in ended:
        sessions.update_ended(db, each.id, now)
    return len(ended)


def check_repeated(password: str, repeated: str) -> None:
    """Refuses two passwords that differ."""
    if password != repeated:
        raise RuleBroken("repeated", S_("The two passwords differ. Type the same twice."))
