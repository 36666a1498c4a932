"""Headers that every answer carries."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Flask, Response

from rostrum.web.addresses import outside_address

CONTENT_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)


NO_DOCUMENT = "default-src 'none'; frame-ancestors 'none'"
"""For answers that browsers show, if at all, without loading anything for them."""
NOT_SHOWN = {"text/plain", "text/event-stream"}
"""Nothing in these can act, so they need no policy; each page asks for a few of them."""


def init_app(app: Flask) -> None:
    app.after_request(_add_headers)


def _add_headers(response: Response) -> Response:
    headers = response.headers
    if response.status_code == 308:
        # Werkzeug's own, for two slashes instead of one. Without the host, since a proxy may have
        # passed on another than the browser knows.
        headers["Location"] = urlsplit(headers["Location"])._replace(scheme="", netloc="").geturl()
    headers["X-Content-Type-Options"] = "nosniff"
    if response.mimetype == "text/html":
        headers.setdefault("Content-Security-Policy", CONTENT_POLICY)
        # Not no-referrer, with which browsers also hide the origin of our own forms.
        headers["Referrer-Policy"] = "same-origin"
        headers["Cross-Origin-Opener-Policy"] = "same-origin"
        headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=()"
    elif response.mimetype not in NOT_SHOWN:
        headers.setdefault("Content-Security-Policy", NO_DOCUMENT)
    headers["X-Robots-Tag"] = "noindex"
    if outside_address().is_secure:
        headers["Strict-Transport-Security"] = "max-age=31536000"
    headers.setdefault("Cache-Control", "no-store")
    return response
