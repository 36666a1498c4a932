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

NOT_LIVE = re.compile(r"^Not live since \d\d?:\d\d:\d\d\. Check the connection\.$")
ASKED = re.compile(r"^As of \d\d?:\d\d:\d\d\. Updated every 2 seconds$")
FULL = re.compile(r"^As of \d\d?:\d\d:\d\d\. To be live, close another page\.$")
SETTLED = 12_000
"""Milliseconds in which a page says truly what it is."""
PORTAL = "<!doctype html><title>Hotel</title><p id=hotel>Sign in to the Wi-Fi</p>"
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

SKIP = """window.skipped = 0;
const now = performance.now.bind(performance);
performance.now = () => now() + skipped;"""
"""Lets a test move a page's steady clock on."""

Delegate = Callable[..., Person]


def test_a_page_that_was_offline_says_so_and_shows_the_present_on_its_return(
    open_debate: ServedDebate, delegate: Delegate
) -> None:
    open_debate.register("BRA", "KEN")
    kenya = delegate(open_debate).wait_until_live()
    kenya.expects(NO_CONNECTION)
    kenya.context.set_offline(True)
    expect(kenya.live).to_have_text(NOT_LIVE)
    # The browser says that it is offline a moment before it cuts the open stream.
    kenya.page.wait_for_timeout(1000)
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
    expect(kenya.live).to_have_text(ASKED)
    open_debate.withdraw("BRA")
    expect(kenya.number).to_have_text("1")
    expect(kenya.live).to_have_text(ASKED)
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
    expect(kenya.live).to_have_text(ASKED, timeout=SETTLED)
    expect(kenya.number).to_have_text("1", timeout=BACK)


def test_what_a_portal_answers_in_our_place_is_neither_live_nor_shown(
    open_debate: ServedDebate, delegate: Delegate
) -> None:
    open_debate.register("BRA", "KEN")
    kenya = delegate(open_debate).wait_until_live()
    black = colour_of(kenya)

    def sign_in_first(route: Route) -> None:
        route.fulfill(status=200, content_type="text/html", body=PORTAL)

    kenya.page.route("**/delegations/KEN/**", sign_in_first)
    kenya.page.evaluate("document.getElementById('live')._htmx.sse.reader.cancel()")
    expect(kenya.live).to_have_text(NOT_LIVE, timeout=SETTLED)
    expect(kenya.page.locator("#hotel")).to_have_count(0)
    assert colour_of(kenya) != black
    kenya.page.unroute("**/delegations/KEN/**")
    expect(kenya.live).to_have_text("Live", timeout=SETTLED)
    assert colour_of(kenya) == black


def test_a_portal_that_answers_the_first_question_is_not_put_into_the_page(
    open_debate: ServedDebate, delegate: Delegate
) -> None:
    open_debate.register("KEN")
    kenya = delegate(open_debate)
    kenya.page.route(
        "**/stream", lambda route: route.fulfill(content_type="text/html", body=PORTAL)
    )
    kenya.page.reload()
    expect(kenya.live).to_have_text(ASKED, timeout=SETTLED)
    expect(kenya.page.locator("#hotel")).to_have_count(0)


def test_a_page_that_opens_unseen_opens_no_stream_until_it_is_seen(
    open_debate: ServedDebate, delegate: Delegate
) -> None:
    open_debate.register("KEN")
    kenya = delegate(open_debate).wait_until_live()
    asked: list[str] = []
    kenya.page.on("request", lambda request: asked.append(request.url.rpartition("/")[2]))
    kenya.page.add_init_script(f"({HIDE})(true)")
    kenya.page.reload()
    kenya.page.wait_for_timeout(3000)
    assert "stream" not in asked
    assert "state" not in asked, "it asks once a minute"
    expect(kenya.page).to_have_title(re.compile(r"^1 · as of \d\d?:\d\d:\d\d · Kenya "))
    kenya.page.evaluate(HIDE, False)
    expect(kenya.live).to_have_text("Live", timeout=BACK)
    expect(kenya.page).to_have_title(re.compile("^1 · Kenya "))


