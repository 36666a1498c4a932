"""The worker that serves requests in the order in which they reached the machine, and that ends as
soon as it has answered them.

The kernel notes when data arrived on any connection, and that instant is a request's place
in the line (`rostrum.turns`). Everything that waits is accepted before anything is served: new
connections are accepted, however many, and request heads are read. A request whose body comes
after its head joins the line again with each part, so that it counts as received when
it is complete.

If the kernel notes nothing (on any system but Linux), the order is that in which the loop sees
the sockets. The loop is libuv's, which hands them out in the kernel's order; libev, gevent's
default, hands out each batch of up to 64 in reverse.
"""

from __future__ import annotations

import os
import socket
import struct
import sys
from contextlib import suppress
from typing import Any

import gevent
import gevent.socket
from gevent.monkey import get_original
from gevent.server import StreamServer
from gunicorn.workers.ggevent import GeventWorker

from rostrum.clock import wall_nanoseconds
from rostrum.turns import AGAIN, Turns

NOTE_INSTANTS = 35
"""SO_TIMESTAMPNS, which Python does not name: accepted connections inherit it."""
INSTANT = struct.Struct("@ll")
LOOKS = {"GET", "HEAD", "OPTIONS"}


class OrderedWorker(GeventWorker):
    """gunicorn's gevent worker, which serves requests in a line, in order of arrival."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Starts without connections."""
        super().__init__(*args, **kwargs)
        self._resting: set[Connection] = set()
        """Connections without a request that is being answered."""

    def run(self) -> None:
        self.turns = Turns()
        StreamServer.max_accept = sys.maxsize
        if sys.platform == "linux":
            for listener in self.sockets:
                listener.setsockopt(socket.SOL_SOCKET, NOTE_INSTANTS, 1)
        super().run()

    def handle(self, listener: Any, client: Any, addr: Any) -> None:
        connection = Connection(client, self.turns)
        self._resting.add(connection)
        try:
            super().handle(listener, connection, addr)
        finally:
            self._resting.discard(connection)

    def handle_request(self, listener_name: Any, req: Any, sock: Connection, addr: Any) -> Any:
        self._resting.discard(sock)
        sock.begin(is_look=req.method in LOOKS)
        try:
            answered = super().handle_request(listener_name, req, sock, addr)
        finally:
            sock.end()
        if not self.alive:
            raise StopIteration  # gunicorn's way to close the connection
        self._resting.add(sock)
        return answered

    def handle_exit(self, sig: int, frame: Any) -> None:
        super().handle_exit(sig, frame)
        if self.booted:
            # Not here, because a signal can come in the middle of anything.
            gevent.spawn(self._end_what_waits)

    def _end_what_waits(self) -> None:
        """Ends streams first, then idle connections: gunicorn would wait for all of them.

        Requests that have already arrived on them are still read and answered.
        """
        self.wsgi.extensions["rostrum"].hub.close()
        for connection in list(self._resting):
            with suppress(OSError):
                _end_reading(connection)


class Connection(gevent.socket.socket):
    """A client's connection, which knows when the data it last read arrived."""

    def __init__(self, client: Any, turns: Turns) -> None:
        super().__init__(client.family, client.type, client.proto, fileno=client.detach())
        self._turns = turns
        self._came: int | None = None
        self._is_in_turn = self._was_served = False

    def begin(self, *, is_look: bool) -> None:
        """Waits for the turn of the request whose head was read."""
        # Of several requests that came at once, the later ones count as coming now: they give way.
        came = self._turns.place_in_line(self._came or wall_nanoseconds())
        is_again = is_look and self._was_served
        self._turns.wait(came + AGAIN if is_again else came, is_look=is_look)
        self._is_in_turn, self._came = True, came

    def end(self) -> None:
        """Says that whatever is read next belongs to the next request."""
        self._is_in_turn, self._was_served, self._came = False, True, None

    def recv(self, size: int, flags: int = 0) -> bytes:
        """Reads; in the middle of a request, it waits for the turn of the data it read."""
        data, notes, _, _ = self.recvmsg(size, socket.CMSG_SPACE(INSTANT.size), flags)
        came = _instant(notes)
        if not self._is_in_turn:
            self._came = came
        elif came > self._came:
            self._turns.wait(came)
            self._came = came
        return data


def _end_reading(connection: Connection) -> None:
    """Makes every reader of the connection reach its end; gevent's `shutdown` would raise there."""
    with get_original("socket", "socket")(fileno=os.dup(connection.fileno())) as same:
        same.shutdown(socket.SHUT_RD)


def _instant(notes: list[tuple[int, int, bytes]]) -> int:
    """The instant of arrival that the kernel gives; now, if it gives none."""
    for level, kind, data in notes:
        if (level, kind) == (socket.SOL_SOCKET, NOTE_INSTANTS) and len(data) == INSTANT.size:
            seconds, nanoseconds = INSTANT.unpack(data)
            return seconds * 1_000_000_000 + nanoseconds
    return wall_nanoseconds()
