"""Texts that are the same for everybody: rendered once a change and language, sent many times.

They are rendered in a request of nobody's, without a cookie, so that nothing personal can be in
them; anybody between us and the reader may keep them for a second.
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
    """HTML, compressed when first asked for so."""

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
    """The texts of the present state; forgotten as soon as anything changes.

    That is a commit, whoever made it, or an instant at which something opens, closes or ends.
    """

    def __init__(self, connections: Connections, now: Callable[[], datetime]) -> None:
        self._connections, self._now = connections, now
        self._version: int | None = None
        self._boundaries: Sequence[datetime] = ()
        self._passed = 0
        self._texts: dict[Hashable, Text] = {}

    def get(self, name: Hashable, render: Callable[[], str]) -> Text:
        """The text of this name, rendered if need be; what `render` raises is not kept."""
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
            # A rendering that began before goes on with the old ones: nobody is given it any more.
            self._passed, self._texts = passed, {}


def publish(render: Callable[[], str]) -> Response:
    """What everybody is told at the address at hand, in the language of whoever asks."""
    path, language = request.path, get_locale().language

    def render_for_all() -> str:
        with _as_nobody(path, language):
            return render()

    published = current_app.extensions["rostrum"].published
    return _answer(published.get((path, language), render_for_all))


@contextmanager
def _as_nobody(path: str, language: str) -> Iterator[None]:
    """A request for this address by somebody without cookies who reads this language."""
    base_url = current_app.extensions["rostrum"].config.base_url
    query = {ASKED: language}
    with current_app.test_request_context(path, base_url=base_url, query_string=query):
        yield


def _answer(text: Text) -> Response:
    """The answer with this text, which anybody may keep for a second.

    The text cannot say what time it is. A header does, for pages that count down by it until they
    have asked.
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
