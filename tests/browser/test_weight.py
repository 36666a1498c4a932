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

from tests.browser.conftest import MakePerson
from tests.browser.house import House
from tests.browser.people import Person
from tests.browser.scales import Scales

pytestmark = pytest.mark.browser

FIRST_VISIT, REPEAT_VISIT, LIVE_UPDATE = 45_000, 6_000, 600
OWN_SCRIPTS = 6_000
"""Compressed, without headers."""
CHUNK = b"%x\r\n%b\r\n"
"""How a piece is framed on its way."""
LATENCY = 150
"""Milliseconds of a round trip."""
REST = ("BRA", "IRL", "JPN", "MEX", "EGY", "IDN")


def settled(someone: Person, scales: Scales) -> int:
    """What was sent until the page is live and asks for nothing more."""
    someone.wait_until_live()
    before = -1
    while before != scales.total:
        before = scales.total
        someone.page.wait_for_timeout(3 * LATENCY)
    return scales.total


def is_own_script(address: str) -> bool:
    return address.endswith(".js") and "/htmx." not in address


def light(scales: Scales, limit: int) -> None:
    """No more than the limit, and from nobody but us."""
    assert 0 < scales.total <= limit, scales.by_address
    assert len(scales.hosts) == 1


def test_a_first_visit_a_repeat_and_an_update_are_light(
    closed_house: House, person: MakePerson
) -> None:
    house, someone = closed_house, person()
    scales, answers = Scales(someone.page, LATENCY), {}
    someone.page.on("response", lambda answer: answers.setdefault(answer.url, answer))
    someone.follow_link(house, "KEN")
    settled(someone, scales)
    light(scales, FIRST_VISIT)
    scripts = [answer for url, answer in answers.items() if is_own_script(url)]
    assert scripts
    assert sum(int(each.headers["content-length"]) for each in scripts) <= OWN_SCRIPTS
    scales.empty()
    someone.page.goto(house.page("KEN"))
    settled(someone, scales)
    light(scales, REPEAT_VISIT)

    house.prepare("KEN")
    house.open_in(-60)
    house.register(*REST, "KEN")
    someone.page.goto(house.page("KEN"))
    expect(someone.number).to_have_text("7")
    settled(someone, scales)
    scales.empty()
    someone.page.goto(house.page("KEN"))
    settled(someone, scales)
    light(scales, REPEAT_VISIT)


def test_an_update_is_light_and_a_compressed_stream_tells_what_a_plain_one_tells(
    open_house: House, delegate: Callable[..., Person]
) -> None:
    open_house.register(*REST, "KEN")
    someone = delegate(open_house)
    cookie = "; ".join(f"{each['name']}={each['value']}" for each in someone.context.cookies())

    def ask(accepted: str) -> AbstractContextManager[httpx.Response]:
        headers = {"Cookie": cookie, "Accept-Encoding": accepted}
        return httpx.stream("GET", open_house.page("KEN", "/stream"), headers=headers)

    with ask("identity") as plain, ask("gzip") as packed:
        assert "Content-Encoding" not in plain.headers
        assert packed.headers["Content-Encoding"] == "gzip"
        told, pieces = plain.iter_text(), packed.iter_raw()
        reader = zlib.decompressobj(zlib.MAX_WBITS | 16)
        assert reader.decompress(next(pieces)).decode() == next(told)
        open_house.withdraw("IRL")
        expected = next(text for text in told if "Ireland withdrew" in text)
        for piece in pieces:
            if reader.decompress(piece).decode() == expected:
                break
        assert len(piece) + len(CHUNK % (len(piece), b"")) <= LIVE_UPDATE
