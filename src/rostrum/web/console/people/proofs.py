"""Proving who a member of staff is: the password and, if set up, the code."""

from __future__ import annotations

import hashlib
from datetime import timedelta

from flask import current_app, request

from rostrum.actions.access.attempts import STRANGERS, Proof, proof
from rostrum.actions.access.sessions import start_staff_session
from rostrum.actions.staff.accounts import is_password
from rostrum.actions.staff.totp import take_code, take_recovery_code
from rostrum.domain.access.browsers import describe_browser
from rostrum.domain.errors import RuleBroken
from rostrum.domain.sentences import N_
from rostrum.domain.staff.accounts import Staff
from rostrum.domain.times import from_micros
from rostrum.store.staff import find_staff, find_staff_by_id
from rostrum.web import signed_in
from rostrum.web.access import Member
from rostrum.web.context import db, parts, release_db
from rostrum.web.offload import hashing

HALF = timedelta(minutes=5)
"""How long a right password waits for its code."""


def prove_password(name: str, password: str) -> Staff:
    """The account with this name and password; else RuleBroken (Slowed after many failures).

    A right password counts, however many wrong ones came before it: their number is limited by the
    time to check each, one after the other (`rostrum.web.offload.HASHING`).
    """
    found = find_staff(db(), name)
    release_db()
    browser = signed_in.known_browser(found.id) if found else None
    what = proof("password", name, browser or STRANGERS)
    if not hashing("password", is_password, found, password, is_known=browser is not None):
        parts().attempts.fail(what, "password", parts().clock.now())
        raise RuleBroken("password", N_("The name or the password is wrong."))
    parts().attempts.succeed(what)
    return found


def prove_again(member: Member, password: str) -> None:
    """Asks a signed-in person for the password; RuleBroken at the field `old`.

    Only failures in this session make it wait.
    """
    what = proof("password again", member.staff.name, str(member.session.id))
    parts().attempts.begin(what, "old", parts().clock.now())
    release_db()
    if not hashing("old", is_password, member.staff, password, is_known=True):
        raise RuleBroken("old", N_("This is not your password."))
    parts().attempts.succeed(what)


def let_in(staff: Staff) -> bool:
    """Signs in, or remembers that a code is still to come; whether the person is in."""
    if staff.has_totp:
        signed_in.remember_password(staff.id, _mark(staff), parts().clock.micros())
        return False
    sign_in(staff)
    return True


def half_signed_in() -> Staff | None:
    """The account whose password was right a moment ago; None if there is none or it changed."""
    held = signed_in.half_signed_in()
    if held is None:
        return None
    staff_id, mark, at = held
    found = find_staff_by_id(db(), staff_id)
    age = parts().clock.now() - from_micros(at)
    is_fresh = timedelta(0) <= age < HALF
    is_same = found is not None and found.can_sign_in and _mark(found) == mark
    return found if is_fresh and is_same else None


def prove_code(staff: Staff, code: str) -> None:
    """Signs in by a code from the authenticator; RuleBroken for a wrong one."""
    what = _begin("code", staff)
    take_code(db(), parts().clock.now(), current_app.secret_key, staff.id, code)
    parts().attempts.succeed(what)
    sign_in(staff)


def prove_recovery_code(staff: Staff, code: str) -> None:
    """Signs in by a recovery code, which is then used up; RuleBroken for a wrong one."""
    what = _begin("recovery_code", staff)
    take_recovery_code(db(), parts().clock.now(), staff.id, code)
    parts().attempts.succeed(what)
    sign_in(staff)


def _begin(purpose: str, staff: Staff) -> Proof:
    what = proof(purpose, staff.name, signed_in.known_browser(staff.id) or STRANGERS)
    parts().attempts.begin(what, purpose, parts().clock.now())
    return what


def sign_in(staff: Staff) -> None:
    """Begins a session; the account knows this browser from now on."""
    browser = describe_browser(request.headers.get("User-Agent", ""))
    signed_in.forget_password()
    signed_in.remember_browser(staff.id)
    signed_in.remember_staff(start_staff_session(db(), parts().clock.now(), staff, browser))


def _mark(staff: Staff) -> str:
    """A mark that changes with the password, so that an older mark lets nobody in."""
    return hashlib.sha256(staff.password_hash.encode()).hexdigest()[:16]
