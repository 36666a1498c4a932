"""The order changed by hand: dragged, stepped, asked for and agreed on two phones."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.people import Person
from tests.browser.served_debate import ServedDebate

pytestmark = pytest.mark.browser

Clerk = Callable[[ServedDebate], Person]


def names(someone: Person) -> Locator:
    return someone.page.locator(".orderly strong")


def at_the_order(debate: ServedDebate, clerk: Clerk) -> Person:
    vera = clerk(debate)
    vera.page.goto(debate.console("/order"))
    return vera.wait_until_live()


def test_a_delegation_is_dragged_and_the_reason_is_on_its_phone(
    open_debate: ServedDebate, clerk: Clerk, delegate: Callable[..., Person]
) -> None:
    open_debate.register("BRA", "KEN", "EGY")
    kenya = delegate(open_debate).wait_until_live()
    vera = at_the_order(open_debate, clerk)
    grips = vera.page.locator(".orderly .grip")
    grips.nth(1).drag_to(grips.nth(0), target_position={"x": 4, "y": 2})
    expect(vera.page.get_by_label("New place")).to_have_value("1")
    vera.page.get_by_label("Reason").select_option("travel")
    vera.page.get_by_role("button", name="Move Kenya").click()
    vera.page.goto(open_debate.console("/order"))
    expect(names(vera)).to_have_text(["Kenya", "Brazil", "Egypt"])
    expect(kenya.number).to_have_text("1")
    expect(kenya.why).to_contain_text("The speaker must leave or arrives late")


def is_first(someone: Person, name: str) -> bool:
    return names(someone).nth(0).inner_text().strip() == name


def middle(place: Locator) -> dict[str, float]:
    box = place.bounding_box()
    return {"x": box["x"] + box["width"] / 2, "y": box["y"] + box["height"] / 2}


@contextmanager
def dragging(
    someone: Person, here: dict[str, float], there: dict[str, float]
) -> Iterator[Callable[[], None]]:
    """A finger put down at one point, moved to another, and lifted at the end.

    What it gives moves the finger a little for one frame, as no hand is ever still.
    """
    finger = someone.page.context.new_cdp_session(someone.page)

    def touch(kind: str, *points: dict[str, float]) -> None:
        finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": list(points)})

    def tremble() -> None:
        for step in (1, 0):
            touch("touchMove", there | {"x": there["x"] + step})
            someone.page.evaluate("() => new Promise(requestAnimationFrame)")

    touch("touchStart", here)
    for step in range(1, 11):
        touch("touchMove", {k: here[k] + (there[k] - here[k]) * step / 10 for k in here})
    yield tremble
    touch("touchEnd")


def test_a_finger_drags_by_the_grip_and_scrolls_by_the_row(
    open_debate: ServedDebate, person: Callable[..., Person]
) -> None:
    open_debate.register("BRA", "KEN", "EGY", "JPN")
    vera = person(has_touch=True, is_mobile=True).sign_in(open_debate)
    vera.page.goto(open_debate.console("/order"))
    vera.wait_until_live()
    names(vera).nth(0).scroll_into_view_if_needed()
    row, scrolled = middle(names(vera).nth(0)), vera.page.evaluate("scrollY")
    with dragging(vera, row, row | {"y": row["y"] + 200}):
        vera.page.wait_for_function("before => scrollY < before", arg=scrolled)
    expect(names(vera)).to_have_text(["Brazil", "Kenya", "Egypt", "Japan"])

    # A list that is pushed at that very moment takes the row out of the hand: then once more.
    for _ in range(3):
        vera.page.reload()  # the page that was swiped glides on
        grips = vera.wait_until_live().page.locator(".orderly .grip")
        grips.nth(0).scroll_into_view_if_needed()
        above = middle(grips.nth(0))
        with dragging(vera, middle(grips.nth(2)), above | {"y": above["y"] - 8}) as tremble:
            for _ in range(100):
                if is_first(vera, "Egypt"):
                    break
                tremble()
            is_dragged = is_first(vera, "Egypt")
        if is_dragged:
            break
    expect(vera.page.get_by_role("heading", name="Move Egypt")).to_be_visible()
    expect(vera.page.get_by_label("New place")).to_have_value("1")


def test_the_keyboard_moves_as_well(open_debate: ServedDebate, clerk: Clerk) -> None:
    open_debate.register("BRA", "KEN", "EGY")
    vera = at_the_order(open_debate, clerk)
    vera.page.get_by_role("link", name="Egypt up").focus()
    vera.page.keyboard.press("Enter")
    expect(vera.page.get_by_label("New place")).to_have_value("2")
    vera.page.get_by_label("In your own words").fill("Agreed by telephone")
    vera.page.get_by_role("button", name="Move Egypt").press("Enter")
    vera.page.goto(open_debate.console("/order"))
    expect(names(vera)).to_have_text(["Brazil", "Egypt", "Kenya"])


def test_two_phones_swap_and_both_see_it(
    open_debate: ServedDebate, clerk: Clerk, delegate: Callable[..., Person]
) -> None:
    open_debate.register("BRA", "KEN", "EGY")
    kenya = delegate(open_debate).wait_until_live()
    egypt = delegate(open_debate, "EGY").wait_until_live()
    egypt.page.goto(open_debate.page("EGY", "/swaps"))
    egypt.page.get_by_label("Swap places with").select_option(label="2 · Kenya")
    egypt.page.get_by_role("button", name="Ask to swap").click()
    kenya.standing.get_by_role("link", name="Egypt asks to swap places").click()
    kenya.page.get_by_role("button", name="Agree: be number 3").click()
    vera = at_the_order(open_debate, clerk)
    vera.page.get_by_role("link", name="1 swap to approve").click()
    egypt.page.goto(open_debate.page("EGY"))
    egypt.wait_until_live()
    vera.page.get_by_role("button", name="Swap them").click()
    expect(egypt.number).to_have_text("2")
    expect(egypt.why).to_contain_text("you swapped places with Kenya")
