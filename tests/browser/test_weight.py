"""What pages cost on the wire, headers and all: measured in Chromium on the real server.

The line has the latency of a mobile network: a page asks for the time more often on such a line.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable
from contextlib import AbstractContextManager

import httpx
import pytest
from playwright.sync_api import expect

from tests.browser.bytes_on_the_wire import BytesOnTheWire
from tests.browser.conftest import MakePerson
from tests.browser.people import Person
from tests.browser.served_debate import ServedDebate

pytestmark = pytest.mark.browser

FIRST_VISIT, REPEAT_VISIT, LIVE_UPDATE = 45_000, 6_000, 600
OWN_SCRIPTS = 6_000
"""Compressed, without headers."""
CHUNK = b"%x\r\n%b\r\n"
"""How a piece is framed on its way."""
LATENCY = 150
"""Milliseconds of a round trip."""
REST = ("BRA", "IRL", "JPN", "MEX", "EGY", "IDN")


def settled(someone: Person, wire: BytesOnTheWire) -> int:
    """What was sent until the page is live and asks for nothing more."""
    someone.wait_until_live()
    before = -1
    while before != wire.total:
        before = wire.total
        someone.page.wait_for_timeout(3 * LATENCY)
    return wire.total


def is_own_script(address: str) -> bool:
    return address.endswith(".js") and "/htmx." not in address


def light(wire: BytesOnTheWire, limit: int) -> None:
    """No more than the limit, and from nobody but us."""
    assert 0 < wire.total <= limit, wire.by_address
    assert len(wire.hosts) == 1


def test_a_first_visit_a_repeat_and_an_update_are_light(
    closed_debate: ServedDebate, person: MakePerson
) -> None:
    debate, someone = closed_debate, person()
    wire, answers = BytesOnTheWire(someone.page, LATENCY), {}
    someone.page.on("response", lambda answer: answers.setdefault(answer.url, answer))
    someone.follow_link(debate, "KEN")
    settled(someone, wire)
    light(wire, FIRST_VISIT)
    scripts = [answer for url, answer in answers.items() if is_own_script(url)]
    assert scripts
    assert sum(int(each.headers["content-length"]) for each in scripts) <= OWN_SCRIPTS
    wire.empty()
    someone.page.goto(debate.page("KEN"))
    settled(someone, wire)
    light(wire, REPEAT_VISIT)

    debate.prepare("KEN")
    debate.open_in(-60)
    debate.register(*REST, "KEN")
    someone.page.goto(debate.page("KEN"))
    expect(someone.number).to_have_text("7")
    settled(someone, wire)
    wire.empty()
    someone.page.goto(debate.page("KEN"))
    settled(someone, wire)
    light(wire, REPEAT_VISIT)


def test_an_update_is_light_and_a_compressed_stream_tells_what_a_plain_one_tells(
    open_debate: ServedDebate, delegate: Callable[..., Person]
) -> None:
    open_debate.register(*REST, "KEN")
    someone = delegate(open_debate)
    cookie = "; ".join(f"{each['name']}={each['value']}" for each in someone.context.cookies())

    def ask(accepted: str) -> AbstractContextManager[httpx.Response]:
        headers = {"Cookie": cookie, "Accept-Encoding": accepted}
        return httpx.stream("GET", open_debate.page("KEN", "/stream"), headers=headers)

    with ask("identity") as plain, ask("gzip") as packed:
        assert "Content-Encoding" not in plain.headers
        assert packed.headers["Content-Encoding"] == "gzip"
        told, pieces = plain.iter_text(), packed.iter_raw()
        reader = zlib.decompressobj(zlib.MAX_WBITS | 16)
        assert reader.decompress(next(pieces)).decode() == next(told)
        open_debate.withdraw("IRL")
        expected = next(text for text in told if "Ireland</bdi> withdrew" in text)
        for piece in pieces:
            if reader.decompress(piece).decode() == expected:
                break
        assert len(piece) + len(CHUNK % (len(piece), b"")) <= LIVE_UPDATE
