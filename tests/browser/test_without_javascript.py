"""The main job where scripts do not run: one form with its file, a normal POST, a receipt."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.people import REFUSED, SPEAKER, Person
from tests.browser.served_debate import ServedDebate

pytestmark = pytest.mark.browser

Delegate = Callable[..., Person]


@pytest.fixture
def plain(delegate: Delegate) -> Delegate:
    """Makes a delegate whose phone runs no scripts."""

    def make(debate: ServedDebate, code: str = "KEN") -> Person:
        return delegate(debate, code, java_script_enabled=False)

    return make


def test_one_form_with_the_file_gives_a_place_and_a_receipt(
    open_debate: ServedDebate, plain: Delegate
) -> None:
    open_debate.register("BRA")
    kenya = plain(open_debate)
    kenya.type_speaker()
    kenya.choose_letter(open_debate.letter_of("KEN"), "lettre signée.pdf")
    kenya.button.click()
    expect(kenya.page).to_have_url(open_debate.page("KEN"))
    expect(kenya.number).to_have_text("2")
    expect(kenya.receipt).to_contain_text(open_debate.registration("KEN").reference)
    expect(kenya.receipt).to_contain_text("lettre signée.pdf")

    open_debate.withdraw("BRA")
    kenya.page.reload()
    expect(kenya.number).to_have_text("1")
    expect(kenya.why).to_contain_text("instead of 2: Brazil withdrew at ")
    assert open_debate.registration("KEN").arrival_number == 2


def test_a_press_too_early_keeps_everything_and_succeeds_after_the_opening(
    closed_debate: ServedDebate, plain: Delegate
) -> None:
    kenya = plain(closed_debate)
    kenya.expects(REFUSED)
    kenya.type_speaker()
    kenya.choose_letter(closed_debate.letter_of("KEN"), "lettre signée.pdf")
    kenya.button.click()
    expect(kenya.page.get_by_role("alert")).to_contain_text(
        re.compile(r"\d+\smin \d+\ss too early by this server’s clock\. Press again from \d")
    )
    expect(kenya.page).to_have_title(re.compile("^Error: "))
    for kept in (SPEAKER["name"], SPEAKER["functional_title"], "lettre signée.pdf"):
        expect(kenya.page.locator("#details")).to_contain_text(kept)
    assert closed_debate.registration("KEN") is None

    closed_debate.open_in(0)
    kenya.button.click()
    expect(kenya.number).to_have_text("1")
    expect(kenya.page).to_have_url(closed_debate.page("KEN"))
    expect(kenya.receipt).to_contain_text("lettre signée.pdf")


def test_what_is_wrong_is_said_and_what_was_typed_stays(
    open_debate: ServedDebate, plain: Delegate
) -> None:
    kenya = plain(open_debate)
    kenya.expects(REFUSED)
    kenya.type_speaker(contact_email="nowhere")
    kenya.choose_letter(open_debate.letter_of("KEN"))
    kenya.button.click()
    expect(kenya.page.get_by_role("alert")).to_contain_text("This is not an e-mail address.")
    expect(kenya.page.locator("[name=name]")).to_have_value(SPEAKER["name"])
    expect(kenya.page.locator("#letter_box")).to_contain_text("letter.pdf")
    kenya.page.locator("[name=contact_email]").fill("pm@kenya.example")
    kenya.button.click()
    expect(kenya.number).to_have_text("1")


def test_speaker_letter_and_place_can_be_changed(
    open_debate: ServedDebate, plain: Delegate
) -> None:
    open_debate.register("KEN", "BRA")
    kenya = plain(open_debate)
    kenya.page.get_by_role("link", name="Change the speaker").click()
    kenya.page.get_by_label("Full name").fill("Joseph Kiprop Bett")
    kenya.page.get_by_role("button", name="Save").click()
    expect(kenya.page.locator("#page_body")).to_contain_text("Joseph Kiprop Bett")

    kenya.page.get_by_role("link", name="Replace the letter").first.click()
    kenya.choose_letter(open_debate.letter_of("KEN"), "second letter.pdf")
    kenya.page.get_by_role("button", name="Send the letter").click()
    expect(kenya.held_letter).to_contain_text("second letter.pdf")
    expect(kenya.number).to_have_text("1")

    kenya.page.get_by_role("link", name="Give up the place").click()
    kenya.page.get_by_role("button", name="Give it up").click()
    expect(kenya.page.locator("#change")).to_contain_text("It happens at ")
    kenya.page.get_by_role("button", name="Take back").click()
    expect(kenya.number).to_have_text("1")
    kenya.page.get_by_role("link", name="Give up the place").click()
    kenya.page.get_by_role("button", name="Give it up").click()
    open_debate.ten_seconds_pass()
    kenya.page.get_by_role("link", name="Back to your page").click()
    expect(kenya.standing).to_contain_text("Your place was given up")
    kenya.button.click()
    expect(kenya.number).to_have_text("2")
