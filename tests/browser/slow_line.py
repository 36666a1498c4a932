"""A line with latency between browser and server: every chunk arrives later, none is lost."""

from __future__ import annotations

import queue
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

HOST = "127.0.0.1"
CHUNK = 64 * 1024
Address = tuple[str, int]


@contextmanager
def slow_line(server: Address, up: float, down: float) -> Iterator[str]:
    """The address of a line to the server; up to it and down from it take so many seconds."""
    open_ends: list[socket.socket] = []
    with socket.create_server((HOST, 0)) as listener:
        _start(_accept, listener, server, (up, down), open_ends)
        yield f"http://{HOST}:{listener.getsockname()[1]}"
        # Closing alone would leave the thread waiting in accept().
        listener.shutdown(socket.SHUT_RDWR)
    for end in open_ends:
        with suppress(OSError):
            end.shutdown(socket.SHUT_RDWR)
        end.close()


def _start(target: object, *arguments: object) -> None:
    threading.Thread(target=target, args=arguments, daemon=True).start()


def _accept(
    listener: socket.socket,
    server: Address,
    seconds: tuple[float, float],
    open_ends: list[socket.socket],
) -> None:
    with suppress(OSError):
        while True:
            near, _ = listener.accept()
            far = socket.create_connection(server)
            open_ends += near, far
            for end in (near, far):
                end.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            for source, target, delay in ((near, far, seconds[0]), (far, near, seconds[1])):
                on_its_way: queue.Queue[tuple[float, bytes]] = queue.Queue()
                _start(_take, source, on_its_way, delay)
                _start(_deliver, target, on_its_way)


def _take(source: socket.socket, on_its_way: queue.Queue, seconds: float) -> None:
    chunk = b"begin"
    while chunk:
        try:
            chunk = source.recv(CHUNK)
        except OSError:
            chunk = b""
        on_its_way.put((time.monotonic() + seconds, chunk))


def _deliver(target: socket.socket, on_its_way: queue.Queue) -> None:
    with suppress(OSError):
        while True:
            due, chunk = on_its_way.get()
            time.sleep(max(0, due - time.monotonic()))
            if not chunk:
                target.shutdown(socket.SHUT_WR)
                return
            target.sendall(chunk)
