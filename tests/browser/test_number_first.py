"""After the press the number comes first, and nothing that happens by itself scrolls a page."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import APIResponse, Locator, Route, expect

from tests.browser.frames import UNANCHORED, seen, style, watch
from tests.browser.people import NO_CONNECTION, Person
from tests.browser.served_debate import ServedDebate

pytestmark = pytest.mark.browser

Delegate = Callable[..., Person]
SIZES = pytest.mark.parametrize(("width", "height"), [(390, 844), (320, 568), (1280, 800)])
NUMBER = "#standing .number"
HERO = ("#standing", "#standing .label", NUMBER, "#standing .of", "#standing .why")
REST = "#held"
"""There from the answer to the press on; a stream may tell the number before."""
MARK, MARKED = "document.getElementById('held').className = 'old'", "#held.old"
"""What is below the hero, until it is read anew."""
READ = 30_000
"""Milliseconds for reading a letter on a slow machine."""
SCROLLED = "scrollY"


def sized(width: int, height: int) -> dict[str, object]:
    return {"viewport": {"width": width, "height": height}}


def is_whole(someone: Person, part: Locator) -> None:
    """All of it can be seen."""
    expect(part).to_be_in_viewport(ratio=1)
    width = part.evaluate("(element) => element.getBoundingClientRect().width")
    assert someone.page.evaluate("innerWidth") >= width


def expect_number_first(kenya: Person, before: int) -> None:
    """It was there whole from its first frame on, and did not move when the rest came; `before` is
    how far the page was scrolled."""
    expect(kenya.receipt).to_be_visible()
    expect(kenya.standing).to_contain_text("Letter being read by the Presidency")
    expect(kenya.page.locator("#held_speaker")).to_be_attached()
    is_whole(kenya, kenya.number)
    expect(kenya.head).to_be_focused()
    expect(kenya.page.locator("#said")).to_have_text("You are number 1 of 1 · nobody before you")
    told = [state for state in seen(kenya.page) if state[REST]]
    positions = {tuple(map(tuple, (state[part][:2] for part in HERO))) for state in told}
    assert len(positions) == 1, told
    assert {state["scroll"] for state in told} <= {(0, 0), (0, before)}
    assert len({state["scroll"] for state in told}) == 1


@SIZES
@pytest.mark.parametrize("scroll", [0, 60, 400])
def test_after_the_press_from_the_ready_page_the_number_is_seen_whole(
    open_debate: ServedDebate, delegate: Delegate, width: int, height: int, scroll: int
) -> None:
    open_debate.prepare("KEN")
    kenya = delegate(open_debate, **sized(width, height)).wait_until_live()
    style(kenya.page, UNANCHORED)
    kenya.page.evaluate("(by) => scrollTo(0, by)", scroll)
    before = kenya.page.evaluate(SCROLLED)
    watch(kenya.page, (*HERO, REST))
    kenya.button.evaluate("(button) => button.click()")
    expect_number_first(kenya, before)


@SIZES
def test_after_the_press_from_the_long_form_the_number_is_seen_whole(
    open_debate: ServedDebate, delegate: Delegate, width: int, height: int
) -> None:
    kenya = delegate(open_debate, **sized(width, height)).wait_until_live()
    style(kenya.page, UNANCHORED)
    kenya.choose_letter()
    expect(kenya.page.locator("#letter_box")).to_contain_text("1 page", timeout=READ)
    kenya.type_speaker()
    kenya.button.scroll_into_view_if_needed()
    assert kenya.page.evaluate(SCROLLED) > 0
    watch(kenya.page, (*HERO, REST))
    kenya.button.click()
    expect_number_first(kenya, 0)


@SIZES
def test_without_scripts_the_answer_shows_the_number_whole(
    open_debate: ServedDebate, delegate: Delegate, width: int, height: int
) -> None:
    kenya = delegate(open_debate, java_script_enabled=False, **sized(width, height))
    kenya.type_speaker()
    kenya.choose_letter()
    kenya.button.click()
    expect(kenya.number).to_have_text("1", timeout=READ)
    is_whole(kenya, kenya.number)
    expect(kenya.receipt).to_be_attached()


@pytest.mark.parametrize("scroll", [0, 500])
def test_a_live_event_neither_scrolls_nor_takes_the_focus(
    open_debate: ServedDebate, delegate: Delegate, scroll: int
) -> None:
    open_debate.prepare("KEN")
    kenya = delegate(open_debate).wait_until_live()
    kenya.button.click()
    expect(kenya.page.locator("#held_speaker")).to_be_attached()
    style(kenya.page, UNANCHORED)
    kenya.page.evaluate("(by) => scrollTo(0, by)", scroll)
    before = kenya.page.evaluate(SCROLLED)
    watch(kenya.page, HERO)
    kenya.page.evaluate(MARK)
    open_debate.send_back("KEN", "not_addressed_to_the_president")
    expect(kenya.standing).to_contain_text("The letter came back")
    expect(kenya.page.locator(MARKED)).to_have_count(0)
    open_debate.say("Delegations come in by the east door.")
    expect(kenya.standing).to_contain_text("by the east door")
    expect(kenya.head).to_be_focused()
    states = seen(kenya.page)
    assert {state["scroll"] for state in states} == {(0, before)}
    assert len({tuple(state[NUMBER]) for state in states}) == 1


def test_what_had_the_focus_and_was_read_anew_gives_it_to_the_head_of_the_page(
    open_debate: ServedDebate, delegate: Delegate
) -> None:
    open_debate.register("KEN")
    kenya = delegate(open_debate).wait_until_live()
    style(kenya.page, UNANCHORED)
    kenya.page.get_by_role("link", name="Replace the letter").focus()
    before = kenya.page.evaluate(SCROLLED)
    assert before > 0
    kenya.page.evaluate(MARK)
    open_debate.send_back("KEN", "not_addressed_to_the_president")
    expect(kenya.page.locator(MARKED)).to_have_count(0)
    expect(kenya.head).to_be_focused()
    assert kenya.page.evaluate(SCROLLED) == before


def test_after_a_save_the_hero_is_in_view_and_the_focus_stays(
    closed_debate: ServedDebate, delegate: Delegate
) -> None:
    kenya = delegate(closed_debate).wait_until_live()
    kenya.choose_letter()
    expect(kenya.page.locator("#letter_box")).to_contain_text("1 page", timeout=READ)
    # What saves itself may be faster, and takes the button away.
    kenya.page.route("**/draft/fields", lambda _: None)
    kenya.type_speaker()
    with kenya.page.expect_response("**/draft"):
        kenya.page.get_by_role("button", name="Save for the opening").click()
    expect(kenya.standing).to_contain_text("Ready. At ")
    expect(kenya.page.locator("#said")).to_contain_text("Saved.")
    is_whole(kenya, kenya.standing)
    closed_debate.open_in(1800)
    expect(kenya.page.locator("[data-countdown]")).to_have_text(re.compile(r"^(30|29)\smin"))
    expect(kenya.head).to_be_focused()


def test_that_it_is_not_live_is_said_over_the_number_wherever_one_is(
    open_debate: ServedDebate, delegate: Delegate
) -> None:
    open_debate.register("KEN")
    kenya = delegate(open_debate).wait_until_live()
    kenya.expects(NO_CONNECTION)
    word, shade = kenya.live, "getComputedStyle(document.querySelector('.number')).color"
    ink = kenya.page.evaluate(shade)
    above = word.bounding_box()["y"]
    assert above < kenya.number.bounding_box()["y"] < above + 100
    kenya.page.evaluate("scrollTo(0, 600)")
    expect(word).not_to_be_in_viewport()
    watch(kenya.page, HERO)
    kenya.context.set_offline(True)
    expect(word).to_contain_text("Not live since")
    expect(word).to_be_in_viewport(ratio=1)
    assert kenya.page.evaluate(shade) != ink
    kenya.context.set_offline(False)
    expect(word).to_have_text("Live", timeout=20_000)
    assert kenya.page.evaluate(shade) == ink
    assert len({str(state[NUMBER]) for state in seen(kenya.page)}) == 1


def test_a_number_that_comes_before_the_answer_takes_the_press_away(
    open_debate: ServedDebate, delegate: Delegate
) -> None:
    open_debate.prepare("KEN")
    kenya = delegate(open_debate).wait_until_live()
    held: list[tuple[Route, APIResponse]] = []
    kenya.page.route("**/registration", lambda route: held.append((route, route.fetch())))
    kenya.button.click()
    expect(kenya.number).to_have_text("1")
    expect(kenya.button).to_be_hidden()
    route, answer = held[0]
    route.fulfill(response=answer)
    expect(kenya.receipt).to_contain_text(open_debate.registration("KEN").reference)


def test_a_receipt_that_was_lost_on_its_way_is_asked_for_again(
    open_debate: ServedDebate, delegate: Delegate
) -> None:
    open_debate.prepare("KEN")
    kenya = delegate(open_debate).wait_until_live()
    kenya.expects(NO_CONNECTION, "status of 503")
    answers: list[Callable[[Route], None]] = [
        lambda route: route.abort(),
        lambda route: route.fulfill(status=200, body="<html><h1>Welcome</h1></html>"),
        lambda route: route.fulfill(status=503, body="busy"),
    ]

    def lose(route: Route) -> None:
        answers.pop(0)(route) if answers else route.continue_()

    kenya.page.route("**/KEN/held", lose)
    kenya.page.route("**/delegations/KEN", lose)
    kenya.button.click()
    expect(kenya.number).to_have_text("1")
    reference = open_debate.registration("KEN").reference
    expect(kenya.receipt).to_contain_text(reference, timeout=30_000)
    expect(kenya.page.get_by_text("Welcome")).to_have_count(0)
    assert not answers
    is_whole(kenya, kenya.number)
