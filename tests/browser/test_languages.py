"""Another language in a real browser: what is typed stays, and Arabic reads from the right."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.house import House
from tests.browser.people import Person
from tests.browser.server import Server

pytestmark = pytest.mark.browser


def test_what_is_typed_stays_in_another_language(server: Server, chromium: Browser) -> None:
    house = House(server, 3600)
    someone = Person(chromium, viewport={"width": 320, "height": 568}).follow_link(house, "KEN")
    someone.wait_until_live().type_speaker(name="Njeri wa Kamau")
    someone.page.locator(".languages summary").click()
    someone.page.locator(".languages [lang=ar]").click()
    expect(someone.page.locator("html")).to_have_attribute("dir", "rtl")
    expect(someone.page.locator("[name=name]")).to_have_value("Njeri wa Kamau")
    expect(someone.page.locator("select[name=level]")).to_have_value("permanent_representative")
    someone.wait_until_live()
    assert someone.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    expect(someone.standing).to_contain_text("تُفتح القائمة بعد")
    expect(someone.button).to_contain_text("تُفتح بعد")
    there = house.debate.opens_at.astimezone(ZoneInfo("Africa/Nairobi"))
    own_time = someone.standing.locator(".own-time")
    expect(own_time).to_contain_text(f"{there.hour}:{there:%M} بتوقيتك")
    someone.page.goto(f"{house.page('KEN')}?lang=fr")
    expect(own_time).to_contain_text(f"{there.hour} h {there:%M} chez vous")
    assert someone.unexpected() == []
    someone.close()
