"""Compresses pages, tables, JSON and drawings on their way, if the browser accepts it.

The length of a compressed answer shows whether a secret in it resembles something that somebody put
beside it (BREACH). Our pages contain secrets (form tokens, personal data) and repeat the text of
a query. An attacker must make the victim's browser ask, again and again, with the attacker's own
queries, and browsers say who made them ask (Sec-Fetch-Site). So an answer to a query is
compressed only if our own page or the person asked. Answers without a query repeat
nothing a stranger chose; a POST from elsewhere has no cookie (SameSite) and no token.
"""

from __future__ import annotations

import gzip

import brotli
from flask import Flask, Response, request

TYPES = {"text/html", "text/csv", "application/json", "image/svg+xml"}
LEAST = 700
"""Bytes. Anything smaller, such as the answer to a press, fits into one packet uncompressed."""
GZIP_LEVEL, BROTLI_LEVEL = 4, 5
"""Higher levels take longer than they save on the way."""
WINDOW = 16
"""Brotli looks back 2**16 bytes, as far as any page is long: a wider window costs bytes."""
OWN = {"same-origin", "none"}


def init_app(app: Flask) -> None:
    app.after_request(_compress)


def accepts(encoding: str) -> bool:
    """Whether the client accepts answers in this encoding."""
    return request.accept_encodings.quality(encoding) > 0


def _compress(response: Response) -> Response:
    if response.mimetype not in TYPES or response.is_streamed or response.direct_passthrough:
        return response
    if response.content_encoding or len(response.data) < LEAST:
        return response
    response.vary.add("Accept-Encoding")
    if not _is_safe():
        return response
    # Brotli makes a page a tenth smaller and takes twice as long: not while presses wait.
    if accepts("br") and request.method == "GET":
        response.data = brotli.compress(response.data, quality=BROTLI_LEVEL, lgwin=WINDOW)
        response.content_encoding = "br"
    elif accepts("gzip"):
        response.data = gzip.compress(response.data, GZIP_LEVEL, mtime=0)
        response.content_encoding = "gzip"
    return response


def _is_safe() -> bool:
    return not request.query_string or request.headers.get("Sec-Fetch-Site") in OWN