def test_a_hidden_page_asks_once_a_minute_and_says_as_of_when(
    open_debate: ServedDebate, person: Callable[..., Person]
) -> None:
    open_debate.register("BRA", "KEN")
    kenya = with_a_clock(person(), open_debate)
    kenya.page.evaluate(HIDE, True)
    open_debate.withdraw("BRA")
    expect(kenya.page).to_have_title(re.compile("^2 · as of "), timeout=BACK)
    with kenya.page.expect_response("**/state"):
        kenya.page.evaluate("skipped = 61_000")
    expect(kenya.page).to_have_title(re.compile(r"\b1 · as of "))


def test_the_sixth_page_of_a_browser_displaces_the_first_which_says_so_until_there_is_room(
    open_debate: ServedDebate, person: Callable[..., Person]
) -> None:
    open_debate.register("BRA", "KEN")
    first = with_a_clock(person(), open_debate)
    more = [first.context.new_page() for _ in range(5)]
    for page in more:
        page.goto(open_debate.page("KEN"))
        expect(page.locator("#live_word")).to_have_text("Live")
    expect(first.live).to_have_text(FULL, timeout=SETTLED)
    with first.page.expect_response("**/stream"):
        first.page.evaluate("skipped = 21_000")
    first.page.wait_for_timeout(2500)
    expect(first.live).to_have_text(FULL)
    assert {page.locator("#live_word").text_content() for page in more} == {"Live"}
    more[0].close()
    # Whoever has left is noticed at the second thing that they are to be told.
    for word in ("One moment.", "The list opens on time."):
        open_debate.say(word)
        expect(more[1].get_by_text(word, exact=True)).to_be_visible()
    first.page.evaluate("skipped = 42_000")
    expect(first.live).to_have_text("Live", timeout=BACK)


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


def test_a_renewed_link_ends_the_open_page_which_says_why_until_somebody_signs_in(
    open_debate: ServedDebate, person: Callable[..., Person]
) -> None:
    open_debate.register("KEN")
    kenya = with_a_clock(person(), open_debate)
    kenya.expects("status of 404")
    black = colour_of(kenya)
    open_debate.renew("KEN")
    expect(kenya.live).to_have_text(
        "Your invitation link was renewed: open the new one, or ask the Presidency for it.",
        timeout=SETTLED,
    )
    assert colour_of(kenya) != black
    expect(kenya.number).to_have_text("1")
    expect(kenya.page.locator("#page_body")).to_have_attribute("inert", "")
    again = kenya.context.new_page()
    again.goto(open_debate.link("KEN"))
    again.locator("main form button").click()
    expect(again.locator("#live_word")).to_have_text("Live")
    kenya.page.evaluate("skipped = 21_000")
    expect(kenya.live).to_have_text("Live", timeout=BACK)
    assert colour_of(kenya) == black


def test_a_page_signed_out_in_another_one_says_so_and_offers_nothing(
    closed_debate: ServedDebate, delegate: Delegate
) -> None:
    closed_debate.prepare("KEN")
    kenya = delegate(closed_debate).wait_until_live()
    kenya.expects("status of 404")
    other = kenya.context.new_page()
    other.goto(closed_debate.page("KEN", "/phones"))
    other.get_by_role("button", name="Sign out", exact=False).first.click()
    expect(kenya.live).to_have_text(re.compile("^This phone is signed out. Open your"))
    shade = "getComputedStyle(document.getElementById('page_body')).filter"
    assert kenya.page.evaluate(shade) != "none"


def with_a_clock(kenya: Person, debate: ServedDebate) -> Person:
    """On the delegation's page, live, with a steady clock that the test moves on."""
    kenya.context.add_init_script(SKIP)
    return kenya.follow_link(debate, "KEN").wait_until_live()


def colour_of(kenya: Person) -> str:
    return kenya.number.evaluate("(number) => getComputedStyle(number).color")
