"""Pages that stay open: each holds one event stream and keeps what it was told."""

from __future__ import annotations

import re
import selectors
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from tests.load.phones import Address, Phone, connect, receive

TOTAL = re.compile(r'class="of">of (\d+)')


class Page:
    """A delegation's page; what it was told stays when its stream breaks and is opened anew."""

    def __init__(self, address: Address, phone: Phone) -> None:
        """Opening is another step."""
        self._address, self._phone = address, phone
        self._connection: socket.socket | None = None
        self._raw = b""
        self.told: list[str] = []
        """Whole messages, heartbeats among them, the newest last."""

    @property
    def is_open(self) -> bool:
        return self._connection is not None

    @property
    def totals(self) -> list[int]:
        """How many were registered, as the page showed it one after the other."""
        return [int(found[1]) for told in self.told if (found := TOTAL.search(told))]

    def open(self) -> None:
        """Asks for the stream; raises OSError where nobody listens."""
        # HTTP/1.0: the messages come as they are, not in chunks.
        head = f"GET {self._phone.path}/stream HTTP/1.0\r\nCookie: {self._phone.cookie}\r\n\r\n"
        self._connection, self._raw = connect(self._address), b""
        self._connection.sendall(head.encode())

    def fileno(self) -> int:
        return self._connection.fileno()

    def read(self) -> None:
        """Takes what has come; a stream that has ended is closed."""
        data = receive(self._connection)
        if not data:
            self.close()
            return
        *whole, self._raw = (self._raw + data).split(b"\n\n")
        self.told += [message.decode() for message in whole]

    def read_what_is_there(self) -> None:
        """Takes everything that has come, without waiting for more."""
        while self.is_open:
            with selectors.DefaultSelector() as there:
                there.register(self, selectors.EVENT_READ)
                if not there.select(0):
                    return
            self.read()

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None


@contextmanager
def closing(pages: list[Page]) -> Iterator[None]:
    """Closes those that are open at the end."""
    try:
        yield
    finally:
        for page in pages:
            page.close()


def read_until(pages: list[Page], is_enough: Callable[[Page], bool], patience: float = 60) -> None:
    """Reads all pages until each was told enough; a stream that ends before is an error."""
    waiting = [page for page in pages if not is_enough(page)]
    end = time.monotonic() + patience
    with selectors.DefaultSelector() as streams:
        for page in waiting:
            streams.register(page, selectors.EVENT_READ)
        while streams.get_map():
            assert time.monotonic() < end, f"{len(streams.get_map())} pages were not told"
            for key, _ in streams.select(1):
                page = key.fileobj
                page.read()
                assert page.is_open, f"a stream ended; it was told {page.told[-1:]}"
                if is_enough(page):
                    streams.unregister(page)
