"""The landing page, and two tiny answers without session or database: is the server there, what
time has it."""

from __future__ import annotations

from flask import Blueprint, Response

from rostrum.web.context import db, parts
from rostrum.web.public_pages import list_public_debates
from rostrum.web.respond import respond

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
def check() -> Response:
    """Two bytes."""
    return Response("ok", mimetype="text/plain")


@blueprint.get("/clock")
def tell_time() -> Response:
    """The server's clock in microseconds since 1970, by which pages count down."""
    return Response(str(parts().clock.micros()), mimetype="text/plain")


@blueprint.get("/")
def show_home() -> Response:
    """For somebody without a link: what this is, where to go, and the debates all may follow."""
    return respond("home.html", debates=list_public_debates(db()))
