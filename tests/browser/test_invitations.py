"""Invitations at a laptop: the list follows the phones, and a renewed link ends their pages."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.house import House
from tests.browser.people import REFUSED, Person
from tests.browser.server import ADMIN_NAME

pytestmark = pytest.mark.browser


def test_an_opening_shows_at_once_and_a_renewed_link_ends_the_phone(
    open_house: House, delegate: Callable[..., Person], clerk: Callable[[House], Person]
) -> None:
    anna = clerk(open_house)
    anna.page.get_by_role("button", name="Sign out").click()
    anna.sign_in(open_house, ADMIN_NAME)
    anna.page.goto(open_house.console("/invitations?q=kenya"))
    anna.wait_until_live()
    expect(anna.page.locator("#invitation_list")).to_contain_text("Not opened yet")
    kenya = delegate(open_house).wait_until_live()
    expect(anna.page.locator("#invitation_list")).to_contain_text("1 phone")

    anna.page.get_by_role("link", name="Kenya").click()
    anna.page.get_by_role("button", name="Make a new link").click()
    expect(anna.page.get_by_label("Personal link")).to_be_visible()
    kenya.expects(REFUSED, "status of 404")
    expect(kenya.live).to_have_text("This page is signed out.", timeout=5000)
