"""Verification with the keyboard alone, and two people at it."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.people import Person
from tests.browser.served_debate import ServedDebate
from tests.browser.server import PASSWORD, STAFF_NAME
from tests.letters import factories, pdfs

pytestmark = pytest.mark.browser

Clerk = Callable[[ServedDebate], Person]


def at_verification(debate: ServedDebate, clerk: Clerk) -> Person:
    """Somebody with the first letter to read in front of them, its picture drawn."""
    vera = clerk(debate)
    vera.page.goto(debate.console("/letters"))
    return look(vera)


def look(someone: Person) -> Person:
    picture = someone.page.get_by_role("img", name="Page 1")
    expect(picture).to_have_js_property("complete", True)
    if someone.page.locator("#decision").count():
        expect(someone.page.locator("#decision")).to_have_attribute("data-awake", "")
    return someone.wait_until_live()


def expect_letter_and_look(someone: Person, name: str) -> None:
    expect_letter_of(someone, name)
    look(someone)


def expect_letter_of(someone: Person, name: str) -> None:
    expect(someone.page.get_by_role("heading", level=1)).to_contain_text(f"Letter of {name}")


def test_letters_are_decided_with_the_keyboard_only(
    open_debate: ServedDebate, clerk: Clerk, delegate: Callable[..., Person]
) -> None:
    open_debate.prepare("BRA", "KEN", "EGY")
    open_debate.register("BRA", "KEN", "EGY")
    kenya = delegate(open_debate).wait_until_live()
    vera = at_verification(open_debate, clerk)
    keys = vera.page.keyboard
    expect_letter_of(vera, "Brazil")
    keys.press("j")
    expect_letter_of(vera, "Kenya")
    keys.press("k")
    expect_letter_and_look(vera, "Brazil")
    keys.press("a")
    expect_letter_and_look(vera, "Kenya")
    expect(vera.page.locator(".decided")).to_contain_text("Brazil: accepted.")
    remark = vera.page.get_by_label("In your own words")
    keys.press("r")
    expect(vera.page.locator("#verification_said")).to_contain_text("press c to write it; then r.")
    keys.press("4")
    expect(vera.page.get_by_role("checkbox", name="Has a signature")).to_be_checked()
    keys.press("c")
    expect(remark).to_be_focused()
    keys.type("a page is missing")
    keys.press("Escape")
    expect(remark).to_have_value("a page is missing")
    keys.press("a")
    expect(vera.page.locator("#verification_said")).to_contain_text("Take the mark away to accept")
    expect_letter_of(vera, "Kenya")
    keys.press("r")
    expect_letter_of(vera, "Egypt")
    expect(kenya.standing).to_contain_text("The letter is not signed.")
    expect(kenya.standing).to_contain_text("a page is missing")
    keys.press("u")
    expect_letter_of(vera, "Kenya")
    expect(kenya.standing).to_contain_text("Letter being read by the Presidency")
    for _ in ("Kenya", "Egypt"):
        look(vera)
        keys.press("a")
        expect(vera.page.locator(".decided")).to_be_visible()
        vera.page.wait_for_url(re.compile("decided="))
    expect(vera.page.get_by_role("heading", level=1)).to_have_text("Every letter is read")
    states = [open_debate.registration(code).letter.state for code in ("BRA", "KEN", "EGY")]
    assert states == ["accepted"] * 3


JUST_OPENED = """(() => {
    const now = performance.now.bind(performance);
    performance.now = () => (window.isLater ? now() + 1000 : 100);
})()"""
"""A page that was opened a tenth of a second ago, until it is told that it is later."""


def test_the_second_of_two_quick_presses_decides_nothing(
    open_debate: ServedDebate, clerk: Clerk
) -> None:
    open_debate.prepare("BRA", "KEN")
    open_debate.register("BRA", "KEN")
    vera = at_verification(open_debate, clerk)
    vera.page.add_init_script(JUST_OPENED)
    vera.page.keyboard.press("a")
    vera.page.wait_for_url(re.compile("decided="))
    vera.page.keyboard.press("a")
    expect(vera.page.locator("h1")).to_contain_text("Kenya")
    states = [open_debate.registration(code).letter.state for code in ("BRA", "KEN")]
    assert states == ["accepted", "pending"]
    vera.page.evaluate("isLater = true")
    expect_letter_and_look(vera, "Kenya")
    vera.page.keyboard.press("a")
    # The control: not so quick.
    expect(vera.page.get_by_role("heading", level=1)).to_have_text("Every letter is read")
    assert open_debate.registration("KEN").letter.state == "accepted"


def test_a_dangerous_file_is_downloaded_only_behind_its_warning(
    open_debate: ServedDebate, clerk: Clerk, delegate: Callable[..., Person]
) -> None:
    open_debate.prepare("KEN")
    kenya = delegate(open_debate)
    kenya.page.goto(open_debate.page("KEN", "/letter"))
    content = pdfs.ACTIVE["script encrypted"][0]()
    kenya.choose_letter(content, "acts.pdf")
    kenya.page.get_by_role("button", name="Send the letter").click()
    expect(kenya.page.locator("#letter_box")).to_contain_text("acts.pdf", timeout=20_000)
    expect(kenya.page.get_by_text("The letter has arrived.")).to_be_visible()
    open_debate.register("KEN")
    vera = at_verification(open_debate, clerk)
    expect(vera.page.locator(".marks")).to_contain_text("It contains a program (JavaScript).")
    vera.page.get_by_role("link", name="acts.pdf").click()
    expect(vera.page.get_by_role("heading", name="Before you download")).to_be_visible()
    with vera.page.expect_download() as download:
        vera.page.get_by_role("link", name="Download all the same").click()
    assert download.value.suggested_filename == "acts.pdf"


def test_the_page_that_waits_shows_the_next_letter_by_itself(
    open_debate: ServedDebate, clerk: Clerk
) -> None:
    vera = clerk(open_debate)
    vera.page.goto(open_debate.console("/letters"))
    vera.wait_until_live()
    open_debate.prepare("KEN")
    open_debate.register("KEN")
    expect_letter_of(vera, "Kenya")


def test_two_at_verification_are_told_of_each_other(
    open_debate: ServedDebate, clerk: Clerk, admin: Clerk
) -> None:
    open_debate.prepare("KEN")
    open_debate.register("KEN")
    vera, other = at_verification(open_debate, clerk), admin(open_debate)
    other.page.goto(vera.page.url)
    look(other)
    expect(other.page.locator("#verification_now")).to_contain_text("Also being read by vera")
    expect(vera.page.locator("#verification_now")).to_contain_text("Also being read by anna")
    vera.page.keyboard.press("a")
    expect(vera.page.locator(".decided")).to_be_visible()
    expect(other.page.locator("#verification_now")).to_contain_text("Accepted · vera")
    other.page.keyboard.press("a")
    other.page.keyboard.press("r")
    expect(other.page.get_by_role("button", name="Accept")).to_have_attribute(
        "aria-disabled", "true"
    )
    assert open_debate.registration("KEN").letter.state == "accepted"


TYPED = """([key, code, more]) => document.body.dispatchEvent(
    new KeyboardEvent("keydown", { key, code, bubbles: true, cancelable: true, ...more }))"""
"""A key as a keyboard of another country sends it: Chromium's own has the American layout."""
LAYOUTS = (
    ("&", "Digit1", 1),  # French
    ("-", "Digit6", 6),
    ("+", "Digit1", 1),  # Czech
    ("\u0661", "Digit1", 1),  # Arabic
    ("\u0e45", "Digit1", 1),  # Thai
)


