"""Phones for load: signed in through the real pages, pressing over real sockets.

An open-loop client: every request has its connection open and its bytes ready before the first
is sent, and is sent at its planned instant whatever happened to the others.
"""

from __future__ import annotations

import contextlib
import http.client
import re
import resource
import selectors
import socket
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from urllib.parse import urlencode

from rostrum.domain.registrations.registration import idempotency_key
from tests.factories import make_speaker
from tests.web.request_bodies import File, multipart, urlencoded

Address = tuple[str, int]
ARRIVAL = re.compile(r"rrived as number (\d+) at")


@dataclass(frozen=True)
class Phone:
    """A signed-in browser on a page: of its delegation or, for staff, the console."""

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
    def is_whole(self) -> bool:
        """Whether all of it came; one that was cut off has perhaps not even a status."""
        head, found, body = self.raw.partition(b"\r\n\r\n")
        length = re.search(rb"(?i)content-length: (\d+)", head)
        return bool(found and length) and len(body) >= int(length[1])

    @property
    def status(self) -> int:
        return int(self.raw[9:12])

    @property
    def body(self) -> str:
        return self.raw.partition(b"\r\n\r\n")[2].decode()


# --- Signing in ---------------------------------------------------------------------------------


class Visitor:
    """A browser without scripts: one connection, the cookies it was given."""

    def __init__(self, address: Address) -> None:
        self._connection = http.client.HTTPConnection(*address, timeout=60)
        self._cookies: dict[str, str] = {}

    @property
    def cookie(self) -> str:
        """The header with all it was given."""
        return "; ".join(f"{name}={value}" for name, value in self._cookies.items())

    def ask(self, method: str, path: str, values: dict[str, str] | None = None) -> str:
        """The body of the answer; redirects are not followed but told as `-> path`."""
        headers = {"Cookie": self.cookie} if self.cookie else {}
        body = urlencode(values) if values else None
        if body:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self._connection.request(method, path, body, headers)
        answer = self._connection.getresponse()
        text = answer.read().decode()
        for given in answer.headers.get_all("Set-Cookie", []):
            name, _, value = given.partition(";")[0].partition("=")
            self._cookies[name] = value
        if answer.status >= 400:
            raise RuntimeError(f"{method} {path}: {answer.status}\n{text}")
        return f"-> {answer.getheader('Location')}" if answer.status == 303 else text

    def close(self) -> None:
        self._connection.close()


def sign_in(address: Address, code: str, token: str) -> Phone:
    """A phone that came in by the invitation with this token."""
    visitor = Visitor(address)
    with contextlib.closing(visitor):
        link = f"/invitations/{token}"
        page = visitor.ask("GET", link)
        path = visitor.ask("POST", link, {"csrf_token": hidden(page, "csrf_token")})[3:]
        page = visitor.ask("GET", path)
        key = hidden(page, "idempotency_key", "")
        return Phone(code, path, visitor.cookie, hidden(page, "csrf_token"), key)


def hidden(page: str, name: str, default: str | None = None) -> str:
    """The value of a hidden field of a page."""
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    if found is None and default is None:
        raise RuntimeError(f"no {name} on the page:\n{page}")
    return found[1] if found else default


# --- Requests -----------------------------------------------------------------------------------


def press(phone: Phone) -> bytes:
    """The press."""
    return post(phone, f"{phone.path}/registration", idempotency_key=phone.key)


def press_anew(phone: Phone) -> bytes:
    """The press for a new place after the first was given up."""
    return post(phone, f"{phone.path}/registration", idempotency_key=idempotency_key(1))


def press_whole(phone: Phone, letter: bytes) -> bytes:
    """The press with speaker and letter in one form."""
    speaker = make_speaker().as_dict()
    values = speaker | {"version": "0", "idempotency_key": phone.key}
    return post(phone, f"{phone.path}/registration", letter, **values)


def give_up(phone: Phone) -> bytes:
    """The withdrawal."""
    return post(phone, f"{phone.path}/withdrawal")


def post(phone: Phone, path: str, letter: bytes | None = None, **values: str) -> bytes:
    """A form as htmx sends it, with a letter if there is one."""
    if letter is not None:
        return post_files(phone, path, (File(letter),), **values)
    return _form(phone, path, *urlencoded(_pairs(phone, values)))


