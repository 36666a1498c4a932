"""This browser's cookies: its language, the secrets of its forms, the ids of its sessions.

Each has a cookie of its own. If two answers to one browser at the same time wrote the same cookie,
the later one would undo what the earlier one wrote: two links opened at once must both sign in.
`signed_in.py` says who is signed in.
"""

from __future__ import annotations

import re

from flask import Flask, Request, Response, current_app, request, session
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface
from itsdangerous import BadSignature

SECRET = "csrf_token"  # noqa: S105  the name under which Flask-WTF asks for it
_PREFIX = "rostrum-"
_LANGUAGE, _FORM = "language", "form-"
_IS_SECRET = re.compile(r"[0-9a-f]{40}")
_WRITTEN, _READ = "rostrum.cookies", "rostrum.reads_cookies"


def read(name: str) -> str | None:
    """What this request has written, or what the browser sent; None without either."""
    request.environ[_READ] = True
    return _written().get(name, request.cookies.get(_PREFIX + name)) or None


def held(beginning: str) -> dict[str, str]:
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


def write(name: str, value: str | None) -> None:
    """Sends the cookie with this request's answer; None deletes it."""
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


def chosen_language() -> str | None:
    """The language that this browser last chose, if any."""
    return read(_LANGUAGE)


def remember_language(language: str) -> None:
    write(_LANGUAGE, language)


def form_secrets() -> list[str]:
    """The secrets to which this browser's forms may belong, the first one first.

    There are several if several pages were opened at once before the browser held any.
    """
    return [value for value in held(_FORM).values() if _IS_SECRET.fullmatch(value)]


def choose_secret(secret: str) -> None:
    """Notes to which of the secrets the request's form belongs."""
    # Not `session[SECRET] = …`, which would count as a change of the session.
    dict.__setitem__(session._get_current_object(), SECRET, secret)


def keep_secret() -> None:
    """Makes the secret last as long as the session that has just begun."""
    if secret := session.get(SECRET):
        write(_form_cookie(secret), secret)


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
            values = self.get_signing_serializer(app).loads(value) if value else {}
        except BadSignature:
            values = {}
        if known := form_secrets():
            values[SECRET] = known[0]
        return self.session_class(values)

    def get_cookie_secure(self, app: Flask) -> bool:
        """Follows the present outside address, which may be set while the server runs."""
        return app.extensions["rostrum"].address.now.is_secure

    def save_session(self, app: Flask, session: SecureCookieSession, response: Response) -> None:
        # By dict.pop, which does not count as a change of the session either.
        secret = dict.pop(session, SECRET, None)
        # Flask-WTF's own, a new one, counts as a change.
        if secret and session.modified and secret not in form_secrets():
            write(_form_cookie(secret), secret)
        _send(response)
        if session.accessed or _READ in request.environ:
            response.vary.add("Cookie")
        if session or self.get_cookie_name(app) in request.cookies:
            super().save_session(app, session, response)


def init_app(app: Flask) -> None:
    app.session_interface = _Sessions()
