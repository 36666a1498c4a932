"""The page's clock is the server's, whatever the phone's clock and the line are like.

The page reckons that an answer of /clock was written half-way between question and arrival. On
a line that takes as long up as down this is right to a few milliseconds, however long it takes.
Where one way takes longer it errs by half the difference, and no page can find that out by
asking. So the 50 ms are promised for lines whose ways differ by less than 100 ms. On any other
a press at the waking still comes after the opening: what the page is early is less than what
the press takes up.
"""

from __future__ import annotations

import re
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Page, expect

from rostrum.domain.times import to_micros
from tests.browser.people import NO_CONNECTION, Person
from tests.browser.served_debate import ServedDebate
from tests.browser.server import FarServer, Server
from tests.browser.slow_line import slow_line

pytestmark = pytest.mark.browser

MakePerson = Callable[..., Person]
HOUR = 3_600_000
ROUND_TRIP = 0.300
PROMISED = 50
"""Milliseconds by which the page's clock may differ from the server's."""

SHIFT = """(() => {
    const Real = Date;
    window.Date = class extends Real {
        constructor(...given) { given.length ? super(...given) : super(Real.now() + SHIFT); }
        static now() { return Real.now() + SHIFT; }
    };
})()"""
"""A phone whose clock is set wrong. How time passes on it (performance.now) stays right."""


WATCH = """() => new MutationObserver(() => {
    const awake = document.querySelector("[data-register]:not([aria-disabled])");
    if (awake) window.wokeAt ??= clock.now();
}).observe(document.body, { attributes: true, subtree: true })"""


@contextmanager
def debate_at_the_end_of(server: Server, up: float) -> Iterator[ServedDebate]:
    """A debate whose list opens in an hour, 300 ms away and back, of these so many seconds up."""
    with slow_line(server.address, up, ROUND_TRIP - up) as url:
        yield ServedDebate(FarServer(server, url), 3600)


def open_page(person: MakePerson, debate: ServedDebate, shift: int) -> Person:
    """Kenya's page on a phone whose clock is wrong, once it has asked the server's."""
    kenya = person()
    kenya.context.add_init_script(SHIFT.replace("SHIFT", str(shift)))
    kenya.follow_link(debate, "KEN")
    expect(kenya.page.locator("[data-countdown]")).to_have_text(re.compile(r"^59\smin "))
    return kenya


def server_clock(server: Server) -> float:
    """Milliseconds by which the server's clock is ahead of this machine's steady one."""
    tries = []
    for _ in range(10):
        asked = time.monotonic()
        with urllib.request.urlopen(f"{server.url}/clock") as answer:
            told = int(answer.read()) / 1000
        took = time.monotonic() - asked
        tries.append((took, told - (asked + took / 2) * 1000))
    return min(tries)[1]


def page_clock(page: Page, expression: str) -> float:
    """The same of a clock in the page, asked without the line between."""
    tries = []
    for _ in range(10):
        asked = time.monotonic()
        told = page.evaluate(expression)
        took = time.monotonic() - asked
        tries.append((took, told - (asked + took / 2) * 1000))
    return min(tries)[1]


def error_of(page: Page, server: Server, least: float, most: float) -> float:
    """Milliseconds by which the page's clock is ahead of the server's.

    A machine that is busy with something else answers late, up or down: then the page asks again,
    as it does each minute, until what it found is within the bounds, or for the tenth time.
    """
    for _ in range(10):
        error = page_clock(page, "clock.now()") - server_clock(server)
        if least < error < most:
            break
        page.evaluate("clock.sync()")
    return error


@pytest.mark.parametrize("shift", [HOUR, -HOUR], ids=["an hour fast", "an hour slow"])
def test_the_pages_clock_is_the_servers_and_the_button_wakes_by_it(
    server: Server, person: MakePerson, shift: int
) -> None:
    with debate_at_the_end_of(server, ROUND_TRIP / 2) as debate:
        debate.prepare("KEN")
        kenya = open_page(person, debate, shift).wait_until_live()
        true = server_clock(server)
        assert abs(page_clock(kenya.page, "Date.now()") - true - shift) < 20 * PROMISED
        error = error_of(kenya.page, server, -PROMISED, PROMISED)
        assert abs(error) < PROMISED

        debate.open_in(6)
        expect(kenya.button).to_have_text(re.compile(r"^Opens in [0-4]\ss$"))
        kenya.page.evaluate(WATCH)
        expect(kenya.button).to_have_text("Register Kenya")
        woke_at = kenya.page.evaluate("wokeAt") - error
        opened_at = to_micros(debate.stored.opens_at) / 1000
        assert -PROMISED < woke_at - opened_at < 1000
        kenya.button.click()
        expect(kenya.number).to_have_text("1")
        kenya.close()  # before the line, whose end it would complain of


def test_on_a_line_slower_up_than_down_a_press_at_the_waking_is_not_early(
    server: Server, person: MakePerson
) -> None:
    """Also the control of the test above: an error of 100 ms is seen."""
    up = 0.250
    with debate_at_the_end_of(server, up) as debate:
        kenya = open_page(person, debate, HOUR).wait_until_live()
        error = error_of(kenya.page, server, PROMISED, up * 1000)
        assert PROMISED < error < up * 1000
        kenya.close()


def test_a_page_that_was_kept_for_everybody_still_has_the_servers_clock(
    server: Server, person: MakePerson
) -> None:
    """Also before it has asked: here it never can."""
    debate = ServedDebate(server, 3600)
    debate.show_to_everybody()
    someone = person()
    someone.context.add_init_script(SHIFT.replace("SHIFT", str(HOUR)))
    someone.context.route("**/clock", lambda route: route.abort())
    someone.expects(NO_CONNECTION)
    someone.page.goto(debate.public)
    error = page_clock(someone.page, "clock.now()") - server_clock(server)
    assert abs(error) < HOUR / 60
