"""Texts that are the same for everybody: rendered once per change and language, sent many times.

They are rendered in a request without a person or a cookie, so that nothing personal can be in
them. Proxies may keep them for a second.
"""

from __future__ import annotations

import gzip
from collections.abc import Callable, Hashable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

import brotli
from flask import Response, current_app, request

from rostrum.store.database import Connections
from rostrum.store.debates import list_boundaries
from rostrum.web.language.catalogs import ASKED, get_locale
from rostrum.web.middleware.compression import accepts

GZIP_LEVEL, BROTLI_LEVEL = 6, 6
"""More than for a page that is sent once."""


@dataclass(frozen=True)
class Text:
    """HTML, compressed when a compressed form is first asked for."""

    html: str

    @cached_property
    def plain(self) -> bytes:
        return self.html.encode()

    @cached_property
    def gzipped(self) -> bytes:
        return gzip.compress(self.plain, GZIP_LEVEL, mtime=0)

    @cached_property
    def brotlied(self) -> bytes:
        return brotli.compress(self.plain, quality=BROTLI_LEVEL)


class Published:
    """The texts of the present state, forgotten as soon as anything changes.

    A change is a commit by anybody, or an instant at which something opens, closes or ends.
    """

    def __init__(self, connections: Connections, now: Callable[[], datetime]) -> None:
        self._connections, self._now = connections, now
        self._version: int | None = None
        self._boundaries: Sequence[datetime] = ()
        self._passed = 0
        self._texts: dict[Hashable, Text] = {}

    def get(self, name: Hashable, render: Callable[[], str]) -> Text:
        """The text with this name, rendered if needed; errors of `render` are not kept."""
        self._forget_what_changed()
        texts = self._texts
        if name not in texts:
            texts[name] = Text(render())
        return texts[name]

    def _forget_what_changed(self) -> None:
        version, now = self._connections.version(), self._now()
        if version != self._version:
            with self._connections.borrowed() as db:
                boundaries = list_boundaries(db)
            self._version, self._boundaries, self._passed = version, boundaries, -1
        passed = sum(boundary <= now for boundary in self._boundaries)
        if passed != self._passed:
            # A rendering that began earlier goes on with the old texts, which nobody gets any more.
            self._passed, self._texts = passed, {}


def publish(render: Callable[[], str]) -> Response:
    """The common answer of the current address, in the language of the request."""
    path, language = request.path, get_locale().language

    def render_for_all() -> str:
        with _as_nobody(path, language):
            return render()

    published = current_app.extensions["rostrum"].published
    return _answer(published.get((path, language), render_for_all))


@contextmanager
def _as_nobody(path: str, language: str) -> Iterator[None]:
    """A request for this address in this language, without cookies."""
    base_url = current_app.extensions["rostrum"].config.base_url
    query = {ASKED: language}
    with current_app.test_request_context(path, base_url=base_url, query_string=query):
        yield


def _answer(text: Text) -> Response:
    """The answer with this text, which anybody may cache for a second.

    The text cannot contain the time, so a header does. Pages count down by it until they have asked
    for the time.
    """
    if accepts("br"):
        response = Response(text.brotlied, mimetype="text/html")
        response.content_encoding = "br"
    elif accepts("gzip"):
        response = Response(text.gzipped, mimetype="text/html")
        response.content_encoding = "gzip"
    else:
        response = Response(text.plain, mimetype="text/html")
    response.headers["Cache-Control"] = "public, max-age=1"
    micros = current_app.extensions["rostrum"].clock.micros()
    response.headers["Server-Timing"] = f'clock;desc="{micros}"'
    response.headers["Vary"] = "Accept-Encoding, Accept-Language"
    return response
