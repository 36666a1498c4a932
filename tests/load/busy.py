"""Clients that always ask for more: many requests on one connection, or one after the other."""

from __future__ import annotations

import contextlib
import re
import selectors
import socket
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field

from tests.load.phones import Address, connect, receive

LENGTH = re.compile(rb"(?i)\r\ncontent-length: (\d+)")


@dataclass
class Busy:
    """A connection that is kept; counts its answers, and may ask anew after each."""

    connection: socket.socket
    request: bytes
    is_lasting: bool
    answered: int = 0
    _raw: bytearray = field(default_factory=bytearray)

    def read(self) -> None:
        data = receive(self.connection)
        if not data:
            raise ConnectionError("the server closed a connection that was in use")
        self._raw += data
        while self._take_answer():
            self.answered += 1
            if self.is_lasting:
                self.connection.sendall(self.request)

    def _take_answer(self) -> bool:
        head, found, rest = self._raw.partition(b"\r\n\r\n")
        if not found or len(rest) < (length := int(LENGTH.search(head)[1])):
            return False
        self._raw = rest[length:]
        return True


class Crush:
    """Busy connections, and what is asked beside them."""

    def __init__(self, address: Address, busy: list[Busy]) -> None:
        self._address, self.busy = address, busy
        self._waiting = selectors.DefaultSelector()
        for each in busy:
            self._waiting.register(each.connection, selectors.EVENT_READ, each)

    @property
    def answered(self) -> int:
        """How many answers all of them have got."""
        return sum(each.answered for each in self.busy)

    def until(self, is_enough: Callable[[], bool]) -> None:
        while not is_enough():
            for key, _ in self._waiting.select(1.0):
                key.data.read()

    def answered_before(self, request: bytes) -> int:
        """How many answers they get while a new connection waits for this one."""
        before = self.answered
        with contextlib.closing(connect(self._address)) as connection:
            asker = Busy(connection, request, is_lasting=False)
            connection.sendall(request)
            self._waiting.register(connection, selectors.EVENT_READ, asker)
            self.until(lambda: bool(asker.answered))
            self._waiting.unregister(connection)
        return self.answered - before

    def close(self) -> None:
        self._waiting.close()


@contextlib.contextmanager
def pipelining(address: Address, request: bytes, times: int) -> Iterator[Crush]:
    """One connection that sent so many requests at once, the first of which is answered."""
    with contextlib.closing(connect(address)) as connection:
        crush = Crush(address, [Busy(connection, request, is_lasting=False)])
        connection.sendall(request * times)
        with contextlib.closing(crush):
            crush.until(lambda: crush.answered > 0)
            yield crush


@contextlib.contextmanager
def busy(address: Address, request: bytes, connections: int) -> Iterator[Crush]:
    """So many connections that ask again as soon as they are answered, each answered once."""
    with ExitStack() as opened:
        made = [
            Busy(opened.enter_context(contextlib.closing(connect(address))), request, True)
            for _ in range(connections)
        ]
        crush = opened.enter_context(contextlib.closing(Crush(address, made)))
        for each in made:
            each.connection.sendall(request)
        crush.until(lambda: all(each.answered for each in made))
        yield crush
