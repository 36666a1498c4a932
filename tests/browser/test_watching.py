"""Watching a place: what is said, told and held still, and who may look on."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser.house import House
from tests.browser.people import Person

BEFORE_KENYA = ("BRA", "IRL", "JPN", "MEX", "EGY", "IDN", "DEU")
COUNT_SAID = """() => {
  window.said = [];
  const region = document.getElementById("said"), note = () => said.push(region.textContent);
  new MutationObserver(note).observe(region, { childList: true });
}"""
MOVE = """async ([from, to]) => {
  const block = document.getElementById("standing"), step = Math.sign(to - from);
  for (let place = from + step; place !== to + step; place += step) {
    block.dataset.place = block.querySelector(".number").textContent = place;
    document.dispatchEvent(new CustomEvent("htmx:after:swap", { detail: { ctx: {} } }));
    await null;
  }
}"""


def test_of_a_hundred_changes_one_is_said_and_the_first_ten_and_three_at_once(
    open_house: House, delegate: Callable[..., Person]
) -> None:
    open_house.register(*BEFORE_KENYA, "KEN")
    page = delegate(open_house).wait_until_live().page
    said = page.locator("#said")
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
    open_house: House, delegate: Callable[..., Person]
) -> None:
    open_house.register(*BEFORE_KENYA, "KEN")
    kenya = delegate(open_house)
    kenya.page.get_by_label("Tell me when so many are before me:").fill("5")
    kenya.page.get_by_role("button", name="Tell me").click()
    reached, pause = kenya.page.locator("#reached"), kenya.page.locator("#pause")
    kenya.wait_until_live()
    expect(reached).to_be_hidden()
    pause.click()
    expect(kenya.live).to_contain_text("Paused since")
    other = delegate(open_house).wait_until_live()
    for code in ("BRA", "IRL", "JPN"):
        open_house.withdraw(code)
    expect(other.number).to_have_text("5")
    expect(kenya.number).to_have_text("8")
    pause.click()
    expect(reached).to_have_text("4 before you: what you asked to be told")
    expect(kenya.page).to_have_title("4 before you · Kenya · Rostrum")
    expect(kenya.page.locator("#said")).to_contain_text("what you asked to be told")
    expect(kenya.live).to_have_text("Live")
    kenya.page.get_by_role("button", name="Switch off").click()
    expect(kenya.page).to_have_title("Kenya · Rostrum")


def test_an_ambassador_watches_by_a_link_until_it_ends(
    open_house: House, delegate: Callable[..., Person], person: Callable[..., Person]
) -> None:
    open_house.register("BRA", "KEN")
    kenya, ambassador = delegate(open_house), person()
    kenya.page.goto(open_house.page("KEN", "/shares"))
    kenya.page.get_by_role("button", name="Make a link").click()
    ambassador.page.goto(kenya.page.get_by_label("Link to watch").input_value())
    ambassador.wait_until_live()
    open_house.withdraw("BRA")
    expect(ambassador.page.locator(".number")).to_have_text("1")
    kenya.page.get_by_role("button", name="End this link").click()
    expect(ambassador.live).to_have_text("This link has ended.", timeout=8_000)
