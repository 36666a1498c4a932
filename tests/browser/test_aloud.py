"""What a screen reader is told of: whatever changes before the eyes of others.

No screen reader runs here. What the page hands to one is read: the texts of its live region.
"""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.people import Person
from tests.browser.served_debate import ServedDebate

Delegate = Callable[..., Person]
RECORD = """() => {
  window.heard = [];
  const region = document.getElementById("said");
  new MutationObserver(() => heard.push(region.textContent)).observe(region, { childList: true });
}"""
HEARS = "text => window.heard.join('|').includes(text)"


def listen(someone: Person) -> Page:
    someone.wait_until_live()
    someone.page.evaluate(RECORD)
    return someone.page


def hears(page: Page, text: str) -> None:
    """Waits until this is said, and forgets what was said so far."""
    page.wait_for_function(HEARS, arg=text)
    page.evaluate("window.heard.length = 0")


def test_the_opening_is_told(closed_debate: ServedDebate, delegate: Delegate) -> None:
    closed_debate.prepare("KEN")
    page = listen(delegate(closed_debate))
    closed_debate.open_in(0)
    hears(page, "The list is open")


def test_a_debate_put_off_or_called_off_is_told_with_its_reason(
    open_debate: ServedDebate, delegate: Delegate
) -> None:
    open_debate.register("KEN")
    page = listen(delegate(open_debate))
    open_debate.postpone("The chair travels.")
    hears(page, "The debate is postponed. The chair travels.")
    open_debate.resume()
    hears(page, "You are number 1")
    open_debate.cancel("There is no quorum.")
    hears(page, "The debate is cancelled. There is no quorum.")


def test_what_becomes_of_the_letter_is_told_each_time(
    open_debate: ServedDebate, delegate: Delegate
) -> None:
    open_debate.register("KEN")
    page = listen(delegate(open_debate))
    for _ in range(2):
        open_debate.accept("KEN")
        hears(page, "Letter accepted")
        open_debate.take_back("KEN")
        hears(page, "Letter being read by the Presidency")
    for _ in range(2):
        open_debate.send_back("KEN", remark="Page two is missing.")
        hears(page, "The letter came back. Page two is missing.")
        open_debate.take_back("KEN")
        hears(page, "Letter being read")


def test_a_swap_that_is_asked_for_is_told(open_debate: ServedDebate, delegate: Delegate) -> None:
    open_debate.register("BRA", "KEN")
    page = listen(delegate(open_debate))
    open_debate.ask_swap("BRA", "KEN")
    hears(page, "Brazil asks to swap places")


def test_the_same_words_are_said_twice_with_silence_between(
    open_debate: ServedDebate, delegate: Delegate
) -> None:
    page = listen(delegate(open_debate))
    for _ in range(2):
        page.evaluate("aloud.say('The list is full.')")
        expect(page.locator("#said")).to_have_text("The list is full.")
    # Before the first, the page may have taken back what it said of its stream.
    assert page.evaluate("heard.slice(-3)") == ["The list is full.", "", "The list is full."]


def test_two_things_at_once_are_both_said(open_debate: ServedDebate, delegate: Delegate) -> None:
    page = listen(delegate(open_debate))
    page.evaluate("aloud.say('One.'); aloud.say('Two.')")
    hears(page, "One. Two.")


def test_the_place_stands_in_the_title(open_debate: ServedDebate, delegate: Delegate) -> None:
    open_debate.register("BRA", "KEN")
    kenya = delegate(open_debate).wait_until_live()
    expect(kenya.page).to_have_title("2 · Kenya · Rostrum")
    open_debate.withdraw("BRA")
    expect(kenya.page).to_have_title("1 · Kenya · Rostrum")
