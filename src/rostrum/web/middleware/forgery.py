"""Every form must come from a page of ours, opened in the browser that sends it.

Three marks say so: the browser's word where the page lies (`origins.py`), a secret that the
browser holds in a cookie, and the token of that secret in the form. Each refusal says which is
missing and what to do, and tells the admin once in the log.
"""

from __future__ import annotations

from enum import Enum
from typing import NoReturn

from flask import Flask, g, request
from flask_wtf import CSRFProtect
from flask_wtf.csrf import validate_csrf
from werkzeug.exceptions import BadRequest
from wtforms.validators import ValidationError

from rostrum.domain.sentences import N_
from rostrum.web import cookies
from rostrum.web.addresses import outside_address
from rostrum.web.context import parts
from rostrum.web.language.catalogs import gettext
from rostrum.web.middleware import origins
from rostrum.web.middleware.admin_log import quoted
from rostrum.web.middleware.origins import Sender


class Reason(Enum):
    """Why a form is refused: in a word for the log, and in a sentence for who sent it."""

    CUT_SHORT = ("not everything arrived", N_("Not everything arrived. Go back and send it again."))
    NO_TOKEN = (
        "it has no token",
        N_(
            "The mark by which we know our own pages is missing, so nothing was sent. "
            "Open the page again and send it from there."
        ),
    )
    NO_COOKIES = (
        "the browser sent no cookies",
        N_(
            "This browser keeps no cookies, and without them we cannot tell it from others: "
            "nothing was sent. Allow cookies for this site and open your link again, "
            "or open it in another browser."
        ),
    )
    ENDED = (
        "its token belongs to another sign-in",
        N_(
            "This page belongs to a sign-in that has ended, so nothing was sent. "
            "Open your link again; what you typed is still on the page before this one."
        ),
    )
    OTHER_SITE = (
        "it was sent from another site",
        N_(
            "This was sent from a page of another site, so nothing was done. "
            "Open your link itself in the browser and go on from there."
        ),
    )
    HIDDEN = (
        "the browser hides the page it was sent from",
        N_(
            "The browser hides the page that this was sent from, so nothing was done. "
            "Open your link itself in the browser, not in a preview, and go on from there."
        ),
    )
    INSECURE = (
        "the page was opened without https",
        N_(
            "This page was opened without https, where the browser keeps no sign-in: "
            "nothing was sent. Go on at %(address)s instead."
        ),
    )

    def __init__(self, noted: str, sentence: str) -> None:
        self.noted = noted
        self.sentence = sentence


FOREIGN = {
    Sender.OTHER: Reason.OTHER_SITE,
    Sender.HIDDEN: Reason.HIDDEN,
    Sender.INSECURE: Reason.INSECURE,
}


class Forged(BadRequest):
    """A form without one of the marks (400)."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(gettext(reason.sentence, address=outside_address().url))


def init_app(app: Flask) -> None:
    # In place of Flask-WTF's own check, which knows one secret; two would check each token twice.
    app.before_request(_check)
    app.config["WTF_CSRF_CHECK_DEFAULT"] = False
    CSRFProtect(app)


def _check() -> None:
    if request.method not in ("POST", "PUT", "PATCH", "DELETE") or not request.endpoint:
        return
    if reason := FOREIGN.get(origins.sender()) or _missing():
        _refuse(reason)
    g.csrf_valid = True  # As Flask-WTF's own check says it, so that its forms do not check again.
    if not origins.is_host_handed_on():
        _tell_of_the_proxy()


def check_cookies() -> None:
    """Refuses a browser that holds no secret, before anything of its form is read."""
    if not cookies.form_secrets():
        _refuse(_without_secrets())


def _refuse(reason: Reason) -> NoReturn:
    _tell_of_the_refusal(reason)
    raise Forged(reason)


def _without_secrets() -> Reason:
    return Reason.INSECURE if origins.is_insecure() else Reason.NO_COOKIES


def _missing() -> Reason | None:
    """What the form lacks; of the browser's secrets the one that it belongs to is chosen."""
    token = request.form.get(cookies.SECRET)
    if not token:
        return Reason.CUT_SHORT if request.content_length and not request.form else Reason.NO_TOKEN
    known = cookies.form_secrets()
    if not known:
        return _without_secrets()
    return None if any(_is_of(token, secret) for secret in known) else Reason.ENDED


def _is_of(token: str, secret: str) -> bool:
    cookies.choose_secret(secret)
    try:
        validate_csrf(token)
    except ValidationError:
        return False
    return True


# --- The admin ----------------------------------------------------------------------------------


def _tell_of_the_refusal(reason: Reason) -> None:
    """Names the form by its route: an address may hold the token of a link."""
    host, origin = quoted(request.host), quoted(request.headers.get("Origin"))
    _say(
        f"a form to {request.url_rule} was refused: {reason.noted}. Host is {host}, "
        f"Origin is {origin}, the outside address is {outside_address().url}"
    )


def _tell_of_the_proxy() -> None:
    host, outside = quoted(request.host), outside_address().url
    line = f"Host is {host}, the outside address is {outside}: the proxy must pass Host"
    if not origins.is_from_outside():
        line += f"; pages are opened at {quoted(request.headers['Origin'])}"
    _say(line)


def _say(line: str) -> None:
    parts().admin_log.say(parts().clock.now(), line)
