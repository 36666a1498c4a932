"""Pages stay true: offline, in the background, and while the server is away or comes back."""

from __future__ import annotations

import re
import time
from collections.abc import Callable

import pytest
from playwright.sync_api import Route, expect

from tests.browser.people import NO_CONNECTION, Person
from tests.browser.served_debate import ServedDebate
from tests.browser.server import Server

pytestmark = pytest.mark.browser

NOT_LIVE = re.compile(r"^Not live since \d\d:\d\d:\d\d\. Reconnecting…$")
BACK = 5_000
"""Milliseconds: the promise for a page that comes back is two seconds, the rest is slack."""
SOON = 20_000
"""Milliseconds for what has no promised time: noticing a silence, a server that starts."""
HIDE = """(hidden) => {
    Object.defineProperty(document, "hidden", { configurable: true, get: () => hidden });
    const state = hidden ? "hidden" : "visible";
    Object.defineProperty(document, "visibilityState", { configurable: true, get: () => state });
    document.dispatchEvent(new Event("visibilitychange", { bubbles: true }));
}"""
"""Headless Chromium never hides a page: the page is told so, as the browser would tell it."""

Delegate = Callable[..., Person]


def test_a_page_that_was_offline_says_so_and_shows_the_present_on_its_return(
    open_debate: ServedDebate, delegate: Delegate
) -> None:
    open_debate.register("BRA", "KEN")
    kenya = delegate(open_debate).wait_until_live()
    kenya.expects(NO_CONNECTION)
    kenya.context.set_offline(True)
    expect(kenya.live).to_have_text(NOT_LIVE)
    open_debate.withdraw("BRA")
    expect(kenya.number).to_have_text("2")
    kenya.context.set_offline(False)
    expect(kenya.number).to_have_text("1", timeout=BACK)
    expect(kenya.why).to_contain_text("Brazil withdrew at ")
    expect(kenya.live).to_have_text("Live", timeout=BACK)


def test_a_page_that_was_hidden_shows_the_present_on_its_return(
    open_debate: ServedDebate, delegate: Delegate
) -> None:
    open_debate.register("BRA", "KEN")
    kenya = delegate(open_debate).wait_until_live()
    kenya.page.evaluate(HIDE, True)
    kenya.page.wait_for_timeout(500)
    open_debate.withdraw("BRA")
    kenya.page.wait_for_timeout(500)
    expect(kenya.number).to_have_text("2")
    kenya.page.evaluate(HIDE, False)
    expect(kenya.number).to_have_text("1", timeout=BACK)
    expect(kenya.live).to_have_text("Live", timeout=BACK)
    open_debate.register("BRA")
    expect(kenya.standing).to_contain_text("of 2")


@pytest.mark.parametrize("end", [Server.kill, Server.stop])
def test_a_page_recovers_by_itself_from_a_server_that_was_killed_or_stopped(
    own_server: Server, delegate: Delegate, end: Callable[[Server], object]
) -> None:
    debate = ServedDebate(own_server, -3600)
    debate.register("BRA", "KEN")
    kenya = delegate(debate).wait_until_live()
    # Aborted: on a busy machine the new server listens for seconds before it answers.
    kenya.expects(NO_CONNECTION, "signal is aborted")
    end(own_server)
    expect(kenya.live).to_have_text(NOT_LIVE)
    debate.withdraw("BRA")
    expect(kenya.number).to_have_text("2")
    own_server.start()
    expect(kenya.number).to_have_text("1", timeout=BACK)
    expect(kenya.live).to_have_text("Live", timeout=BACK)
    debate.register("BRA")
    expect(kenya.standing).to_contain_text("of 2")


def test_a_page_without_its_stream_says_so_and_asks_instead(
    open_debate: ServedDebate, delegate: Delegate
) -> None:
    open_debate.register("BRA", "KEN")
    kenya = delegate(open_debate)
    kenya.expects(NO_CONNECTION, "status of 503")
    kenya.page.route("**/stream", lambda route: route.fulfill(status=503, body="busy"))
    kenya.page.reload()
    expect(kenya.live).to_have_text(NOT_LIVE)
    open_debate.withdraw("BRA")
    expect(kenya.number).to_have_text("1")
    expect(kenya.live).to_have_text(NOT_LIVE)
    kenya.page.unroute("**/stream")
    expect(kenya.live).to_have_text("Live", timeout=SOON)


def test_a_stream_that_falls_silent_is_not_trusted(
    open_debate: ServedDebate, delegate: Delegate
) -> None:
    """A phone that changes networks keeps a dead connection that never ends."""
    kenya = delegate(open_debate).wait_until_live()
    kenya.page.evaluate(
        """() => {
            const { reader } = document.getElementById("live")._htmx.sse;
            reader.read = () => new Promise(() => {});
        }"""
    )
    open_debate.register("KEN")
    expect(kenya.live).to_have_text(NOT_LIVE, timeout=SOON)
    expect(kenya.number).to_have_text("1", timeout=BACK)


def test_a_page_is_live_although_a_script_of_it_came_late(
    open_debate: ServedDebate, person: Callable[..., Person]
) -> None:
    """On bad Wi-Fi the stream's extension may come long after htmx itself."""
    kenya = person()

    def dawdle(route: Route) -> None:
        time.sleep(0.7)
        route.continue_()

    kenya.context.route("**/hx-sse*", dawdle)
    kenya.follow_link(open_debate, "KEN").wait_until_live()


def test_a_revoked_link_ends_the_open_page(open_debate: ServedDebate, delegate: Delegate) -> None:
    open_debate.register("KEN")
    kenya = delegate(open_debate).wait_until_live()
    kenya.expects("status of 404")
    open_debate.revoke("KEN")
    expect(kenya.live).to_have_text("This page is signed out.", timeout=SOON)
    expect(kenya.page.locator("#live")).to_contain_class("is-down")
