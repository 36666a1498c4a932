"""Invitations at a laptop: the list follows the phones, and a renewed link ends their pages."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.people import REFUSED, Person
from tests.browser.served_debate import ServedDebate
from tests.browser.server import ADMIN_NAME

pytestmark = pytest.mark.browser


def test_an_opening_shows_at_once_and_a_renewed_link_ends_the_phone(
    open_debate: ServedDebate,
    delegate: Callable[..., Person],
    clerk: Callable[[ServedDebate], Person],
) -> None:
    anna = clerk(open_debate)
    anna.page.get_by_role("button", name="Sign out").click()
    anna.sign_in(open_debate, ADMIN_NAME)
    anna.page.goto(open_debate.console("/invitations?q=kenya"))
    anna.wait_until_live()
    expect(anna.page.locator("#invitation_list")).to_contain_text("Not opened yet")
    kenya = delegate(open_debate).wait_until_live()
    expect(anna.page.locator("#invitation_list")).to_contain_text("1 phone")

    anna.page.get_by_role("link", name="Link… (Kenya)").click()
    anna.page.get_by_text("Make a new link…").click()
    anna.page.get_by_role("button", name="Make a new link", exact=True).click()
    expect(anna.page.get_by_label("Personal link")).to_be_visible()
    kenya.expects(REFUSED, "status of 404")
    expect(kenya.live).to_contain_text("Your invitation link was renewed", timeout=5000)
