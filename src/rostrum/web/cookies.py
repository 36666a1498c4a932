"""The signed cookie: which session ids this browser holds, and which language it chose.

The ids are random and mean nothing without their rows, so that a session can be ended from the
server. One browser may be signed in for several delegations, each page knowing its own, and
for staff besides.
"""

from __future__ import annotations

import secrets

from flask import Flask, Request, session
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface
from itsdangerous import BadSignature

MAX_DELEGATIONS = 20
"""Delegations a browser stays signed in for: a cookie has room for about 4 kB."""
MAX_ACCOUNTS = 10
"""Accounts of staff that know a browser which several people use."""


def delegation_session_id(invitation_id: int) -> str | None:
    """The session id this browser holds for an invitation."""
    return session.get("delegations", {}).get(str(invitation_id))


def invitation_ids() -> list[int]:
    """The invitations by which this browser came in; their sessions may have ended."""
    return [int(invitation_id) for invitation_id in session.get("delegations", {})]


def remember_delegation(invitation_id: int, session_id: str) -> None:
    held = dict(session.get("delegations", {}))
    held.pop(str(invitation_id), None)
    held[str(invitation_id)] = session_id
    session["delegations"] = dict(list(held.items())[-MAX_DELEGATIONS:])
    session.permanent = True


def forget_delegation(invitation_id: int) -> None:
    held = dict(session.get("delegations", {}))
    held.pop(str(invitation_id), None)
    session["delegations"] = held


def staff_session_id() -> str | None:
    """The session id this browser holds for a member of staff."""
    return session.get("staff")


def remember_staff(session_id: str) -> None:
    session["staff"] = session_id
    session.permanent = True


def forget_staff() -> None:
    session.pop("staff", None)


def remember_password(staff_id: int, mark: str, at: int) -> None:
    """The password was right at this microsecond; the code is still to come."""
    session["half"] = [staff_id, mark, at]


def half_signed_in() -> tuple[int, str, int] | None:
    """Whose password was right, a mark of that password, and when."""
    held = session.get("half")
    return (held[0], held[1], held[2]) if held else None


def forget_password() -> None:
    session.pop("half", None)


def known_browser(staff_id: int) -> str | None:
    """A name for this browser that it has had since it signed in to this account."""
    return session.get("known", {}).get(str(staff_id))


def remember_browser(staff_id: int) -> None:
    """From now on the account knows this browser, also after it has signed out."""
    held = dict(session.get("known", {}))
    name = held.pop(str(staff_id), None) or secrets.token_urlsafe(9)
    held[str(staff_id)] = name
    session["known"] = dict(list(held.items())[-MAX_ACCOUNTS:])
    session.permanent = True


def chosen_language() -> str | None:
    """The language that this browser chose last, if it ever did."""
    return session.get("language")


def remember_language(language: str) -> None:
    session["language"] = language
    session.permanent = True


class _Cookie(SecureCookieSessionInterface):
    """Sent over HTTPS alone where people come over HTTPS, and read whatever its age.

    The rows of its sessions know when they end. The age would be reckoned by the wall clock. Where
    that is set back, all cookies given shortly before seem to be from the future, and their phones
    would be signed out.
    """

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession:
        value = request.cookies.get(self.get_cookie_name(app), "")
        try:
            return self.session_class(self.get_signing_serializer(app).loads(value))
        except BadSignature:
            return self.session_class()

    def get_cookie_secure(self, app: Flask) -> bool:
        """As the outside address is now: it may be set while the server runs."""
        return app.extensions["rostrum"].address.now.is_secure


def init_app(app: Flask) -> None:
    app.session_interface = _Cookie()
