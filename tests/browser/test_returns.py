"""A page that comes back shows the truth: from the browser's memory, a pocket, a restart."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

from tests.browser.chromium import Launcher
from tests.browser.people import NO_CONNECTION, PHONE, Person
from tests.browser.served_debate import ServedDebate
from tests.browser.server import Server
from tests.browser.test_live import HIDE, NOT_LIVE

pytestmark = pytest.mark.browser

Delegate = Callable[..., Person]
MakePerson = Callable[..., Person]
SKIP = """(() => {
    const performanceNow = performance.now.bind(performance), now = Date.now;
    window.skipped = 0;
    performance.now = () => performanceNow() + skipped;
    Date.now = () => now() + skipped;
})()"""
"""Lets the clocks of a phone go on by `skipped` milliseconds at once."""
AN_HOUR_OFF = "(() => { const now = Date.now; Date.now = () => now() + (%d); })()"
LOG = """() => {
    window.shown = [];
    const text = (selector) => document.querySelector(selector)?.textContent.trim();
    const note = () => shown.push([text("#live_word"), text("#standing .number")]);
    const all = { childList: true, subtree: true, characterData: true };
    new MutationObserver(note).observe(document.body, all);
}"""
"""Notes what the page says of itself and of the place, at every change."""
TEXTS = """new MutationObserver(() => {
    const button = document.querySelector("[data-register]");
    if (typeof clock === "undefined" || !button) return;
    (window.texts ??= new Set()).add(button.textContent.trim());
}).observe(document, { childList: true, subtree: true, characterData: true })"""
"""Notes every text of the button once the page's own clock runs."""


def shown(page: Page) -> list[tuple[str, str]]:
    return [(word, number) for word, number in page.evaluate("shown")]


def test_a_page_from_the_back_forward_cache_is_not_of_yesterday(
    open_debate: ServedDebate, launcher: Launcher
) -> None:
    open_debate.register("BRA", "KEN")
    browser = launcher.launch_remembering()
    kenya = Person(browser)

    def keep(route: Route) -> None:
        """Chromium keeps no page that says "no-store"; others do."""
        answer = route.fetch()
        headers = {k: v for k, v in answer.headers.items() if k != "cache-control"}
        route.fulfill(response=answer, headers=headers)

    kenya.follow_link(open_debate, "KEN")
    kenya.page.route("**/delegations/KEN", keep)
    kenya.page.goto(open_debate.page("KEN"))
    kenya.wait_until_live()
    kenya.page.evaluate(
        "addEventListener('pageshow', (event) => { document.body.dataset.old = event.persisted; })"
    )
    kenya.page.evaluate(LOG)
    kenya.page.get_by_role("link", name="How places are given").click()
    expect(kenya.page.get_by_role("heading", name="How places are given")).to_be_visible()
    open_debate.withdraw("BRA")
    kenya.page.evaluate("history.back()")
    expect(kenya.page.locator("body")).to_have_attribute("data-old", "true")
    expect(kenya.number).to_have_text("1")
    expect(kenya.why).to_contain_text("Brazil withdrew at ")
    expect(kenya.live).to_have_text("Live")
    assert {number for _, number in shown(kenya.page)} <= {"1", "2"}
    assert kenya.unexpected() == []
    browser.close()


def test_a_phone_that_lay_in_a_pocket_for_ten_minutes_does_not_say_live_before_it_is(
    open_debate: ServedDebate, person: MakePerson
) -> None:
    open_debate.register("BRA", "KEN")
    kenya = person()
    kenya.context.add_init_script(SKIP)
    kenya.follow_link(open_debate, "KEN").wait_until_live()
    kenya.page.evaluate(HIDE, True)
    open_debate.withdraw("BRA")
    kenya.page.evaluate("skipped = 600_000")
    kenya.page.evaluate(LOG)
    kenya.page.evaluate(HIDE, False)
    expect(kenya.live).to_have_text("Live")
    expect(kenya.number).to_have_text("1")
    told = shown(kenya.page)
    assert NOT_LIVE.match(told[0][0])
    assert ("Live", "2") not in told
    assert {number for _, number in told} <= {"1", "2"}


def test_a_phone_whose_steady_clock_slept_over_the_opening_wakes_the_button(
    closed_debate: ServedDebate, person: MakePerson
) -> None:
    """Without an answer of the server: its own second clock is all it has."""
    closed_debate.prepare("KEN")
    kenya = person()
    kenya.expects(NO_CONNECTION)
    kenya.context.add_init_script(SKIP)
    kenya.follow_link(closed_debate, "KEN").wait_until_live()
    expect(kenya.button).to_have_text(re.compile("^Opens in "))
    kenya.context.set_offline(True)
    expect(kenya.live).to_have_text(NOT_LIVE)
    kenya.page.evaluate("const now = Date.now; Date.now = () => now() + 3_600_000;")
    kenya.page.evaluate(HIDE, False)
    expect(kenya.button).to_have_text("Register Kenya")
    expect(kenya.live).to_have_text(NOT_LIVE)


@pytest.mark.parametrize(
    ("hour", "opens_in", "says"),
    [(-3_600_000, -5, r"Register Kenya"), (3_600_000, 3600, r"Opens in (1\sh 0|59)\smin.*")],
    ids=["an hour slow, just opened", "an hour fast, opens in an hour"],
)
def test_a_phone_whose_clock_is_wrong_never_shows_it(
    server: Server, person: MakePerson, hour: int, opens_in: int, says: str
) -> None:
    """Not even as long as the server's clock cannot be asked."""
    debate = ServedDebate(server, opens_in)
    debate.prepare("KEN")
    kenya = person()
    kenya.expects(NO_CONNECTION)
    kenya.context.add_init_script(AN_HOUR_OFF % hour)
    kenya.context.add_init_script(TEXTS)
    kenya.context.route("**/clock", lambda route: route.abort())
    kenya.follow_link(debate, "KEN").wait_until_live()
    expect(kenya.button).to_have_text(re.compile(says))
    assert [text for text in kenya.page.evaluate("[...texts]") if not re.match(says, text)] == []


def restored(context: BrowserContext) -> Page:
    """The delegate's page as soon as the browser has opened it again."""
    for _ in range(50):
        for page in context.pages:
            if "/delegations/" in page.url:
                return page
        context.pages[0].wait_for_timeout(100)
    raise AssertionError([page.url for page in context.pages])


def test_a_browser_that_was_closed_before_the_opening_offers_the_button_when_it_starts_again(
    closed_debate: ServedDebate, launcher: Launcher, tmp_path: Path
) -> None:
    closed_debate.prepare("KEN")
    context = launcher.open_profile(tmp_path, viewport=PHONE)
    page = context.pages[0]
    page.goto(closed_debate.link("KEN"))
    page.get_by_role("button", name="Continue as").click()
    expect(page.locator("#live_word")).to_have_text("Live")
    expect(page.locator("[data-register]")).to_have_text(re.compile("^Opens in "))
    context.close()

    closed_debate.open_in(0)
    context = launcher.open_profile(tmp_path, viewport=PHONE)
    page = restored(context)
    expect(page.locator("[data-register]")).to_have_text("Register Kenya")
    expect(page.locator("#live_word")).to_have_text("Live")
    page.locator("[data-register]").click()
    expect(page.locator("#standing .number")).to_have_text("1")
    context.close()
