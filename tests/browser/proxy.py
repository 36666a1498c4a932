"""A proxy between browser and server that changes what the two say of each other.

It carries one request a connection: what it changes stands in the first lines of each.
"""

from __future__ import annotations

import re
import socket
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress

from tests.browser.slow_line import CHUNK, HOST, Address

Headers = Mapping[str, str | None]
"""What is set in the place of what was sent; None takes it away."""


class Proxy:
    """Sets headers of requests and of answers."""

    def __init__(self, server: Address, url: str) -> None:
        self.server, self.url = server, url
        self.start({}, {})
        self._ends: list[socket.socket] = []

    def start(self, asked: Headers, answered: Headers) -> None:
        """Sets these from now on."""
        self.asked, self.answered = asked, answered
        self.heads: list[bytes] = []
        """The first lines of each request as the browser sent them."""

    def carry(self, listener: socket.socket) -> None:
        """Takes connections until the listener is closed."""
        with suppress(OSError):
            while True:
                near, _ = listener.accept()
                self._ends.append(near)
                far = socket.create_connection(self.server)
                self._ends.append(far)
                for way in ((near, far, self.asked, self.heads), (far, near, self.answered, [])):
                    threading.Thread(target=self._pump, args=way, daemon=True).start()

    @staticmethod
    def _pump(
        source: socket.socket, target: socket.socket, headers: Headers, seen: list[bytes]
    ) -> None:
        with suppress(OSError):
            head = b""
            while b"\r\n\r\n" not in head and (chunk := source.recv(CHUNK)):
                head += chunk
            head, end, rest = head.partition(b"\r\n\r\n")
            seen.append(head)
            target.sendall(_changed(head, {"Connection": "close", **headers}) + end + rest)
            while chunk := source.recv(CHUNK):
                target.sendall(chunk)
        for each in (source, target):
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        for end in self._ends:
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()


def _changed(head: bytes, headers: Headers) -> bytes:
    for name, value in headers.items():
        head = re.sub(rb"(?im)^%s:.*\r?\n?" % name.encode(), b"", head).rstrip(b"\r\n")
        head += b"" if value is None else f"\r\n{name}: {value}".encode()
    return head


@contextmanager
def listening() -> Iterator[socket.socket]:
    """A port on which a proxy will take connections: the server must know it before."""
    with socket.create_server((HOST, 0)) as listener:
        yield listener


@contextmanager
def proxy(listener: socket.socket, server: Address) -> Iterator[Proxy]:
    """A proxy to the server, which changes nothing yet."""
    made = Proxy(server, f"http://{HOST}:{listener.getsockname()[1]}")
    threading.Thread(target=made.carry, args=(listener,), daemon=True).start()
    yield made
    # Closing alone would leave the thread waiting in accept().
    listener.shutdown(socket.SHUT_RDWR)
    made.close()
