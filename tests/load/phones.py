"""Phones for load: signed in through the real pages, pressing over real sockets.

An open-loop client: every request has its connection open and its bytes ready before the first
is sent, and is sent at its planned instant whatever happened to the others.
"""

from __future__ import annotations

import contextlib
import http.client
import re
import selectors
import socket
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from urllib.parse import urlencode

BOUNDARY_SECONDS = 60


@dataclass(frozen=True)
class Phone:
    """A signed-in browser on its delegation's page."""

    code: str
    path: str
    cookie: str
    token: str
    key: str


@dataclass
class Answer:
    """One request as the client saw it; instants are seconds of a steady clock."""

    sent: float = 0.0
    answered: float = 0.0
    raw: bytearray = field(default_factory=bytearray)

    @property
    def status(self) -> int:
        return int(self.raw[9:12])

    @property
    def body(self) -> str:
        return self.raw.partition(b"\r\n\r\n")[2].decode()


class Visitor:
    """A browser without scripts: one connection, the cookies it was given."""

    def __init__(self, address: tuple[str, int]) -> None:
        self._connection = http.client.HTTPConnection(*address, timeout=60)
        self.cookie = ""

    def ask(self, method: str, path: str, values: dict[str, str] | None = None) -> str:
        """The body of the answer; redirects are not followed but told as `-> path`."""
        headers = {"Cookie": self.cookie} if self.cookie else {}
        body = urlencode(values) if values else None
        if body:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self._connection.request(method, path, body, headers)
        answer = self._connection.getresponse()
        text = answer.read().decode()
        given = answer.getheader("Set-Cookie")
        if given:
            self.cookie = given.partition(";")[0]
        if answer.status >= 400:
            raise RuntimeError(f"{method} {path}: {answer.status}\n{text}")
        return f"-> {answer.getheader('Location')}" if answer.status == 303 else text

    def close(self) -> None:
        self._connection.close()


def sign_in(address: tuple[str, int], code: str, token: str) -> Phone:
    """A phone that came in by the invitation with this token."""
    visitor = Visitor(address)
    with contextlib.closing(visitor):
        link = f"/invitations/{token}"
        page = visitor.ask("GET", link)
        path = visitor.ask("POST", link, {"csrf_token": _hidden(page, "csrf_token")})[3:]
        page = visitor.ask("GET", path)
        key = _hidden(page, "idempotency_key", "")
        return Phone(code, path, visitor.cookie, _hidden(page, "csrf_token"), key)


def _hidden(page: str, name: str, default: str | None = None) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    if found is None and default is None:
        raise RuntimeError(f"no {name} on the page:\n{page}")
    return found[1] if found else default


def press(phone: Phone) -> bytes:
    """The press as htmx sends it."""
    body = urlencode({"csrf_token": phone.token, "idempotency_key": phone.key}).encode()
    head = (
        f"POST {phone.path}/registration HTTP/1.1\r\nHost: rostrum\r\nCookie: {phone.cookie}\r\n"
        f"HX-Request: true\r\nHX-Target: div#page_body\r\n"
        f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


def look(path: str, cookie: str = "") -> bytes:
    """A GET."""
    cookies = f"Cookie: {cookie}\r\n" if cookie else ""
    return f"GET {path} HTTP/1.1\r\nHost: rostrum\r\n{cookies}\r\n".encode()


def fire(
    address: tuple[str, int], requests: list[bytes], spacing: float = 0.0, patience: float = 60
) -> list[Answer]:
    """Sends the requests in order, `spacing` seconds apart (0: at once); every answer."""
    answers = [Answer() for _ in requests]
    sockets = [_connect(address) for _ in requests]
    with selectors.DefaultSelector() as waiting:
        start, open_count = time.perf_counter(), 0
        for index, (request, answer) in enumerate(zip(requests, answers, strict=True)):
            while (left := start + index * spacing - time.perf_counter()) > 0:
                open_count -= _collect(waiting, left)
            sockets[index].sendall(request)
            answer.sent = time.perf_counter()
            waiting.register(sockets[index], selectors.EVENT_READ, answer)
            open_count += 1
        end = time.perf_counter() + patience
        while open_count and time.perf_counter() < end:
            open_count -= _collect(waiting, 1.0)
    for each in sockets:
        each.close()
    return answers


def _connect(address: tuple[str, int]) -> socket.socket:
    made = socket.create_connection(address, timeout=10)
    made.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return made


def _collect(waiting: selectors.BaseSelector, seconds: float) -> int:
    """Reads what came within so many seconds; how many answers became whole."""
    done = 0
    for key, _ in waiting.select(seconds):
        data = key.fileobj.recv(1 << 16)
        key.data.raw += data
        if not data or _is_whole(key.data.raw):
            key.data.answered = time.perf_counter()
            waiting.unregister(key.fileobj)
            done += 1
    return done


def _is_whole(raw: bytearray) -> bool:
    head, found, body = raw.partition(b"\r\n\r\n")
    if not found:
        return False
    length = re.search(rb"(?i)content-length: (\d+)", head)
    return length is not None and len(body) >= int(length[1])


def arrival_number(answer: Answer) -> int:
    """The arrival number on the receipt of an answered press."""
    found = re.search(r"Arrival number</dt>\s*<dd>(\d+)", answer.body)
    if found is None:
        raise RuntimeError(f"no receipt in the answer:\n{answer.raw[:2000].decode()}")
    return int(found[1])


def longest_overtaking(pairs: Iterable[tuple[float, int]]) -> float:
    """From (sent, number): the longest time by which a later request overtook an earlier one."""
    latest, worst = float("-inf"), 0.0
    for sent, _ in sorted(pairs, key=lambda pair: pair[1]):
        worst = max(worst, latest - sent)
        latest = max(latest, sent)
    return worst
