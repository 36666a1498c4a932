"""Running a debate while delegates look on: what an admin changes is on their pages at once."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from rostrum.web.forms.fields import wall_time
from tests.browser.people import REFUSED, Person
from tests.browser.served_debate import ServedDebate

pytestmark = pytest.mark.browser

Delegate = Callable[..., Person]
Admin = Callable[[ServedDebate], Person]
WHY = "The chair travels."


def test_a_moved_opening_reaches_every_open_page(
    closed_debate: ServedDebate, delegate: Delegate, admin: Admin
) -> None:
    closed_debate.prepare("KEN")
    kenya = delegate(closed_debate).wait_until_live()
    countdown = kenya.standing.locator(".countdown")
    expect(countdown).to_have_text(re.compile(r"^(1\sh 0|59)\smin"))
    anna = admin(closed_debate)
    anna.expects(REFUSED)
    anna.page.get_by_role("link", name="Settings").click()
    anna.page.get_by_role("link", name="Change the settings").click()
    later = closed_debate.stored.opens_at + timedelta(hours=2)
    anna.page.get_by_label("The list opens").fill(wall_time(later))
    anna.page.get_by_role("button", name="Save").click()
    expect(anna.page.locator("#reason_error")).to_contain_text("Say why this changes")
    anna.page.get_by_label("Reason the delegations read").fill(WHY)
    anna.page.get_by_role("button", name="Save").click()
    expect(countdown).to_have_text(re.compile(r"^(3\sh 0|2\sh 59)\smin"))
    expect(kenya.standing).to_contain_text("The opening moved from ")
    expect(kenya.standing).to_contain_text(WHY)
    expect(kenya.button).to_have_text(re.compile(r"^Opens in (3\sh 0|2\sh 59)\smin"))


def test_the_list_opens_by_hand_under_a_waiting_thumb(
    closed_debate: ServedDebate, delegate: Delegate, admin: Admin
) -> None:
    closed_debate.prepare("KEN")
    kenya = delegate(closed_debate).wait_until_live()
    anna = admin(closed_debate)
    anna.page.goto(closed_debate.console("/settings/status"))
    opening = anna.page.locator("#opening")
    opening.get_by_label("Reason the delegations read").fill(WHY)
    opening.get_by_role("button").click()
    expect(kenya.button).to_have_text("Register Kenya")
    kenya.button.click()
    expect(kenya.number).to_have_text("1")


def test_a_message_and_a_cancellation_are_pushed(
    open_debate: ServedDebate, delegate: Delegate, admin: Admin
) -> None:
    open_debate.prepare("KEN")
    kenya = delegate(open_debate).wait_until_live()
    anna = admin(open_debate)
    anna.page.get_by_role("link", name="Messages").click()
    anna.page.get_by_label("Sentence").fill("Delegations come in by the east door.")
    anna.page.get_by_role("button", name="Send the message").click()
    expect(kenya.page.get_by_role("status").filter(has_text="east door")).to_be_visible()
    anna.page.goto(open_debate.console("/settings/status"))
    cancelling = anna.page.locator("#cancellation")
    cancelling.get_by_label("Reason the delegations read").fill(WHY)
    cancelling.get_by_role("button").click()
    expect(kenya.standing).to_contain_text("The debate is cancelled")
    expect(kenya.button).to_have_count(0)


def test_a_typed_time_is_told_for_elsewhere_at_once(
    closed_debate: ServedDebate, admin: Admin
) -> None:
    anna = admin(closed_debate)
    anna.page.goto(closed_debate.console("/settings/edit"))
    field = anna.page.get_by_label("The list opens")
    said = anna.page.locator("[data-zones=opens_at]")
    told = said.text_content()
    field.fill("2025-03-19T09:30")
    expect(said).to_have_text(
        "Wed 19 Mar 13:30 UTC · Wed 19 Mar 14:30 Geneva · Wed 19 Mar 21:30 Beijing"
    )
    field.fill("2025-03-09T02:30")
    expect(said).to_have_text("New York skips this hour: summer time begins.")
    field.fill("2025-11-02T01:30")
    expect(said).to_have_text("New York has this hour twice: summer time ends.")
    field.fill(wall_time(closed_debate.stored.opens_at))
    expect(said).to_have_text(told)


def test_a_council_member_is_found_by_name_or_code(
    closed_debate: ServedDebate, admin: Admin
) -> None:
    anna = admin(closed_debate)
    anna.page.goto(closed_debate.console("/settings/council"))
    anna.page.get_by_label("China").uncheck()
    expect(anna.page.get_by_text("Marked: 14 of 15")).to_be_visible()
    search = anna.page.get_by_label("Find a delegation")
    search.fill("cote")
    expect(anna.page.locator("label.tick:visible")).to_have_count(1)
    search.fill("ita")
    anna.page.get_by_label("Italy").check()
    anna.page.get_by_role("button", name="Save the Council members").click()
    expect(anna.page.get_by_text("The Council members are saved.")).to_be_visible()
    expect(anna.page.get_by_role("region", name="Council members")).to_contain_text("Italy")


def test_a_rehearsal_is_deleted_under_open_pages(
    closed_debate: ServedDebate, delegate: Delegate, admin: Admin
) -> None:
    closed_debate.rehearse(1)
    kenya = delegate(closed_debate).wait_until_live()
    kenya.expects("status of 404")
    expect(kenya.page.locator(".rehearsal")).to_be_visible()
    anna = admin(closed_debate)
    anna.page.get_by_role("link", name="Settings").click()
    anna.page.get_by_role("link", name="Delete this rehearsal").click()
    anna.page.get_by_role("button", name="Delete the rehearsal").click()
    expect(anna.page.get_by_text("The rehearsal is deleted.")).to_be_visible()
    expect(kenya.live).to_contain_text("There is no such page", timeout=20_000)
    still = ServedDebate(closed_debate.server, -3600)
    other = delegate(still).wait_until_live()
    still.register("KEN")
    expect(other.number).to_have_text("1")
