"""Two tiny answers without session or database: whether the server is there, and
what time it has."""

from __future__ import annotations

from flask import Blueprint, Response

from rostrum.live.timekeeper import told_drift
from rostrum.web.context import parts

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
def check() -> Response:
    """Answers two bytes: the server is there."""
    return Response("ok", mimetype="text/plain")


@blueprint.get("/clock")
def tell_time() -> Response:
    """The server's clock in microseconds since 1970, with which pages count down."""
    return Response(str(parts().clock.micros()), mimetype="text/plain")


@blueprint.app_template_global()
def micros_now() -> int:
    """The server's clock, for a page to count down with until it has asked."""
    return parts().clock.micros()


@blueprint.app_template_global()
def clock_drift() -> int:
    """Seconds by which this clock and the machine's differ if staff must know it; else 0."""
    return told_drift(parts().clock)
