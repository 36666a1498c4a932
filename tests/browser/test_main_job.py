"""The main job: a delegation prepares, presses once at the opening, and holds its place."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.drawn_letters import a_letter, a_photo_of_a_letter
from tests.browser.people import NO_CONNECTION, Person
from tests.browser.served_debate import ServedDebate

pytestmark = pytest.mark.browser

ASLEEP = re.compile(r"Opens in ")
Delegate = Callable[..., Person]


def test_two_phones_prepare_wait_press_and_are_told_live(
    closed_debate: ServedDebate, delegate: Delegate
) -> None:
    kenya, brazil = delegate(closed_debate, "KEN"), delegate(closed_debate, "BRA")
    letter = a_letter()
    kenya.type_speaker()
    kenya.page.get_by_role("button", name="Save for the opening").click()
    expect(kenya.page.locator("#speaker")).to_contain_text("Amina Wanjiru Otieno")
    kenya.choose_letter(letter, "lettre signée.pdf")
    expect(kenya.page.locator("#letter_box")).to_contain_text("lettre signée.pdf")
    brazil.type_speaker(name="Helena Moraes Prado")
    brazil.page.get_by_role("button", name="Save for the opening").click()
    expect(brazil.page.locator("#speaker")).to_contain_text("Helena Moraes Prado")
    brazil.choose_letter(a_photo_of_a_letter(), "photo.jpg")
    for phone in (kenya, brazil):
        expect(phone.standing).to_contain_text("Ready. At ")
        expect(phone.button).to_have_text(ASLEEP)

    closed_debate.open_in(3)
    for phone in (kenya, brazil):
        expect(phone.page.locator("[data-countdown]")).to_have_text(re.compile(r"^[0-3]\ss$"))
        expect(phone.button).to_have_attribute("aria-disabled", "true")
    for phone, name in ((kenya, "Kenya"), (brazil, "Brazil")):
        expect(phone.button).to_have_text(f"Register {name}", timeout=15_000)
        expect(phone.button).not_to_have_attribute("aria-disabled", "true")
        expect(phone.standing).to_contain_text("The list is open")
    assert closed_debate.registration("KEN") is None, "the page pressed by itself"

    brazil.button.click()
    expect(brazil.number).to_have_text("1")
    kenya.button.click()
    expect(kenya.number).to_have_text("2")
    expect(kenya.standing).to_contain_text("of 2 · 1 before you")
    expect(brazil.standing).to_contain_text("of 2 · nobody before you")
    expect_receipt(kenya, closed_debate, 2, "lettre signée.pdf", letter)

    brazil.page.get_by_role("link", name="Give up the place").click()
    expect(brazil.page.get_by_role("heading", name="Give up place 1?")).to_be_visible()
    brazil.page.get_by_role("button", name="Give it up").click()
    expect(brazil.page.locator("#change")).to_contain_text("You give up number 1")
    closed_debate.ten_seconds_pass()
    expect(kenya.number).to_have_text("1")
    expect(kenya.number).to_contain_class("is-new")
    expect(kenya.why).to_have_text(
        re.compile(r"You are now number 1 instead of 2: Brazil withdrew at \d+:\d\d:\d\d\.")
    )
    brazil.page.get_by_role("link", name="Back to your page").click()
    expect(brazil.standing).to_contain_text("Your place was given up")
    expect_receipt(kenya, closed_debate, 2, "lettre signée.pdf", letter)


def expect_receipt(
    phone: Person, debate: ServedDebate, arrival: int, name: str, letter: bytes
) -> None:
    """Arrival number, instant in both zones, file and its fingerprint, reference."""
    held = debate.registration("KEN")
    micros = held.received_at.microsecond // 1000
    expect(phone.receipt).to_contain_text(held.reference)
    lines = phone.receipt.locator("dd")
    expect(lines).to_have_count(5)
    expect(lines.nth(0)).to_have_text(str(arrival))
    expect(lines.nth(1)).to_have_text(re.compile(rf"\d{{4}} ·\s+\d+:\d\d:\d\d\.{micros:03d}\s*$"))
    expect(lines.nth(2)).to_have_text(f"{held.received_at:%Y-%m-%dT%H:%M:%S}.{micros:03d}Z")
    expect(lines.nth(3)).to_have_text(name)
    expect(lines.nth(4)).to_have_text(hashlib.sha256(letter).hexdigest())


def test_what_was_typed_survives_the_upload_and_its_progress_is_seen(
    closed_debate: ServedDebate, delegate: Delegate
) -> None:
    kenya = delegate(closed_debate)
    kenya.type_speaker(name="Typed Before")
    slow_line = kenya.context.new_cdp_session(kenya.page)
    slow_line.send("Network.enable")
    slow = {"offline": False, "latency": 20, "downloadThroughput": -1, "uploadThroughput": 150_000}
    slow_line.send("Network.emulateNetworkConditions", slow)
    kenya.choose_letter(a_photo_of_a_letter(), "photo.jpg")
    expect(kenya.page.locator("progress")).to_be_visible()
    expect(kenya.page.locator("#letter_said")).to_have_text(
        re.compile("Sending \u2068photo\\.jpg\u2069: \u2068[1-9]\\d? %")
    )
    kenya.page.locator("[name=functional_title]").fill("Typed while it was sent")
    expect(kenya.page.locator("#letter_box")).to_contain_text("1 page", timeout=20_000)
    expect(kenya.page.locator("[name=name]")).to_have_value("Typed Before")
    expect(kenya.page.locator("[name=functional_title]")).to_have_value("Typed while it was sent")
    expect(kenya.page.locator("select[name=level]")).to_have_value("permanent_representative")


def test_a_colleagues_phone_shows_the_registration_by_itself(
    open_debate: ServedDebate, delegate: Delegate
) -> None:
    open_debate.prepare("KEN")
    phone = delegate(open_debate)
    colleague = delegate(open_debate).wait_until_live()
    expect(colleague.button).to_have_text("Register Kenya")
    phone.button.click()
    expect(colleague.number).to_have_text("1")
    expect(colleague.receipt).to_contain_text(open_debate.registration("KEN").reference)


def test_a_colleagues_press_returns_the_same_place(
    open_debate: ServedDebate, delegate: Delegate, person: Callable[..., Person]
) -> None:
    open_debate.prepare("KEN")
    phone, colleague = delegate(open_debate), person()
    colleague.expects(NO_CONNECTION)
    colleague.context.route("**/KEN/st*", lambda route: route.abort())
    colleague.follow_link(open_debate, "KEN")
    phone.button.click()
    expect(phone.number).to_have_text("1")
    colleague.button.click()
    expect(colleague.number).to_have_text("1")
    expect(colleague.page.locator(".notice")).to_have_text(
        re.compile(r"^Kenya is already registered: number 1, since \d+:\d\d:\d\d\.\d{3}\.$")
    )
    assert open_debate.registration("KEN").arrival_number == 1


def test_speaker_and_letter_can_be_corrected_and_the_place_stays(
    open_debate: ServedDebate, delegate: Delegate
) -> None:
    open_debate.register("BRA", "KEN")
    kenya = delegate(open_debate)
    kenya.page.get_by_role("link", name="Change the speaker").click()
    kenya.page.get_by_label("Full name").fill("Joseph Kiprop Bett")
    kenya.page.get_by_role("button", name="Save").click()
    expect(kenya.page.locator("#page_body")).to_contain_text("Joseph Kiprop Bett")
    expect(kenya.number).to_have_text("2")

    expect(kenya.receipt).to_contain_text("Letter of Kenya.pdf")
    kenya.page.get_by_role("link", name="Replace the letter").first.click()
    kenya.choose_letter(a_letter(signer="Joseph Kiprop Bett"), "second letter.pdf")
    kenya.page.get_by_role("button", name="Send the letter").click()
    expect(kenya.held_letter).to_contain_text("second letter.pdf")
    expect(kenya.receipt).to_contain_text("Letter of Kenya.pdf")
    expect(kenya.number).to_have_text("2")


def test_the_whole_list_changes_while_somebody_looks_at_it(
    open_debate: ServedDebate, delegate: Delegate
) -> None:
    open_debate.register("BRA", "KEN")
    kenya = delegate(open_debate)
    kenya.page.get_by_role("link", name="The whole list").click()
    places = kenya.page.locator(".places li")
    expect(places).to_have_text([re.compile("1 Brazil"), re.compile("2 Kenya")])
    kenya.wait_until_live()
    open_debate.register("JPN")
    expect(places).to_have_count(3)
    open_debate.withdraw("BRA")
    expect(places).to_have_text([re.compile("1 Kenya"), re.compile("2 Japan")])
    expect(kenya.page.locator(".is-own")).to_contain_text("Kenya")
    assert "@" not in kenya.page.locator("main").inner_text()
