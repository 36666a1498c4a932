"""Another language in a real browser: what is typed stays, and Arabic reads from the right."""

from __future__ import annotations

from collections.abc import Callable
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Browser, Route, expect

from tests.browser.people import Person
from tests.browser.served_debate import ServedDebate
from tests.browser.server import Server

pytestmark = pytest.mark.browser


def test_what_is_typed_stays_in_another_language(server: Server, chromium: Browser) -> None:
    debate = ServedDebate(server, 3600)
    someone = Person(chromium, viewport={"width": 320, "height": 568}).follow_link(debate, "KEN")
    someone.wait_until_live().type_speaker(name="Njeri wa Kamau")
    expect(someone.page.locator("#kept")).to_contain_text("Nothing is missing")
    someone.page.locator(".languages summary").click()
    someone.page.locator(".languages [lang=ar]").click()
    expect(someone.page.locator("html")).to_have_attribute("dir", "rtl")
    expect(someone.page.locator("#speaker")).to_contain_text("Njeri wa Kamau")
    expect(someone.page.locator("#speaker")).to_contain_text("الممثل الدائم")
    someone.wait_until_live()
    assert someone.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    expect(someone.standing).to_contain_text("تُفتح القائمة بعد")
    expect(someone.button).to_contain_text("تُفتح بعد")
    there = debate.stored.opens_at.astimezone(ZoneInfo("Africa/Nairobi"))
    own_time = someone.standing.locator(".own-time")
    expect(own_time).to_contain_text(f"{there.hour}:{there:%M} بتوقيتك")
    someone.page.goto(f"{debate.page('KEN')}?lang=fr")
    expect(own_time).to_contain_text(f"{there.hour} h {there:%M} chez vous")
    assert someone.unexpected() == []
    someone.close()


def test_the_menu_of_languages_marks_the_present_one_and_closes_on_escape_and_beside_it(
    closed_debate: ServedDebate, delegate: Callable[..., Person]
) -> None:
    page = delegate(closed_debate).page
    summary = page.locator(".languages summary")
    present = page.locator(".languages [aria-current=true]")
    summary.click()
    expect(present).to_have_text("English")
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    expect(present).to_be_hidden()
    expect(summary).to_be_focused()
    summary.click()
    expect(present).to_be_visible()
    page.mouse.click(60, 600)
    expect(present).to_be_hidden()


def test_a_letter_on_its_way_arrives_before_the_language_changes(
    closed_debate: ServedDebate, delegate: Callable[..., Person]
) -> None:
    kenya = delegate(closed_debate).wait_until_live()
    held: list[Route] = []
    kenya.page.route("**/KEN/letter", lambda route: held.append(route))  # noqa: PLW0108  Playwright marks it
    kenya.type_speaker()
    with kenya.page.expect_request("**/KEN/letter"):
        kenya.choose_letter(closed_debate.letter_of("KEN"), "letter.pdf")
    choose(kenya, "ar")
    expect(kenya.page.locator(".progress").first).to_be_visible()
    expect(kenya.page.locator("#sending")).to_be_visible()
    expect(kenya.page.locator("html")).to_have_attribute("lang", "en")
    kenya.page.locator("[name=name]").fill("Njeri wa Kamau")
    held[0].continue_()
    expect(kenya.page.locator("html")).to_have_attribute("lang", "ar")
    expect(kenya.page.locator("main")).to_contain_text("letter.pdf")
    kenya.page.goto(closed_debate.page("KEN", "/speaker"))
    expect(kenya.page.locator("[name=name]")).to_have_value("Njeri wa Kamau")


def test_every_form_keeps_what_was_typed_and_the_menu_names_what_stays_behind(
    open_debate: ServedDebate, delegate: Callable[..., Person]
) -> None:
    open_debate.register("KEN", "BRA")
    brazil = str(open_debate.registration("BRA").id)
    kenya = delegate(open_debate)
    for rest, name, typed in (
        ("", "before", "7"),
        ("/later", "place", "2"),
        ("/swaps", "other", brazil),
    ):
        kenya.page.goto(open_debate.page("KEN", f"{rest}?lang=en"))
        field = kenya.page.locator(f"[name={name}]")
        if name == "before":
            kenya.page.locator("summary", has_text="Tell me when").click()
        field.select_option(typed) if name == "other" else field.fill(typed)
        choose(kenya, "zh")
        expect(kenya.page.locator("html")).to_have_attribute("lang", "zh")
        expect(field).to_have_value(typed)
    kenya.page.goto(open_debate.page("KEN", "/letter"))
    kenya.page.locator(".languages summary").click()
    expect(kenya.page.locator(".languages .of-files")).to_be_visible()
    kenya.page.goto(open_debate.page("KEN", "/list"))
    kenya.page.locator(".languages summary").click()
    expect(kenya.page.locator(".languages .of-files")).to_be_hidden()


def choose(someone: Person, language: str) -> None:
    """Chooses another language from the menu."""
    someone.page.locator(".languages summary").click()
    someone.page.locator(f".languages [lang={language}]").click()
