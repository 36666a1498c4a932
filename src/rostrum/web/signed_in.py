"""Who is signed in at this browser: what its cookies say, before any row is looked up.

The ids are random and mean nothing without their rows, so that a session can be ended from the
server. One browser may be signed in for several delegations, each page for its own, and for staff
as well.
"""

from __future__ import annotations

import secrets

from flask import current_app, session
from itsdangerous import BadSignature, Signer

from rostrum.domain.texts import whole_number
from rostrum.web import cookies

MAX_DELEGATIONS = 20
"""Delegations for which a browser stays signed in: a request has room for about 8 kB of cookies."""
_DELEGATION, _STAFF, _KNOWN = "delegation-", "staff", "known-"


def delegation_session_id(invitation_id: int) -> str | None:
    """The session id that this browser holds for an invitation."""
    return _counted(cookies.read(f"{_DELEGATION}{invitation_id}") or "")[1] or None


def invitation_ids() -> list[int]:
    """The invitations with which this browser signed in; their sessions may have ended."""
    names = (name.removeprefix(_DELEGATION) for name in cookies.held(_DELEGATION))
    return [number for name in names if (number := whole_number(name)) is not None]


def remember_delegation(invitation_id: int, session_id: str) -> None:
    """Signs this browser in; with too many delegations, the oldest is signed out."""
    name = f"{_DELEGATION}{invitation_id}"
    counts = {each: _counted(value)[0] for each, value in cookies.held(_DELEGATION).items()}
    others = sorted(counts.keys() - {name}, key=counts.get)
    for oldest in others[: max(0, len(others) - MAX_DELEGATIONS + 1)]:
        cookies.write(oldest, None)
    cookies.write(name, f"{max(counts.values(), default=0) + 1}.{session_id}")
    cookies.keep_secret()


def _counted(value: str) -> tuple[int, str]:
    """A session id with its position in this browser, because cookies come in no order."""
    number, _, session_id = value.partition(".")
    return whole_number(number) or 0, session_id


def staff_session_id() -> str | None:
    """The session id that this browser holds for a member of staff."""
    return cookies.read(_STAFF)


def remember_staff(session_id: str) -> None:
    cookies.write(_STAFF, session_id)
    cookies.keep_secret()


def forget_staff() -> None:
    cookies.write(_STAFF, None)


def remember_password(staff_id: int, mark: str, at: int) -> None:
    """Remembers that the password was right at this microsecond, before the code is checked."""
    session["half"] = [staff_id, mark, at]


def half_signed_in() -> tuple[int, str, int] | None:
    """The account whose password was right, a mark of that password, and when it was."""
    held = session.get("half")
    return (held[0], held[1], held[2]) if held else None


def forget_password() -> None:
    session.pop("half", None)


def known_browser(staff_id: int) -> str | None:
    """The name by which the account knows this browser, since it once signed in."""
    try:
        return _signer(staff_id).unsign(cookies.read(f"{_KNOWN}{staff_id}") or "").decode()
    except BadSignature:
        return None


def remember_browser(staff_id: int) -> None:
    """Makes the account know this browser, even after it has signed out."""
    name = known_browser(staff_id) or secrets.token_urlsafe(9)
    cookies.write(f"{_KNOWN}{staff_id}", _signer(staff_id).sign(name).decode())


def _signer(staff_id: int) -> Signer:
    """Signs the names of known browsers, so that nobody can invent one and its extra tries."""
    return Signer(current_app.secret_key, salt=f"known browser {staff_id}")
