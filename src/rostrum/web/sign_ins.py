"""Proving who a member of staff is: the password and, where one is set up, the code."""

from __future__ import annotations

import hashlib
from datetime import timedelta

from flask import current_app, request

from rostrum.actions.sessions import start_staff_session
from rostrum.actions.staff import is_password
from rostrum.actions.totp import take_code, take_recovery_code
from rostrum.domain.browsers import describe_browser
from rostrum.domain.errors import RuleBroken
from rostrum.domain.staff import Staff
from rostrum.domain.times import from_micros
from rostrum.domain.words import N_
from rostrum.store.staff import find_staff, find_staff_by_id
from rostrum.web import cookies
from rostrum.web.context import db, parts, release_db
from rostrum.web.offload import offload

HALF = timedelta(minutes=5)
"""How long a right password waits for its code."""


def prove_password(name: str, password: str) -> Staff:
    """The account whose password this is; RuleBroken (Slowed) for any other."""
    parts().attempts.begin(name, "password", parts().clock.now())
    found = find_staff(db(), name)
    release_db()
    if not offload(is_password, found, password):
        raise RuleBroken("password", N_("Name and password do not belong together."))
    return found


def prove_again(staff: Staff, password: str) -> None:
    """Asks a signed-in person for the password; RuleBroken at the field `old`."""
    parts().attempts.begin(staff.name, "old", parts().clock.now())
    release_db()
    if not offload(is_password, staff, password):
        raise RuleBroken("old", N_("This is not your password."))
    parts().attempts.succeed(staff.name)


def let_in(staff: Staff) -> bool:
    """Signs in, or remembers that a code is still to come; whether the person is in."""
    if staff.has_totp:
        parts().attempts.forgive(staff.name)
        cookies.remember_password(staff.id, _mark(staff), parts().clock.micros())
        return False
    sign_in(staff)
    return True


def half_signed_in() -> Staff | None:
    """Whose password was right a moment ago; None when nobody's was, or it has changed."""
    held = cookies.half_signed_in()
    if held is None:
        return None
    staff_id, mark, at = held
    found = find_staff_by_id(db(), staff_id)
    age = parts().clock.now() - from_micros(at)
    is_fresh = timedelta(0) <= age < HALF
    is_same = found is not None and found.can_sign_in and _mark(found) == mark
    return found if is_fresh and is_same else None


def prove_code(staff: Staff, code: str) -> None:
    """Signs in by a code of the authenticator; RuleBroken for a wrong one."""
    now = parts().clock.now()
    parts().attempts.begin(staff.name, "code", now)
    take_code(db(), now, current_app.secret_key, staff.id, code)
    sign_in(staff)


def prove_recovery_code(staff: Staff, code: str) -> None:
    """Signs in by a recovery code, which is then used up; RuleBroken for a wrong one."""
    now = parts().clock.now()
    parts().attempts.begin(staff.name, "recovery_code", now)
    take_recovery_code(db(), now, staff.id, code)
    sign_in(staff)


def sign_in(staff: Staff) -> None:
    """Begins a session in this browser."""
    parts().attempts.succeed(staff.name)
    browser = describe_browser(request.headers.get("User-Agent", ""))
    cookies.forget_password()
    cookies.remember_staff(start_staff_session(db(), parts().clock.now(), staff, browser))


def _mark(staff: Staff) -> str:
    """Changes with the password, so that an older one lets nobody in."""
    return hashlib.sha256(staff.password_hash.encode()).hexdigest()[:16]
