"""The order changed by hand: dragged, stepped, asked for and agreed on two phones."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.house import House
from tests.browser.people import Person

pytestmark = pytest.mark.browser

Clerk = Callable[[House], Person]


def names(someone: Person) -> Locator:
    return someone.page.locator(".orderly strong")


def at_the_order(house: House, clerk: Clerk) -> Person:
    vera = clerk(house)
    vera.page.goto(house.console("/order"))
    return vera.wait_until_live()


def test_a_delegation_is_dragged_and_the_reason_is_on_its_phone(
    open_house: House, clerk: Clerk, delegate: Callable[..., Person]
) -> None:
    open_house.register("BRA", "KEN", "EGY")
    kenya = delegate(open_house).wait_until_live()
    vera = at_the_order(open_house, clerk)
    grips = vera.page.locator(".orderly .grip")
    grips.nth(1).drag_to(grips.nth(0), target_position={"x": 4, "y": 2})
    expect(vera.page.get_by_label("New place")).to_have_value("1")
    vera.page.get_by_label("Reason").select_option("travel")
    vera.page.get_by_role("button", name="Move Kenya").click()
    vera.page.goto(open_house.console("/order"))
    expect(names(vera)).to_have_text(["Kenya", "Brazil", "Egypt"])
    expect(kenya.number).to_have_text("1")
    expect(kenya.why).to_contain_text("The speaker must leave or arrives late")


def test_the_keyboard_moves_as_well(open_house: House, clerk: Clerk) -> None:
    open_house.register("BRA", "KEN", "EGY")
    vera = at_the_order(open_house, clerk)
    vera.page.get_by_role("link", name="Egypt up").focus()
    vera.page.keyboard.press("Enter")
    expect(vera.page.get_by_label("New place")).to_have_value("2")
    vera.page.get_by_label("In your own words").fill("Agreed by telephone")
    vera.page.get_by_role("button", name="Move Egypt").press("Enter")
    vera.page.goto(open_house.console("/order"))
    expect(names(vera)).to_have_text(["Brazil", "Egypt", "Kenya"])


def test_two_phones_swap_and_both_see_it(
    open_house: House, clerk: Clerk, delegate: Callable[..., Person]
) -> None:
    open_house.register("BRA", "KEN", "EGY")
    kenya = delegate(open_house).wait_until_live()
    egypt = delegate(open_house, "EGY").wait_until_live()
    egypt.page.goto(open_house.page("EGY", "/swaps"))
    egypt.page.get_by_label("Swap places with").select_option(label="2 · Kenya")
    egypt.page.get_by_role("button", name="Ask to swap").click()
    kenya.standing.get_by_role("link", name="Egypt asks to swap places").click()
    kenya.page.get_by_role("button", name="Agree: be number 3").click()
    vera = at_the_order(open_house, clerk)
    vera.page.get_by_role("link", name="1 swap to approve").click()
    egypt.page.goto(open_house.page("EGY"))
    egypt.wait_until_live()
    vera.page.get_by_role("button", name="Swap them").click()
    expect(egypt.number).to_have_text("2")
    expect(egypt.why).to_contain_text("you swapped places with Kenya")