def test_keys_are_found_on_any_keyboard(open_debate: ServedDebate, clerk: Clerk) -> None:
    open_debate.prepare("BRA", "KEN")
    open_debate.register("BRA", "KEN")
    vera = at_verification(open_debate, clerk)
    boxes, said = vera.page.locator("[name=reasons]"), vera.page.locator("#verification_said")

    def types(key: str, code: str, **more: object) -> None:
        vera.page.evaluate(TYPED, [key, code, more])

    for key, code, number in LAYOUTS:
        types(key, code)
        expect(boxes.nth(number - 1)).to_be_checked()
        types(key, code)
        expect(boxes.nth(number - 1)).not_to_be_checked()
    assert vera.page.evaluate("localStorage['rostrum.zoom']") is None
    for modifier in ("ctrlKey", "altKey", "metaKey", "modifierAltGraph", "isComposing", "repeat"):
        types("4", "Digit4", **{modifier: True})
    types("4", "KeyA", repeat=True)
    expect(boxes.nth(3)).not_to_be_checked()
    types("q", "KeyA")  # French: what it prints counts
    types("к", "KeyR")  # Russian
    expect(said).to_contain_text("Mark what is missing")
    types("ο", "KeyJ")  # Greek: to Kenya and back
    expect_letter_and_look(vera, "Kenya")
    types("л", "KeyK")
    expect_letter_and_look(vera, "Brazil")
    types("ф", "KeyA", repeat=True)
    types("ش", "KeyA")  # Arabic
    expect(vera.page.locator(".decided")).to_contain_text("Brazil: accepted.")


WHOLE = """() => {
    const sheet = document.querySelector(".sheet").getBoundingClientRect();
    const page = document.querySelector(".leaf").getBoundingClientRect();
    return page.top >= sheet.top && page.bottom <= sheet.bottom + 1
        && page.left >= sheet.left && page.right <= sheet.right + 1
        && Math.max(page.width / sheet.width, page.height / sheet.height) > 0.9;
}"""
"""Whether the first page is seen whole, and as large as it can be."""
TOP = "document.querySelector('.sheet').scrollTop"


