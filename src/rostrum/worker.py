"""The worker that serves requests in the order in which they reached the machine, and that ends as
soon as it has answered them.

The event loop is libuv's: it hands out sockets in the order in which the kernel found data on
them. libev, gevent's default, hands out each batch of up to 64 in reverse. Behind a rush of 500
requests a second that reversed presses 350 ms apart; with libuv and `wait_read` none.
"""

from __future__ import annotations

import os
import socket
from contextlib import suppress
from typing import Any

import gevent
from gevent.monkey import get_original
from gevent.socket import wait_read
from gunicorn.workers.ggevent import GeventWorker


class OrderedWorker(GeventWorker):
    """gunicorn's gevent worker; a new connection waits its turn among those that have data."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Nothing is connected yet."""
        super().__init__(*args, **kwargs)
        self._resting: set[socket.socket] = set()
        """Connections on which no request is being answered."""

    def handle(self, listener: Any, client: socket.socket, addr: Any) -> None:
        # Read at once, a request on a new connection would overtake those that came before it on
        # connections accepted earlier, which the loop has yet to look at.
        self._resting.add(client)
        try:
            wait_read(client.fileno())
            super().handle(listener, client, addr)
        finally:
            self._resting.discard(client)

    def handle_request(self, listener_name: Any, req: Any, sock: socket.socket, addr: Any) -> None:
        self._resting.discard(sock)
        super().handle_request(listener_name, req, sock, addr)
        if not self.alive:
            raise StopIteration  # gunicorn's way to close the connection
        self._resting.add(sock)

    def handle_exit(self, sig: int, frame: Any) -> None:
        super().handle_exit(sig, frame)
        if self.booted:
            # Not here: a signal comes in the middle of anything.
            gevent.spawn(self._end_what_waits)

    def _end_what_waits(self) -> None:
        """Streams end first, then connections at rest: gunicorn would wait for all of them.

        What has arrived on them is still read and answered.
        """
        self.wsgi.extensions["rostrum"].hub.close()
        for connection in list(self._resting):
            with suppress(OSError):
                _end_reading(connection)


def _end_reading(connection: socket.socket) -> None:
    """Whoever reads from it comes to its end. (gevent's own `shutdown` would raise in them.)"""
    with get_original("socket", "socket")(fileno=os.dup(connection.fileno())) as same:
        same.shutdown(socket.SHUT_RD)
