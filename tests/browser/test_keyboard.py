"""A delegate with a keyboard and nothing else: each stop is seen, each act can be done."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.axe import violations
from tests.browser.drawn_letters import a_letter
from tests.browser.people import CHOICES, REFUSED, SPEAKER, Person
from tests.browser.served_debate import ServedDebate

pytestmark = pytest.mark.browser

RING = """() => {
    const stop = document.activeElement, drawn = stop.closest("label.save") ?? stop;
    const style = getComputedStyle(drawn);
    const ring = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 3;
    return ring ? "" : `${stop.tagName}.${stop.className} ${stop.name ?? ""} ${style.outline}`;
}"""
"""What has the focus and is not ringed by 3 px; a file's is round its button."""


def _go_to(page: Page, stop: Locator) -> None:
    """Presses Tab until `stop` has the focus; every stop on the way is ringed."""
    expect(stop).to_be_attached()
    for _ in range(80):
        page.keyboard.press("Tab")
        assert page.evaluate(RING) == ""
        if stop.evaluate("(e) => e === document.activeElement"):
            return
    raise AssertionError(f"no Tab leads to {stop}")


def _fill_in(page: Page) -> None:
    """The speaker's fields in their order; of a choice what it shows is typed."""
    values = SPEAKER | CHOICES
    for name in page.evaluate("[...details.elements].map((field) => field.name)"):
        if name in values:
            field = page.locator(f"#details [name={name}]")
            _go_to(page, field)
            option = field.locator(f"option[value='{values[name]}']")
            page.keyboard.type(option.inner_text() if name in CHOICES else values[name])
            expect(field).to_have_value(values[name])


def test_a_delegate_needs_no_pointer(
    open_debate: ServedDebate, person: Callable[..., Person]
) -> None:
    someone = person()
    page = someone.page
    page.goto(open_debate.link("KEN"))
    _go_to(page, page.get_by_role("button", name="Continue as Kenya"))
    page.keyboard.press("Enter")
    someone.wait_until_live()
    with page.expect_file_chooser() as chooser:
        _go_to(page, page.locator("#letter"))
        page.keyboard.press("Enter")
    letter = {"name": "letter.pdf", "mimeType": "application/pdf", "buffer": a_letter()}
    chooser.value.set_files(letter)
    expect(page.locator("#letter_box")).to_contain_text("received")
    _fill_in(page)
    _go_to(page, someone.button)
    page.keyboard.press("Enter")
    expect(someone.head).to_be_focused()
    expect(someone.number).to_have_text("1")
    _go_to(page, page.get_by_role("link", name="Give up the place"))
    page.keyboard.press("Enter")
    _go_to(page, page.get_by_role("button", name="Give it up"))
    page.keyboard.press("Enter")
    expect(page.locator("#change")).to_contain_text("You give up number 1")
    _go_to(page, page.get_by_role("button", name="Take back"))
    page.keyboard.press("Enter")
    expect(someone.number).to_have_text("1")


def test_what_is_wrong_takes_the_focus_and_leads_to_the_field(
    closed_debate: ServedDebate, delegate: Callable[..., Person]
) -> None:
    someone = delegate(closed_debate).wait_until_live()
    someone.expects(REFUSED)
    page = someone.page
    page.goto(f"{page.url}?lang=ar")
    save = page.locator("button.save[type=submit]")
    save.focus()
    page.keyboard.press("Enter")
    summary = page.locator(".summary")
    expect(summary).to_be_focused()
    expect(page).to_have_title(summary.get_attribute("data-title") + " كينيا · Rostrum")
    assert violations(page) == []
    _go_to(page, summary.get_by_role("link").first)
    said = page.evaluate("document.activeElement.textContent")
    page.keyboard.press("Enter")
    field = page.locator("[aria-invalid=true]").first
    expect(field).to_be_focused()
    described = field.get_attribute("aria-describedby").split()[0]
    expect(page.locator(f"#{described}")).to_have_text(said)


def test_without_scripts_the_page_begins_at_what_is_wrong(
    closed_debate: ServedDebate, delegate: Callable[..., Person]
) -> None:
    someone = delegate(closed_debate, java_script_enabled=False)
    someone.expects(REFUSED)
    someone.page.get_by_role("button", name="Save for the opening").click()
    expect(someone.page).to_have_title("Error: Kenya · Rostrum")
    expect(someone.page.locator(".summary")).to_be_focused()