def post_files(phone: Phone, path: str, files: Iterable[File], **values: str) -> bytes:
    """The same with a letter of these files."""
    letter = [("letter", file) for file in files]
    return _form(phone, path, *multipart(_pairs(phone, values), letter))


def _pairs(phone: Phone, values: dict[str, str]) -> list[tuple[str, str]]:
    return list({"csrf_token": phone.token, **values}.items())


def _form(phone: Phone, path: str, body: bytes, kind: str) -> bytes:
    head = (
        f"POST {path} HTTP/1.1\r\nHost: rostrum\r\nCookie: {phone.cookie}\r\n"
        f"HX-Request: true\r\nHX-Target: div#page_body\r\n"
        f"Content-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


def look(path: str, cookie: str = "") -> bytes:
    """A GET."""
    cookies = f"Cookie: {cookie}\r\n" if cookie else ""
    return f"GET {path} HTTP/1.1\r\nHost: rostrum\r\n{cookies}\r\n".encode()


# --- Sending them -------------------------------------------------------------------------------


def connect(address: Address) -> socket.socket:
    """A connection; there may be more of them than a process is commonly allowed."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    made = socket.create_connection(address, timeout=10)
    made.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return made


Dial = Callable[[Address], socket.socket]
"""Opens a connection."""


def fire(
    address: Address,
    requests: list[bytes],
    spacing: float = 0.0,
    patience: float = 60,
    watch: Callable[[int], None] = lambda _: None,
    dial: Dial = connect,
    new: Callable[[int], bool] = lambda _: False,
) -> list[Answer]:
    """Sends the requests in order, `spacing` seconds apart (0: at once); every answer.

    `watch` is told how many have been answered, again and again. A `new` connection (asked by the
    number of its request) is opened when its request is sent, all others before.
    """
    answers = [Answer() for _ in requests]
    sockets = [None if new(index) else dial(address) for index in range(len(requests))]
    start, done = time.perf_counter(), 0
    with selectors.DefaultSelector() as waiting:
        for index, (request, answer) in enumerate(zip(requests, answers, strict=True)):
            while (left := start + index * spacing - time.perf_counter()) > 0:
                done += _collect(waiting, left)
                watch(done)
            sockets[index] = sockets[index] or dial(address)
            # A server that was killed takes no more: this one is never answered.
            with contextlib.suppress(ConnectionError):
                sockets[index].sendall(request)
            answer.sent = time.perf_counter()
            waiting.register(sockets[index], selectors.EVENT_READ, answer)
        end = time.perf_counter() + patience
        while waiting.get_map() and time.perf_counter() < end:
            done += _collect(waiting, 1.0)
            watch(done)
    for each in sockets:
        each.close()
    return answers


def _collect(waiting: selectors.BaseSelector, seconds: float) -> int:
    """Reads what came within so many seconds; how many answers became whole."""
    done = 0
    for key, _ in waiting.select(seconds):
        data = receive(key.fileobj)
        key.data.raw += data
        is_whole = key.data.is_whole
        if is_whole or not data:
            key.data.answered = time.perf_counter()
            waiting.unregister(key.fileobj)
            done += is_whole
    return done


def receive(connection: socket.socket) -> bytes:
    """What has come; nothing when the other side is gone, in whatever way."""
    try:
        return connection.recv(1 << 16)
    except ConnectionError:
        return b""


# --- What the answers say -----------------------------------------------------------------------


def arrival_number(answer: Answer) -> int:
    """The arrival number in the answer to a press."""
    found = ARRIVAL.search(answer.body)
    if found is None:
        raise RuntimeError(f"no number in the answer:\n{answer.raw[:2000].decode()}")
    return int(found[1])


def longest_overtaking(pairs: Iterable[tuple[float, int]]) -> float:
    """From (sent, number): the longest time by which a later request overtook an earlier one."""
    latest, worst = float("-inf"), 0.0
    for sent, _ in sorted(pairs, key=lambda pair: pair[1]):
        worst = max(worst, latest - sent)
        latest = max(latest, sent)
    return worst
