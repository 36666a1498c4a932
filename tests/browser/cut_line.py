"""A line that breaks: an answer breaks off, and nobody is told what the server has done; or the
whole line is down for a while, and nothing gets through.
"""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from tests.browser.slow_line import CHUNK, HOST, Address


class CutLine:
    """Loses the answers to the next requests whose first line holds `marker`."""

    def __init__(self, server: Address, marker: bytes) -> None:
        self.server, self.marker = server, marker
        self.to_lose = 0
        self.lost = 0
        self.is_down = False
        self.url = ""
        self.ends: list[socket.socket] = []

    def carry(self, listener: socket.socket) -> None:
        """Takes connections until the listener is closed."""
        with suppress(OSError):
            while True:
                near, _ = listener.accept()
                if self.is_down:
                    near.close()
                    continue
                far = socket.create_connection(self.server)
                self.ends += near, far
                is_watched = threading.Event()
                for way in ((near, far, is_watched, True), (far, near, is_watched, False)):
                    threading.Thread(target=self._pump, args=way, daemon=True).start()

    def go_down(self) -> None:
        """Breaks every connection; no other is let through until `is_down` is false again."""
        self.is_down = True
        for end in self.ends:
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def _pump(
        self, source: socket.socket, target: socket.socket, watched: threading.Event, is_up: bool
    ) -> None:
        with suppress(OSError):
            while chunk := source.recv(CHUNK):
                if is_up and self.marker in chunk.partition(b"\r\n")[0]:
                    watched.set()
                if not is_up and watched.is_set() and self.to_lose:
                    self.to_lose, self.lost = self.to_lose - 1, self.lost + 1
                    # Of an answer that had not begun, Chromium would ask again by itself.
                    target.sendall(chunk[: len(chunk) // 2])
                    break
                target.sendall(chunk)
        for end in (source, target):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)


@contextmanager
def cut_line(server: Address, marker: bytes) -> Iterator[CutLine]:
    """A line to the server, whole until `to_lose` is set."""
    line = CutLine(server, marker)
    with socket.create_server((HOST, 0)) as listener:
        line.url = f"http://{HOST}:{listener.getsockname()[1]}"
        threading.Thread(target=line.carry, args=(listener,), daemon=True).start()
        yield line
        # Closing alone would leave the thread waiting in accept().
        listener.shutdown(socket.SHUT_RDWR)
    for end in line.ends:
        with suppress(OSError):
            end.shutdown(socket.SHUT_RDWR)
        end.close()
