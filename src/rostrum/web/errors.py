"""The one place where a refusal becomes a page with its status."""

from __future__ import annotations

import logging
import secrets
from urllib.parse import urlsplit

from flask import Flask, Response, current_app, redirect, request, url_for
from werkzeug.exceptions import (
    ClientDisconnected,
    HTTPException,
    MethodNotAllowed,
    RequestEntityTooLarge,
)

from rostrum.domain.errors import (
    NOTHING_HERE,
    Archived,
    Busy,
    Conflict,
    Crowded,
    DomainError,
    NotAllowed,
    NotFound,
    RuleBroken,
    SignedOut,
    Slowed,
    StillReading,
)
from rostrum.domain.sentences import N_
from rostrum.letters.space import ServerFull
from rostrum.web.access import SetUpNeeded, SignInNeeded
from rostrum.web.delegates.ways_in import way_of_request
from rostrum.web.language.catalogs import gettext
from rostrum.web.language.formats import refusal
from rostrum.web.middleware.body_limits import drain
from rostrum.web.middleware.forgery import Forged, Reason
from rostrum.web.respond import respond

STATUS = {
    ServerFull: 507,
    NotFound: 404,
    NotAllowed: 403,
    Slowed: 429,
    StillReading: 429,
    Crowded: 503,
    RuleBroken: 422,
    Conflict: 409,
    Busy: 503,
}
"""The first match counts: a full server is also a broken rule of the letter's field."""
HTTP_SENTENCES = {
    404: NOTHING_HERE,
    405: N_("This address does not take that kind of request."),
    408: N_("The connection was too slow: not everything arrived. Send it again."),
}
log = logging.getLogger("rostrum")


def init_app(app: Flask) -> None:
    for kind in STATUS:
        app.register_error_handler(kind, _domain_error)
    app.register_error_handler(SignInNeeded, _sign_in_needed)
    app.register_error_handler(SetUpNeeded, _set_up_needed)
    app.register_error_handler(Forged, _forged)
    app.register_error_handler(RequestEntityTooLarge, _too_large)
    app.register_error_handler(ClientDisconnected, _cut_short)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(500, _our_fault)


def status_of(error: DomainError) -> int:
    """The HTTP status of a refusal."""
    return next(status for kind, status in STATUS.items() if isinstance(error, kind))


def show_error(
    status: int, sentence: str, *, is_signed_out: bool = False, is_over: bool = False
) -> Response:
    """An error as a page of ours; for htmx only its message, put where the page has room."""
    page = {"sentence": sentence, "is_ours": status >= 500}
    page |= {"is_signed_out": is_signed_out, "is_over": is_over}
    response = respond("errors/show.html", "problem", status=status, **page)
    if request.htmx:
        response.headers["HX-Retarget"] = "#problem"
        response.headers["HX-Reswap"] = "outerHTML"
    return response


def _domain_error(error: DomainError) -> Response:
    if isinstance(error, SignedOut):
        return show_error(404, refusal(error), is_signed_out=True)
    if isinstance(error, Archived):
        return show_error(404, refusal(error), is_over=True)
    if isinstance(error, NotFound):
        return _not_found(refusal(error))
    return show_error(status_of(error), refusal(error))


def _not_found(sentence: str) -> Response:
    """Redirects if the address is a damaged link; else 404."""
    way = way_of_request()
    if way.address:
        return redirect(way.address, 303)
    return show_error(404, gettext(way.problem) if way.problem else sentence)


def _sign_in_needed(_: SignInNeeded) -> Response:
    target = url_for("staff.show_sign_in", next=_page_to_return_to())
    if request.htmx:
        return Response(status=401, headers={"HX-Redirect": target})
    return redirect(target, 303)


def _page_to_return_to() -> str | None:
    """The page that was asked for; of a form or a part of a page, the page that it stands on."""
    if request.htmx and request.htmx.current_url:
        return (
            urlsplit(request.htmx.current_url)._replace(scheme="", netloc="", fragment="").geturl()
        )
    if request.method == "GET":
        return request.full_path.rstrip("?")
    return _page_at(request.path) or _page_above()


def _set_up_needed(_: SetUpNeeded) -> Response:
    target = url_for("authenticator.show")
    if request.htmx:
        return Response(status=401, headers={"HX-Redirect": target})
    return redirect(target, 303)


def _forged(error: Forged) -> Response:
    return show_error(400, error.description)


def _too_large(_: RequestEntityTooLarge) -> Response:
    drain()
    return show_error(
        413,
        gettext(
            "This is more than we can take at once; a file may have 10 MB. Nothing was sent. Go "
            "back: what you typed is still there. Choose smaller files."
        ),
    )


def _cut_short(_: ClientDisconnected) -> Response:
    return show_error(400, gettext(Reason.CUT_SHORT.sentence))


def _http_error(error: HTTPException) -> Response:
    if error.code < 400:
        return error.get_response()
    is_reload = isinstance(error, MethodNotAllowed) and request.method == "GET"
    if is_reload and (page := _page_above()):
        return redirect(page, 303)
    sentence = HTTP_SENTENCES.get(error.code, N_("This request could not be understood."))
    if error.code == 404:
        return _not_found(gettext(sentence))
    response = show_error(error.code, gettext(sentence))
    if isinstance(error, MethodNotAllowed):
        response.allow.update(error.valid_methods or ())
    return response


def _page_above() -> str | None:
    """The page to which a form's own address belongs, or None.

    A refused form leaves that address in the browser, where it is reloaded. The page is above it,
    and authorises for itself.
    """
    path = request.path
    while path := path.rpartition("/")[0]:
        if page := _page_at(path):
            return page
    return None


def _page_at(path: str) -> str | None:
    return path if current_app.create_url_adapter(request).test(path, "GET") else None


def _our_fault(_: Exception) -> Response:
    reference = f"{secrets.token_hex(2)}-{secrets.token_hex(1)}".upper()
    log.error("reference %s on %s", reference, request.url_rule)
    return show_error(
        500,
        gettext(
            "Something went wrong on our side. What you typed is still on the page before "
            "this one. Reference %(reference)s.",
            reference=reference,
        ),
    )
