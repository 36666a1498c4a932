"""Browsers of 2022 (Safari 15.4, Firefox 102): what they lack is taken away before a page loads."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.people import LAPTOP, NO_CONNECTION, Person
from tests.browser.served_debate import ServedDebate

pytestmark = pytest.mark.browser

OLDER = """(() => {
    for (const name of Object.getOwnPropertyNames(Element.prototype)) {
        if (/^(aria[A-Z]|role$|moveBefore$)/.test(name)) delete Element.prototype[name];
    }
    for (const name of Object.getOwnPropertyNames(Array.prototype)) {
        if (/^(findLast|to[RS]|with$|at$)/.test(name)) delete Array.prototype[name];
    }
    delete HTMLFormElement.prototype.requestSubmit;
    delete AbortSignal.timeout;
    delete AbortSignal.any;
    delete Document.parseHTMLUnsafe;
    delete Document.prototype.startViewTransition;
    delete Navigator.prototype.wakeLock;
    delete window.structuredClone;
    addEventListener("cancel", (event) => event.stopImmediatePropagation(), true);
})()"""


@pytest.fixture
def older(person: Callable[..., Person]) -> Callable[..., Person]:
    """Makes somebody whose browser is of 2022."""

    def make(**options: object) -> Person:
        someone = person(**options)
        someone.context.add_init_script(OLDER)
        return someone

    return make


def test_a_press_on_a_dead_line_is_tried_until_it_is_answered(
    open_debate: ServedDebate, older: Callable[..., Person]
) -> None:
    open_debate.prepare("KEN")
    kenya = older().follow_link(open_debate, "KEN").wait_until_live()
    kenya.expects(NO_CONNECTION)
    kenya.context.set_offline(True)
    kenya.button.click()
    trying = re.compile(r"^Not registered yet\. Trying again \([2-9]\)…")
    expect(kenya.page.locator("#press_said")).to_have_text(trying)
    kenya.context.set_offline(False)
    expect(kenya.number).to_have_text("1")


def test_a_form_without_htmx_is_sent(
    open_debate: ServedDebate, older: Callable[..., Person]
) -> None:
    open_debate.register("KEN")
    kenya = older().follow_link(open_debate, "KEN").wait_until_live()
    kenya.page.get_by_role("link", name="Give up the place").click()
    kenya.page.get_by_role("button", name="Give it up").click()
    expect(kenya.page.locator("#change")).to_contain_text("You give up number 1")
    open_debate.ten_seconds_pass()
    expect(kenya.page.locator("#change")).to_contain_text("Your place was given up")


def test_a_file_dialogue_that_was_left_does_not_hold_the_page_back(
    closed_debate: ServedDebate, older: Callable[..., Person]
) -> None:
    kenya = older().follow_link(closed_debate, "KEN").wait_until_live()
    with kenya.page.expect_file_chooser():
        kenya.page.locator("#letter").click()
    expect(kenya.page.locator("#letter")).to_have_attribute("data-picking", "")
    kenya.page.locator("h1").first.click()
    closed_debate.prepare("KEN")
    expect(kenya.standing).to_contain_text("Ready. At ")


def test_pages_of_a_letter_are_turned(
    open_debate: ServedDebate, older: Callable[..., Person]
) -> None:
    open_debate.prepare("KEN")
    open_debate.register("KEN")
    vera = older(viewport=LAPTOP).sign_in(open_debate)
    vera.page.goto(open_debate.console("/letters"))
    expect(vera.page.get_by_role("img", name="Page 1")).to_have_js_property("complete", True)
    vera.page.keyboard.press("t")
    expect(vera.page.locator(".leaf")).to_have_attribute("data-turn", "1")
