"""A new admin: from the one-time link over the authenticator to the console, and in again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from itertools import count

import pyotp
import pytest
from playwright.sync_api import expect

from rostrum.clock import utc_clock
from tests.browser.people import Person
from tests.browser.served_debate import ServedDebate

pytestmark = pytest.mark.browser

NEW = "another long password"
_numbers = count(1)


def test_a_new_admin_sets_a_password_an_authenticator_and_signs_in_with_a_code(
    closed_debate: ServedDebate,
    admin: Callable[[ServedDebate], Person],
    person: Callable[..., Person],
) -> None:
    name, anna, ben = f"ben{next(_numbers)}", admin(closed_debate), person()
    home = f"{closed_debate.server.url}/staff"
    anna.page.goto(f"{home}/people")
    anna.page.get_by_label("Name").fill(name)
    anna.page.get_by_label("Role").select_option("admin")
    anna.page.get_by_role("button", name="Add and make a link").click()

    ben.page.goto(anna.page.get_by_label("One-time link").input_value())
    ben.page.get_by_label("New password").fill(NEW)
    ben.page.get_by_label("The same again").fill(NEW)
    ben.page.get_by_role("button", name="Set the password").click()
    type_password(ben, name)
    expect(ben.page).to_have_url(f"{home}/account/authenticator")
    app = pyotp.TOTP(ben.page.locator(".totp-key").inner_text().replace(" ", ""))
    ben.page.get_by_label("Code of six digits").fill(app.at(utc_clock.now()))
    ben.page.get_by_role("button", name="Set it up").click()
    expect(ben.page.locator(".recovery li")).to_have_count(10)
    ben.page.get_by_role("link", name="I keep them safe").click()
    expect(ben.page).to_have_url(home)

    ben.page.get_by_role("button", name="Sign out").click()
    type_password(ben, name)
    # The code of now was used up by the set-up; a phone half a minute ahead has the next one.
    ben.page.get_by_label("Code of six digits").fill(
        app.at(utc_clock.now() + timedelta(seconds=30))
    )
    ben.page.get_by_role("button", name="Sign in", exact=True).click()
    expect(ben.page).to_have_url(home)


def type_password(someone: Person, name: str) -> None:
    someone.page.get_by_label("Name").fill(name)
    someone.page.get_by_label("Password").fill(NEW)
    someone.page.get_by_role("button", name="Sign in").click()
