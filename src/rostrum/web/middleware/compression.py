"""Pages, tables, JSON and drawings compressed on their way, as far as the browser takes it.

Compression shows by an answer's length whether a secret in it resembles what somebody put in
beside it (BREACH). Our pages hold secrets (tokens of forms, personal data) and repeat what is in
a query. Whoever guesses must make the victim's browser ask, again and again, with queries of the
guesser's own; and browsers say who made them ask (Sec-Fetch-Site). So an answer to a query is
compressed only where it was our own page or the person that asked. Answers without a query repeat
nothing a stranger chose; a POST from elsewhere has no cookie (SameSite) and no token.
"""

from __future__ import annotations

import gzip

import brotli
from flask import Flask, Response, request

TYPES = {"text/html", "text/csv", "application/json", "image/svg+xml"}
LEAST = 700
"""Bytes. Less fits into one packet with its headers, compressed or not: a press's answer does."""
GZIP_LEVEL, BROTLI_LEVEL = 4, 5
"""More takes longer than it saves on the way."""
OWN = {"same-origin", "none"}


def init_app(app: Flask) -> None:
    app.after_request(_compress)


def accepts(encoding: str) -> bool:
    """Whether who asks takes answers compressed this way."""
    return request.accept_encodings.quality(encoding) > 0


def _compress(response: Response) -> Response:
    if response.mimetype not in TYPES or response.is_streamed or response.direct_passthrough:
        return response
    if response.content_encoding or len(response.data) < LEAST:
        return response
    response.vary.add("Accept-Encoding")
    if not _is_safe():
        return response
    # Brotli makes a tenth less of a page and takes twice as long: not while presses wait.
    if accepts("br") and request.method == "GET":
        response.data = brotli.compress(response.data, quality=BROTLI_LEVEL)
        response.content_encoding = "br"
    elif accepts("gzip"):
        response.data = gzip.compress(response.data, GZIP_LEVEL, mtime=0)
        response.content_encoding = "gzip"
    return response


def _is_safe() -> bool:
    return not request.query_string or request.headers.get("Sec-Fetch-Site") in OWN
