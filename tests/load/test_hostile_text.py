"""Text made to be slow, sent by a stranger and by a delegate: nobody else waits for it."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import quote_plus

import pytest

from rostrum.config import Config
from rostrum.store.database import Database
from tests.load.phones import Address, Answer, Phone, Visitor, fire, hidden, look, receive
from tests.load.phones import connect as dial
from tests.load.served_instance import ServedInstance
from tests.load.server import running
from tests.web.request_bodies import File, multipart

pytestmark = pytest.mark.load

UNBOUND = """
from rostrum.cli import _patch, main
_patch()
from rostrum.domain import texts
from rostrum.web.middleware import body_limits
texts._may_be_normalized = lambda text: True
body_limits.STRANGERS = body_limits.DELEGATES = 500 * 1024
main()
"""
"""The control: whatever comes is read and normalized."""

SLOW = "a" + "\u0345" * 15_000 + "\u0323" * 15_000
"""60 kB that take seconds to compose."""


def form(field: str, text: str) -> tuple[bytes, str]:
    return f"{field}={quote_plus(text)}".encode(), "application/x-www-form-urlencoded"


def files(name: str) -> tuple[bytes, str]:
    return multipart([], [("letter", File(b"%PDF-1.7", name, "application/pdf"))])


def shapes(field: str) -> Iterator[tuple[bytes, str]]:
    """Bodies of up to 500 kB that cost somebody something."""
    marks = ["\u0345\u0323", "\u0301\u0327", "\u0f71\u0f72", "\u3099\u309a"]
    yield from (form(field, "a" + pair[0] * half + pair[1] * half)
                for pair in marks for half in (1_000, 20_000, 40_000))  # fmt: skip
    yield form(field, "a\u0301" * 50_000)
    yield form(field, "\u1100\u1161\u11a8" * 20_000)
    yield form(field, " " * 400_000)
    yield form(field, "a@" * 200_000)
    yield form(field, "9" * 400_000)
    yield b"&" * 490_000, "application/x-www-form-urlencoded"
    yield b"a=&" * 160_000, "application/x-www-form-urlencoded"
    yield files("a" + "\u0345" * 10_000 + "\u0323" * 10_000 + ".pdf")
    yield multipart([(f"field{number}", "") for number in range(900)], [])


def posted(phone: Phone, path: str, body: tuple[bytes, str]) -> bytes:
    content, kind = body
    token = f"csrf_token={phone.token}&".encode() if "urlencoded" in kind else b""
    head = (
        f"POST {path} HTTP/1.1\r\nHost: rostrum\r\nCookie: {phone.cookie}\r\n"
        f"X-CSRFToken: {phone.token}\r\nContent-Type: {kind}\r\n"
        f"Content-Length: {len(token) + len(content)}\r\n\r\n"
    )
    return head.encode() + token + content


def stranger_at(address: Address) -> Phone:
    visitor = Visitor(address)
    page = visitor.ask("GET", "/staff/sign-in")
    visitor.close()
    return Phone("", "/staff/sign-in", visitor.cookie, hidden(page, "csrf_token"), "")


@contextmanager
def watching(address: Address) -> Iterator[list[float]]:
    """Asks for /clock without pause; how many seconds each answer took."""
    took: list[float] = []
    is_over = threading.Event()

    def ask() -> None:
        with dial(address) as line:
            line.settimeout(120)
            while not is_over.is_set():
                begun = time.monotonic()
                line.sendall(look("/clock"))
                answer = Answer()
                while not answer.is_whole:
                    answer.raw += receive(line)
                took.append(time.monotonic() - begun)

    asking = threading.Thread(target=ask)
    asking.start()
    try:
        yield took
    finally:
        is_over.set()
        asking.join()


def holds(address: Address, requests: list[bytes]) -> list[float]:
    """For how long /clock was held at most by each of them, which came one after the other."""
    found = []
    with watching(address) as took:
        for request in requests:
            begun = len(took)
            assert fire(address, [request])[0].status < 500
            answered = len(took)
            while len(took) == answered:  # the one that was asked meanwhile
                time.sleep(0.001)
            found.append(max(took[begun:]))
    return found


def test_no_text_holds_up_everybody(served: ServedInstance, config: Config, db: Database) -> None:
    _, [kenya, *_] = served.ready(1)
    stranger, door = stranger_at(served.address), "/staff/sign-in"
    requests = [posted(stranger, door, body) for body in shapes("name")]
    for path in ("speaker", "draft", "registration", "letter"):
        requests += [posted(kenya, f"{kenya.path}/{path}", body) for body in shapes("name")]
    requests += [look(f"/{'a' * 4_000}"), look(f"/?lang={quote_plus(SLOW[:300])}")]
    # A text that holds everybody up does so each time; what another program takes it does not.
    rounds = [holds(served.address, requests) for _ in range(2)]
    ours = max(map(min, *rounds))
    with running(config, UNBOUND) as server:
        slow = posted(stranger_at(server.address), door, form("name", SLOW))
        control = max(holds(server.address, [slow]))
    assert control > 5 * ours, f"held for {ours:.2f} s, without the bounds for {control:.2f} s"
