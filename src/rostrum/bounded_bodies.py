"""A body that comes too slowly is cut off: gunicorn's gevent worker would hold its connection.

One that comes fast, or is broken, is nobody else's trouble either: others are served between its
pieces, and what is wrong with it is said as the sender's fault.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from gevent import get_hub, getcurrent, sleep
from gunicorn.http.errors import ParseException
from werkzeug.exceptions import ClientDisconnected, RequestTimeout

READ_SECONDS = 30
"""How long the next 64 kB of a body may take: 17 kbit/s is the slowest phone we wait for."""
LOOK_SECONDS = 0.5
"""How often the deadlines of all bodies are looked at."""
LARGE = 16 * 1024
"""Bytes of a read after which others are served first: more than any press brings."""


class BoundedBodies:
    """WSGI middleware: a request whose body does not come in time is answered with 408."""

    def __init__(self, app: Callable[..., Any]) -> None:
        self._app = app
        self._deadlines = _Deadlines()

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Any:
        environ["wsgi.input"] = _Body(environ["wsgi.input"], self._deadlines)
        return self._app(environ, start_response)


class _Deadlines:
    """When each greenlet that reads must have read.

    One timer looks after all of them: a `gevent.Timeout` a read took a thirtieth of a press.
    """

    def __init__(self) -> None:
        self._ends: dict[Any, float] = {}
        self._timer: Any = None

    def __enter__(self) -> None:
        loop = get_hub().loop
        self._ends[getcurrent()] = loop.now() + READ_SECONDS
        if self._timer is None:
            self._timer = loop.timer(LOOK_SECONDS, LOOK_SECONDS)
        if not self._timer.active:
            self._timer.start(self._look)

    def __exit__(self, *_: object) -> None:
        self._ends.pop(getcurrent(), None)

    def _look(self) -> None:
        """Ends the reading of whoever is late. Runs in the hub, while all of them wait."""
        if not self._ends:
            self._timer.stop()
        now = get_hub().loop.now()
        for reader, end in list(self._ends.items()):
            if end < now and self._ends.pop(reader, None):
                reader.throw(RequestTimeout())


class _Body:
    """A body whose every read has a deadline; at its end nothing is read any more."""

    def __init__(self, stream: Any, deadlines: _Deadlines) -> None:
        self._stream, self._deadlines, self._has_ended = stream, deadlines, False

    def read(self, size: int = -1) -> bytes:
        if self._has_ended:
            return b""
        data = self._in_time(self._stream.read, size)
        self._has_ended = len(data) < size
        if len(data) >= LARGE:
            sleep(0)  # What has arrived already is read without waiting for anything.
        return data

    def readline(self, *size: int) -> bytes:
        return self._in_time(self._stream.readline, *size)

    def _in_time(self, read: Callable[..., bytes], *size: int) -> bytes:
        """ClientDisconnected (400) if the connection broke, or a piece has another length."""
        try:
            with self._deadlines:
                return read(*size)
        except (OSError, ParseException) as broken:
            self._has_ended = True
            raise ClientDisconnected from broken

    def __iter__(self) -> Iterator[bytes]:
        return iter(self.readline, b"")
