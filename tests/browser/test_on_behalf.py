"""Staff register a delegation that cannot, and the phone that it moves says why at once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from rostrum.web.forms.fields import wall_time
from tests.browser.people import Person
from tests.browser.served_debate import ServedDebate

pytestmark = pytest.mark.browser


def test_a_request_by_telephone_is_entered_and_the_next_phone_is_told(
    open_debate: ServedDebate,
    clerk: Callable[[ServedDebate], Person],
    delegate: Callable[..., Person],
) -> None:
    open_debate.register("BRA", "EGY")
    egypt = delegate(open_debate, "EGY").wait_until_live()
    vera = clerk(open_debate)
    vera.page.get_by_role("link", name="Register on behalf of a delegation").click()
    vera.page.get_by_label("Find a delegation").fill("kenya")
    vera.page.get_by_role("button", name="Find").click()
    vera.page.get_by_role("link", name="Kenya").click()
    vera.page.get_by_label("How the request came").select_option("telephone")
    came = wall_time(open_debate.stored.opens_at.replace(second=12) + timedelta(minutes=1))
    vera.page.get_by_label("When it came").fill(came)
    vera.type_speaker()
    vera.choose_letter(open_debate.letter_of("KEN"))
    vera.page.get_by_role("button", name="Register Kenya").click()
    row = vera.page.get_by_role("row", name="1 Kenya")
    expect(row).to_contain_text("entered by the Presidency (vera)")
    expect(egypt.number).to_have_text("3")
    expect(egypt.why).to_contain_text("the Presidency entered Kenya at ")
    expect(egypt.why).to_contain_text("request received by telephone: ")
    expect(egypt.why).to_contain_text(":12.")
    kenya = delegate(open_debate)
    expect(kenya.number).to_have_text("1")
    expect(kenya.why).to_contain_text(":12 as number 3.")
    expect(kenya.receipt).to_contain_text("Entered by the Presidency")
