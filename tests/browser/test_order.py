"""The order changed by hand: dragged, stepped, asked for and agreed on two phones."""

from __future__ import annotations

import re
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
    expect(names(vera)).to_have_text(["Kenya", "Brazil", "Egypt"])
    expect(kenya.number).to_have_text("1")
    expect(kenya.why).to_contain_text("The speaker must leave or arrives late")
    expect(vera.page.locator("#changes")).to_have_text("")
    open_debate.register("JPN")
    expect(names(vera)).to_have_text(["Kenya", "Brazil", "Egypt", "Japan"])
    vera.page.get_by_role("button", name="Take the move back").click()
    expect(names(vera)).to_have_text(["Brazil", "Kenya", "Egypt", "Japan"])
    expect(kenya.number).to_have_text("2")


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
    expect(names(vera)).to_have_text(["Brazil", "Egypt", "Kenya"])


def agree(someone: Person, place: int) -> None:
    """By way of the question."""
    someone.page.get_by_role("link", name=f"Agree: be number {place}").click()
    expect(someone.page.get_by_role("heading", name="Swap places with")).to_be_visible()
    someone.page.get_by_role("button", name=f"Agree: be number {place}").click()


SECONDS = re.compile(r"It happens in (10|[1-9])\ss\.")
GRACE = 15_000
"""Milliseconds in which ten seconds are over and what was decided is done."""


def test_an_agreed_swap_is_taken_back_and_then_done_before_the_eyes_of_both(
    open_debate: ServedDebate, delegate: Callable[..., Person]
) -> None:
    open_debate.swap_without_approval()
    open_debate.register("BRA", "KEN", "EGY")
    kenya, egypt = delegate(open_debate), delegate(open_debate, "EGY")
    for someone, code in ((kenya, "KEN"), (egypt, "EGY")):
        someone.page.goto(open_debate.page(code, "/swaps"))
        someone.wait_until_live()
    # Chosen by hand, and not lost when a request comes in.
    brazil = str(open_debate.registration("BRA").id)
    kenya.page.get_by_label("Swap places with").select_option(brazil)
    open_debate.ask_swap("EGY", "KEN")
    card = kenya.page.locator("#swaps article")
    expect(card).to_contain_text("Egypt, number 3, asks to swap places.")
    expect(card).to_contain_text("You would speak at about ")
    expect(kenya.page.get_by_label("Swap places with")).to_have_value(brazil)

    agree(kenya, 3)
    for someone in (kenya, egypt):
        expect(someone.page.locator("#swaps article")).to_contain_text(SECONDS)
    kenya.page.get_by_role("button", name="Take back: keep number 2").click()
    expect(kenya.page.locator("#swaps")).to_contain_text("Egypt, number 3, asks to swap places.")
    expect(egypt.page.locator("#swaps")).to_contain_text("No answer yet.")

    agree(kenya, 3)
    expect(egypt.page.locator("#swaps article")).to_contain_text(SECONDS)
    done = egypt.page.locator("#swaps li")
    expect(done).to_have_text(re.compile(r"Kenya ·\s+swapped"), timeout=GRACE)
    expect(egypt.page.locator("#swaps")).to_contain_text("You are number 2.")
    expect(kenya.page.locator("#swaps")).to_contain_text("You are number 3.")


def test_what_is_pressed_while_the_page_changes_is_sent_as_it_was(
    open_debate: ServedDebate, delegate: Callable[..., Person]
) -> None:
    open_debate.swap_without_approval()
    open_debate.register("BRA", "KEN", "EGY")
    open_debate.ask_swap("EGY", "KEN")
    kenya = delegate(open_debate)
    kenya.page.goto(open_debate.page("KEN", "/swaps"))
    agree(kenya, 3)
    take_back = kenya.page.get_by_role("button", name="Take back: keep number 2")
    expect(take_back).to_be_visible()
    open_debate.hold_decisions()
    # The page asks whether the server is there; before the answer its live part comes anew.
    kenya.page.evaluate("""() => {
        const ask = window.fetch
        window.fetch = (...asked) => {
            const swaps = document.getElementById("swaps")
            swaps.outerHTML = swaps.outerHTML
            return ask(...asked)
        }
    }""")
    take_back.click()
    expect(kenya.page.locator("#swaps")).to_contain_text("Egypt, number 3, asks to swap places.")


def test_two_phones_swap_and_both_see_it(
    open_debate: ServedDebate, clerk: Clerk, delegate: Callable[..., Person]
) -> None:
    open_debate.register("BRA", "KEN", "EGY")
    kenya = delegate(open_debate).wait_until_live()
    egypt = delegate(open_debate, "EGY").wait_until_live()
    egypt.page.goto(open_debate.page("EGY", "/swaps"))
    egypt.page.get_by_label("Swap places with").select_option(
        value=str(open_debate.registration("KEN").id)
    )
    egypt.page.get_by_role("button", name="Ask to swap").click()
    kenya.standing.get_by_role("link", name="Egypt asks to swap places").click()
    agree(kenya, 3)
    vera = at_the_order(open_debate, clerk)
    vera.page.get_by_role("link", name="1 swap to approve").click()
    egypt.page.goto(open_debate.page("EGY"))
    egypt.wait_until_live()
    vera.page.get_by_role("button", name="Swap them").click()
    expect(egypt.number).to_have_text("2")
    expect(egypt.why).to_contain_text("you swapped places with Kenya")