def test_a_page_is_seen_whole_enlarged_turned_and_scrolled(
    open_debate: ServedDebate, clerk: Clerk
) -> None:
    open_debate.prepare("BRA", "KEN")
    open_debate.register("BRA", "KEN")
    vera = at_verification(open_debate, clerk)
    keys, leaf = vera.page.keyboard, vera.page.locator(".leaf")
    picture = vera.page.get_by_role("img", name="Page 1")
    assert vera.page.evaluate(WHOLE)
    before = leaf.bounding_box()
    keys.press("t")
    turned, inside = leaf.bounding_box(), picture.bounding_box()
    assert turned["width"] > turned["height"], "a page on its side is wider than high"
    assert vera.page.evaluate(WHOLE)
    for side in ("x", "y", "width", "height"):
        assert inside[side] == pytest.approx(turned[side], abs=3), "nothing of it is cut off"
    for _ in range(3):
        keys.press("t")
    keys.press("+")
    keys.press("+")
    assert leaf.bounding_box()["width"] == pytest.approx(before["width"] * 2, abs=2)
    keys.press("Home")
    tops = [vera.page.evaluate(TOP)]
    for key in ("Space", "PageDown", "ArrowUp", "Shift+Space", "PageUp", "End"):
        keys.press(key)
        tops.append(vera.page.evaluate(TOP))
    first, one, two, up, back, again, last = tops
    assert first == again == 0
    assert first < one < two == last
    assert two > up > back
    keys.press("j")
    expect_letter_and_look(vera, "Kenya")
    assert leaf.bounding_box()["width"] == pytest.approx(before["width"] * 2, abs=2)
    keys.press("0")
    assert vera.page.evaluate(WHOLE)


def test_a_page_too_long_to_be_seen_whole_is_wide_enough_to_read_and_scrolls(
    open_debate: ServedDebate, clerk: Clerk, delegate: Callable[..., Person]
) -> None:
    open_debate.prepare("KEN")
    kenya = delegate(open_debate)
    kenya.page.goto(open_debate.page("KEN", "/letter"))
    kenya.choose_letter(factories.a_png((540, 4500)), "long.png")
    kenya.page.get_by_role("button", name="Send the letter").click()
    expect(kenya.page.locator("#letter_box")).to_contain_text("long.png", timeout=20_000)
    open_debate.register("KEN")
    vera = at_verification(open_debate, clerk)
    room = vera.page.locator(".sheet").bounding_box()
    leaf = vera.page.locator(".leaf")
    assert leaf.bounding_box()["width"] > room["height"] / 2
    vera.page.keyboard.press("PageDown")
    assert 0 < vera.page.evaluate(TOP) < room["height"]


def test_verification_does_not_scroll_on_a_laptop(open_debate: ServedDebate, clerk: Clerk) -> None:
    open_debate.prepare("KEN")
    open_debate.register("KEN")
    vera = at_verification(open_debate, clerk)
    size = "[document.scrollingElement.scrollHeight, innerHeight]"
    height, room = vera.page.evaluate(size)
    assert height <= room
    for name in ("Accept", "Return"):
        expect(vera.page.get_by_role("button", name=name)).to_be_in_viewport(ratio=1)


def test_keys_can_be_switched_off_and_rest_while_somebody_types(
    open_debate: ServedDebate, clerk: Clerk
) -> None:
    open_debate.prepare("KEN")
    open_debate.register("KEN")
    vera = at_verification(open_debate, clerk)
    remark = vera.page.get_by_label("In your own words")
    remark.fill("")
    remark.press_sequentially("ar4?")
    expect(remark).to_have_value("ar4?")
    expect(vera.page.get_by_role("checkbox", name="Has a signature")).not_to_be_checked()
    vera.page.keyboard.press("Escape")
    vera.page.keyboard.press("?")
    vera.page.get_by_role("switch", name="Keys are on").uncheck()
    vera.page.get_by_role("button", name="Close").click()
    vera.page.keyboard.press("a")
    vera.page.keyboard.press("4")
    expect(vera.page.get_by_role("checkbox", name="Has a signature")).not_to_be_checked()
    assert open_debate.registration("KEN").letter.state == "pending"


def test_who_must_sign_in_is_back_at_the_letter_with_what_was_written(
    open_debate: ServedDebate, clerk: Clerk
) -> None:
    open_debate.prepare("KEN")
    open_debate.register("KEN")
    vera = at_verification(open_debate, clerk)
    letter = vera.page.url
    vera.page.get_by_label("In your own words").fill("A page is missing.")
    vera.page.keyboard.press("Escape")
    vera.page.keyboard.press("4")
    vera.page.context.clear_cookies(name=re.compile("staff"))
    vera.page.keyboard.press("r")
    vera.page.get_by_label("Name").fill(STAFF_NAME)
    vera.page.get_by_label("Password").fill(PASSWORD)
    vera.page.get_by_role("button", name="Sign in").click()
    expect(vera.page).to_have_url(letter)
    expect(vera.page.get_by_label("In your own words")).to_have_value("A page is missing.")
    expect(vera.page.get_by_role("checkbox", name="Has a signature")).to_be_checked()
    assert open_debate.registration("KEN").letter.state == "pending"
