"""This browser's cookies: the ids of its sessions, its language, the secrets of its forms.

Each has a cookie of its own. If two answers to one browser at the same time wrote the same cookie,
the later one would undo what the earlier one wrote: two links opened at once must both
sign in. The ids are random and mean nothing without their rows, so that a session can be ended
from the server. One browser may be signed in for several delegations, each page for its own,
and for staff as well.
"""

from __future__ import annotations

import re
import secrets

from flask import Flask, Request, Response, current_app, request, session
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface
from itsdangerous import BadSignature, Signer

from rostrum.domain.texts import whole_number

MAX_DELEGATIONS = 20
"""Delegations for which a browser stays signed in: a request has room for about 8 kB of cookies."""
SECRET = "csrf_token"  # noqa: S105  the name under which Flask-WTF asks for it
_PREFIX = "rostrum-"
_DELEGATION, _STAFF, _KNOWN = "delegation-", "staff", "known-"
_LANGUAGE, _FORM = "language", "form-"
_IS_SECRET = re.compile(r"[0-9a-f]{40}")
_WRITTEN, _READ = "rostrum.cookies", "rostrum.reads_cookies"


# --- Who is signed in ---------------------------------------------------------------------------


def delegation_session_id(invitation_id: int) -> str | None:
    """The session id that this browser holds for an invitation."""
    return _counted(_read(f"{_DELEGATION}{invitation_id}") or "")[1] or None


def forget_delegation(invitation_id: int) -> None:
    _write(f"{_DELEGATION}{invitation_id}", None)


def invitation_ids() -> list[int]:
    """The invitations with which this browser signed in; their sessions may have ended."""
    names = (name.removeprefix(_DELEGATION) for name in _held(_DELEGATION))
    return [number for name in names if (number := whole_number(name)) is not None]


def remember_delegation(invitation_id: int, session_id: str) -> None:
    """Signs this browser in; with too many delegations, the oldest is signed out."""
    name = f"{_DELEGATION}{invitation_id}"
    counts = {each: _counted(value)[0] for each, value in _held(_DELEGATION).items()}
    others = sorted(counts.keys() - {name}, key=counts.get)
    for oldest in others[: max(0, len(others) - MAX_DELEGATIONS + 1)]:
        _write(oldest, None)
    _write(name, f"{max(counts.values(), default=0) + 1}.{session_id}")
    _keep_secret()


def _counted(value: str) -> tuple[int, str]:
    """A session id with its position in this browser, because cookies come in no order."""
    number, _, session_id = value.partition(".")
    return whole_number(number) or 0, session_id


def staff_session_id() -> str | None:
    """The session id that this browser holds for a member of staff."""
    return _read(_STAFF)


def remember_staff(session_id: str) -> None:
    _write(_STAFF, session_id)
    _keep_secret()


def forget_staff() -> None:
    _write(_STAFF, None)


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
        return _signer(staff_id).unsign(_read(f"{_KNOWN}{staff_id}") or "").decode()
    except BadSignature:
        return None


def remember_browser(staff_id: int) -> None:
    """Makes the account know this browser, even after it has signed out."""
    name = known_browser(staff_id) or secrets.token_urlsafe(9)
    _write(f"{_KNOWN}{staff_id}", _signer(staff_id).sign(name).decode())


def _signer(staff_id: int) -> Signer:
    """Signs the names of known browsers, so that nobody can invent one and its extra tries."""
    return Signer(current_app.secret_key, salt=f"known browser {staff_id}")


def chosen_language() -> str | None:
    """The language that this browser last chose, if any."""
    return _read(_LANGUAGE)


def remember_language(language: str) -> None:
    _write(_LANGUAGE, language)


# --- The secrets of forms -----------------------------------------------------------------------


def form_secrets() -> list[str]:
    """The secrets to which this browser's forms may belong, the first one first.

    There are several if several pages were opened at once before the browser held any.
    """
    return [value for value in _held(_FORM).values() if _IS_SECRET.fullmatch(value)]


def choose_secret(secret: str) -> None:
    """Notes to which of the secrets the request's form belongs."""
    # Not `session[SECRET] = …`, which would count as a change of the session.
    dict.__setitem__(session._get_current_object(), SECRET, secret)


def _keep_secret() -> None:
    """Makes the secret last as long as the session that has just begun."""
    if secret := session.get(SECRET):
        _write(_form_cookie(secret), secret)


def _form_cookie(secret: str) -> str:
    return f"{_FORM}{secret[:8]}"


class _Sessions(SecureCookieSessionInterface):
    """Flask's session, for notices on the next page; the secret of forms has its own cookie.

    It is read whatever its age, which would be measured by the wall clock: if that is set
    back, all cookies given shortly before seem to come from the future.
    """

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession:
        value = request.cookies.get(self.get_cookie_name(app), "")
        try:
            held = self.get_signing_serializer(app).loads(value) if value else {}
        except BadSignature:
            held = {}
        if known := form_secrets():
            held[SECRET] = known[0]
        return self.session_class(held)

    def get_cookie_secure(self, app: Flask) -> bool:
        """Follows the present outside address, which may be set while the server runs."""
        return app.extensions["rostrum"].address.now.is_secure

    def save_session(self, app: Flask, session: SecureCookieSession, response: Response) -> None:
        # By dict.pop, which does not count as a change of the session either.
        secret = dict.pop(session, SECRET, None)
        # Flask-WTF's own, a new one, counts as a change.
        if secret and session.modified and secret not in form_secrets():
            _write(_form_cookie(secret), secret)
        _send(response)
        if session.accessed or _READ in request.environ:
            response.vary.add("Cookie")
        if session or self.get_cookie_name(app) in request.cookies:
            super().save_session(app, session, response)


# --- Reading and writing ------------------------------------------------------------------------


def _read(name: str) -> str | None:
    request.environ[_READ] = True
    return _written().get(name, request.cookies.get(_PREFIX + name)) or None


def _held(beginning: str) -> dict[str, str]:
    """The cookies whose names have this beginning, in the order in which the browser got them."""
    whole = _PREFIX + beginning
    found = {
        name.removeprefix(_PREFIX): value
        for name, value in request.cookies.items()
        if name.startswith(whole) and value
    }
    written = {name: value for name, value in _written().items() if name.startswith(beginning)}
    return {name: value for name, value in (found | written).items() if value}


def _written() -> dict[str, str | None]:
    """The cookies that this request writes; None for a cookie to delete."""
    return request.environ.setdefault(_WRITTEN, {})


def _write(name: str, value: str | None) -> None:
    _written()[name] = value


def _send(response: Response) -> None:
    config, interface = current_app.config, current_app.session_interface
    for name, value in _written().items():
        response.set_cookie(
            _PREFIX + name,
            value or "",
            max_age=config["PERMANENT_SESSION_LIFETIME"] if value else 0,
            secure=interface.get_cookie_secure(current_app),
            httponly=True,
            samesite=config["SESSION_COOKIE_SAMESITE"],
        )


def init_app(app: Flask) -> None:
    app.session_interface = _Sessions()
