"""Watching a place: what is said, told and held still, and who may look on."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import expect

from tests.browser.people import NO_CONNECTION, Person
from tests.browser.served_debate import ServedDebate
from tests.browser.server import running

BEFORE_KENYA = ("BRA", "IRL", "JPN", "MEX", "EGY", "IDN", "DEU")
SLOW = re.compile(r"^As of \d\d?:\d\d:\d\d\. Updated every 20 seconds$")
IS_ASKING = "Boolean(document.getElementById('live')._htmx?.sse)"
COUNT_SAID = """() => {
  window.said = [];
  const region = document.getElementById("said");
  const note = () => region.textContent && said.push(region.textContent);
  new MutationObserver(note).observe(region, { childList: true });
}"""
MOVE = """async ([from, to]) => {
  const block = document.getElementById("standing"), step = Math.sign(to - from);
  for (let place = from + step; place !== to + step; place += step) {
    block.dataset.place = block.querySelector(".number").textContent = place;
    block.dispatchEvent(new CustomEvent("htmx:after:swap", { bubbles: true, detail: { ctx: {} } }));
    await null;
  }
}"""


def test_of_a_hundred_changes_one_is_said_and_the_first_ten_and_three_at_once(
    open_debate: ServedDebate, delegate: Callable[..., Person]
) -> None:
    open_debate.register(*BEFORE_KENYA, "KEN")
    # Slower than the look of the page at itself: that it is live is no news that others wait for.
    kenya = delegate(open_debate)
    kenya.page.route("**/stream", lambda route: (time.sleep(1), route.continue_()))
    kenya.page.reload()
    page = kenya.wait_until_live().page
    said = page.locator("#said")
    expect(said).to_be_empty()
    page.evaluate(COUNT_SAID)
    page.evaluate(MOVE, [8, 108])
    expect(said).to_contain_text("You are number 108")
    page.evaluate(MOVE, [108, 11])
    page.evaluate(MOVE, [11, 8])
    expect(said).to_contain_text("You are number 10")
    page.evaluate(MOVE, [8, 1])
    expect(said).to_contain_text("You are number 3")
    assert len(page.evaluate("said")) == 3


def test_a_paused_page_stands_still_and_tells_what_was_jumped_over_meanwhile(
    open_debate: ServedDebate, delegate: Callable[..., Person]
) -> None:
    open_debate.register(*BEFORE_KENYA, "KEN")
    kenya = delegate(open_debate)
    kenya.page.locator("summary", has_text="Tell me when").click()
    kenya.page.get_by_label("Tell me when this many delegations are before me:").fill("5")
    kenya.page.get_by_role("button", name="Tell me").click()
    reached, pause = kenya.page.locator("#reached"), kenya.page.locator("#pause")
    kenya.wait_until_live()
    expect(reached).to_be_hidden()
    pause.click()
    expect(kenya.live).to_contain_text("Paused since")
    other = delegate(open_debate).wait_until_live()
    for code in ("BRA", "IRL", "JPN"):
        open_debate.withdraw(code)
    expect(other.number).to_have_text("5")
    expect(kenya.number).to_have_text("8")
    pause.click()
    expect(reached).to_have_text("4 before you: you asked to be told")
    expect(kenya.page).to_have_title("4 before you · 5 · Kenya · Rostrum")
    expect(kenya.page.locator("#said")).to_contain_text("you asked to be told")
    expect(kenya.live).to_have_text("Live")
    kenya.page.get_by_role("button", name="Switch off").click()
    expect(kenya.page).to_have_title("5 · Kenya · Rostrum")


def test_an_ambassador_watches_by_a_link_until_it_ends(
    open_debate: ServedDebate, delegate: Callable[..., Person], person: Callable[..., Person]
) -> None:
    open_debate.register("BRA", "KEN")
    kenya, other, ambassador = delegate(open_debate), delegate(open_debate), person()
    for each in (kenya, other):
        each.page.goto(open_debate.page("KEN", "/shares"))
        each.wait_until_live()
    kenya.page.get_by_role("button", name="Make a link").click()
    other.page.get_by_text("QR code").click()
    other.page.get_by_role("button", name="Make another link").click()
    expect(kenya.page.get_by_text("2 links work.")).to_be_visible()
    kenya.page.get_by_role("button", name="End this link").first.click()
    expect(other.page.get_by_text("1 link works.")).to_be_visible()
    expect(other.page.get_by_role("button", name="Copy the link")).to_have_count(1)
    ambassador.page.goto(other.page.get_by_label("Link to watch").input_value())
    ambassador.wait_until_live()
    open_debate.withdraw("BRA")
    expect(ambassador.page.locator(".number")).to_have_text("1")
    ambassador.expects("status of 404")
    kenya.page.get_by_role("button", name="End this link").click()
    expect(ambassador.live).to_have_text(
        "This link has ended. Ask the delegation for a new one.", timeout=8_000
    )


def ask_until_there_is_room(someone: Person, debate: ServedDebate) -> None:
    """Whoever has left is noticed as soon as there is something to tell them."""
    is_room = False
    while not is_room:
        if someone.page.evaluate(IS_ASKING):
            continue
        debate.say("The meeting begins at ten.")
        with someone.page.expect_response("**/list/stream?*") as answered:
            someone.page.clock.fast_forward(20_500)
        is_room = "x-accel-buffering" in answered.value.headers


def test_a_public_page_without_room_tells_how_old_it_is_and_is_live_when_there_is_room(
    tmp_path: Path, empty_database: Path, person: Callable[..., Person]
) -> None:
    with running(tmp_path / "instance", empty_database, public_streams=1) as server:
        debate = ServedDebate(server, -3600)
        debate.show_to_everybody()
        first, second = person(), person()
        first.page.goto(debate.public)
        first.wait_until_live()
        # Its steady clock is moved on below, which the server's must not take back.
        second.expects(NO_CONNECTION)
        second.page.route("**/clock", lambda route: route.abort())
        second.page.clock.install()
        with second.page.expect_response("**/list/state?*"):
            second.page.goto(debate.public)
        expect(second.live).to_have_text(SLOW)
        debate.register("KEN")
        expect(first.page.get_by_text("Kenya")).to_be_visible()
        expect(second.page.get_by_text("Nobody has registered yet.")).to_be_visible()
        before = second.live.inner_text()
        second.page.clock.fast_forward(20_500)
        expect(second.page.get_by_text("Kenya")).to_be_visible()
        expect(second.live).not_to_have_text(before)
        expect(second.live).to_have_text(SLOW)
        first.close()
        ask_until_there_is_room(second, debate)
        second.wait_until_live()
        debate.register("BRA")
        expect(second.page.get_by_text("Brazil")).to_be_visible()
        second.close()
