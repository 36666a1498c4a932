"""From the last minute to the press nothing on the page moves: all phones in one opening.

Watched frame by frame, with scroll anchoring switched off; beside them the control, a page that
gives what is hidden no room.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from itertools import product

import pytest
from playwright.sync_api import Cookie, expect

from rostrum.clock import utc_clock
from rostrum.domain.times import to_micros
from tests.browser.conftest import LIVE, MakePerson
from tests.browser.frames import UNANCHORED, frames, moves, style, watch
from tests.browser.people import NO_CONNECTION, Person
from tests.browser.served_debate import ServedDebate

pytestmark = pytest.mark.browser

SIZES = ((390, 844), (320, 568), (1280, 800))
LANGUAGES = ("en", "ar", "ru")
SCROLLED = 160
MINUTE, AFTER = 60, 3
"""Seconds before and after the opening in which nothing may move."""
MANY = 30_000
"""Milliseconds for what many pages do at once on a slow machine."""
SOON = 0.250
"""Seconds after the opening at which those whose pointer waited press."""
PARTS = (
    *("header.top", "h1", "#live", "#standing", "[data-register]", "#press_said", ".awake"),
    *("#speaker", "#speaker .edit", "[name=name]", "#letter_box", "nav.more"),
)
BUTTON = "[data-register]"
LONG_NAME = "TZA"
"""Its button takes two lines on a small phone; "Opens in 59 s" takes one."""
WORDS = "The list opens on time. " * 11
EARLY = re.compile(
    r"^\d.* too early by this server’s clock\. Press again from \d.* on; nothing is lost\.$"
)
FAST = """(() => {
    const timing = PerformanceResourceTiming.prototype;
    const { get } = Object.getOwnPropertyDescriptor(timing, "responseStart");
    const early = { get() { return get.call(this) - 7_200_000; } };
    Object.defineProperty(timing, "responseStart", early);
})()"""
"""Makes a page believe that it was made two hours ago."""
NOTE_DOWN = """() => {
    const live = document.getElementById("live");
    const note = () => { window.wasDown ||= live.dataset.is === "down"; };
    new MutationObserver(note).observe(live, { attributes: true });
    note();
}"""
"""Notes whether the page said that it was not live: a message on its way ends that soon."""
AS_IT_WAS = ".turns > [hidden] { display: none !important }"
"""What a page without room for what is hidden would look like."""


@pytest.fixture
def patience() -> Iterator[None]:
    """Nothing here is promised within seconds but what the pages note themselves."""
    expect.set_options(timeout=MANY)
    yield
    expect.set_options(timeout=LIVE)


class Phones:
    """Pages of one delegation on screens of one size: signed in once, as many browsers."""

    def __init__(
        self, make: MakePerson, debate: ServedDebate, code: str, size: tuple[int, int]
    ) -> None:
        self._make, self._debate, self._code = make, debate, code
        self._screen = {"viewport": {"width": size[0], "height": size[1]}}
        self._cookies: list[Cookie] = []

    def open(self, **options: object) -> Person:
        """One more page, as Safari has it."""
        someone = self._make(**self._screen, **options)
        if self._cookies:
            someone.context.add_cookies(self._cookies)
            someone.page.goto(self._debate.page(self._code))
        else:
            someone.follow_link(self._debate, self._code)
            self._cookies = someone.context.cookies()
        expect(someone.live).not_to_be_empty()
        style(someone.page, UNANCHORED)
        return someone


def open_pages(make: MakePerson, debate: ServedDebate) -> dict[str, Person]:
    """Every size and language, at the top and scrolled; long forms, half filled in."""
    pages = {}
    for size in SIZES:
        ready = Phones(make, debate, LONG_NAME, size)
        for language, scroll in product(LANGUAGES, (0, SCROLLED)):
            someone = ready.open(locale=language)
            someone.page.evaluate("(by) => scrollTo(0, by)", scroll)
            pages[f"{size[0]} {language} {scroll}"] = someone
        form = Phones(make, debate, "BRA", size).open()
        form.page.locator("[name=name]").fill("Helena Moraes Prado")
        form.button.scroll_into_view_if_needed()
        pages[f"{size[0]} form"] = form
    return pages


def wait_until(debate: ServedDebate, seconds: float) -> None:
    """So many seconds from the opening; before it, when they are negative."""
    left = (to_micros(debate.stored.opens_at) - utc_clock.micros()) / 1e6 + seconds
    time.sleep(max(0, left))


def park(someone: Person) -> None:
    """The pointer rests on the button that sleeps."""
    box = someone.button.bounding_box()
    someone.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)


@pytest.mark.timeout(400)
@pytest.mark.usefixtures("patience")
def test_nothing_moves_from_the_last_minute_to_the_press_and_a_pointer_that_waited_registers(
    closed_debate: ServedDebate, person: MakePerson
) -> None:
    debate = closed_debate
    parked = dict(zip(("KEN", "MEX", "JPN"), SIZES, strict=True))
    debate.prepare(LONG_NAME, *parked)
    pages = open_pages(person, debate)
    control = Phones(person, debate, LONG_NAME, SIZES[0]).open()
    style(control.page, AS_IT_WAS)
    pointers = {code: Phones(person, debate, code, size).open() for code, size in parked.items()}
    cut = pages["390 ru 0"]
    cut.expects(NO_CONNECTION)

    debate.open_in(MINUTE + 30)
    opens_at = to_micros(debate.stored.opens_at)
    span = (opens_at / 1000 - MINUTE * 1000, opens_at / 1000 + AFTER * 1000)
    for each in (*pages.values(), control):
        told = each.page.locator(f"#standing[data-opens-at='{opens_at}']")
        expect(told).to_be_attached()
        watch(each.page, PARTS, *span)
    for each in pointers.values():
        expect(each.button).to_have_text(re.compile(r"1\smin"))
        park(each)
    wait_until(debate, -20)
    debate.say(WORDS)
    wait_until(debate, -15)
    cut.page.evaluate(NOTE_DOWN)
    cut.context.set_offline(True)
    cut.page.wait_for_function("wasDown", timeout=MANY)
    cut.context.set_offline(False)
    wait_until(debate, SOON)
    for each in pointers.values():
        each.page.mouse.down()
        each.page.mouse.up()

    for code, each in pointers.items():
        expect(each.number).to_be_in_viewport(ratio=1)
        assert debate.registration(code)
    wait_until(debate, AFTER)
    for each in pages.values():
        each.page.wait_for_function("watched.isOver", timeout=MANY)
    assert {name: found for name, each in pages.items() if (found := moves(each.page))} == {}
    assert min(frames(each.page) for each in pages.values()) > AFTER * 2
    for each in pages.values():
        expect(each.page.locator("#standing .message")).to_be_visible()
        expect(each.button).not_to_have_attribute("aria-disabled", "true")
    assert any(move.startswith(BUTTON) for move in moves(control.page))


def test_a_press_too_early_is_told_at_the_button_and_moves_nothing(
    closed_debate: ServedDebate, delegate: Callable[..., Person]
) -> None:
    """From a page whose clock is two hours fast, until the answer makes it ask for the time."""
    closed_debate.prepare("KEN")
    kenya = delegate(closed_debate)
    kenya.expects("status of 422", NO_CONNECTION)
    kenya.page.route("**/clock", lambda route: route.abort())
    kenya.page.add_init_script(FAST)
    kenya.page.reload()
    expect(kenya.button).to_have_text("Register Kenya")
    expect(kenya.live).to_have_text("Live")
    kenya.button.focus()
    watch(kenya.page, PARTS)
    kenya.page.unroute("**/clock")
    kenya.page.keyboard.press("Enter")
    expect(kenya.page.locator("#press_said")).to_have_text(EARLY)
    expect(kenya.page.locator("#said")).to_have_text(EARLY)
    expect(kenya.button).to_have_text(re.compile("^Opens in "))
    expect(kenya.button).to_be_focused()
    assert [move for move in moves(kenya.page) if move.startswith(("scroll", "h1", BUTTON))] == []
    assert closed_debate.registration("KEN") is None
    closed_debate.open_in(2)
    expect(kenya.button).to_have_text("Register Kenya")
    kenya.page.keyboard.press("Enter")
    expect(kenya.number).to_have_text("1")


def test_a_postponement_leaves_the_buttons_place_empty_and_moves_nothing(
    closed_debate: ServedDebate, delegate: Callable[..., Person]
) -> None:
    closed_debate.prepare("KEN")
    kenya = delegate(closed_debate).wait_until_live()
    style(kenya.page, UNANCHORED)
    kenya.page.evaluate("(by) => scrollTo(0, by)", SCROLLED)
    watch(kenya.page, ("h1", "#standing", BUTTON, "#speaker .edit"))
    closed_debate.postpone("The chair travels.")
    expect(kenya.button).to_be_hidden()
    expect(kenya.standing).to_contain_text("The chair travels.")
    closed_debate.resume()
    expect(kenya.button).to_be_visible()
    expect(kenya.button).to_have_text(re.compile("^Opens in "))
    assert moves(kenya.page) == []
