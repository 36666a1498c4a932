"""Staff at a laptop: the list changes while they look, letters are read, returned, accepted."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.people import REFUSED, Person
from tests.browser.scenes import AFTER_KENYA, BEFORE_KENYA
from tests.browser.served_debate import ServedDebate

pytestmark = pytest.mark.browser

REASON = "The letter is not addressed to the President of the Security Council."


def test_a_letter_is_returned_replaced_and_accepted_and_the_phone_shows_it_at_once(
    open_debate: ServedDebate,
    delegate: Callable[..., Person],
    clerk: Callable[[ServedDebate], Person],
) -> None:
    open_debate.prepare("KEN")
    open_debate.register("BRA", "KEN")
    kenya = delegate(open_debate).wait_until_live()
    vera = clerk(open_debate)
    expect(kenya.standing).to_contain_text("Letter being read by the Presidency")

    open_letter(vera, "Kenya")
    vera.page.get_by_role("checkbox", name="Addressed to the President").check()
    vera.page.get_by_role("button", name="Return").click()
    expect(vera.page.get_by_role("heading", name="Every letter is read")).to_be_hidden()
    vera.page.goto(open_debate.console())
    expect(vera.row("Kenya")).to_contain_text("Returned")
    expect(kenya.standing).to_contain_text("The letter came back")
    expect(kenya.standing).to_contain_text(REASON)
    expect(kenya.number).to_have_text("2")

    vera.wait_until_live()
    kenya.standing.get_by_role("link", name="Replace the letter").click()
    expect(kenya.page.locator("#letter_page")).to_contain_text(REASON)
    kenya.choose_letter(open_debate.letter_of("KEN"), "second letter.pdf")
    kenya.page.get_by_role("button", name="Send the letter").click()
    expect(kenya.standing).to_contain_text("Letter being read by the Presidency")
    expect(vera.row("Kenya")).to_contain_text("To read")

    kenya.wait_until_live()
    open_letter(vera, "Kenya")
    expect(vera.page.locator("main")).to_contain_text("second letter.pdf")
    vera.page.get_by_role("button", name="Accept").click()
    expect(vera.page.locator(".decided")).to_contain_text("Kenya: accepted.")
    vera.page.goto(open_debate.console())
    expect(vera.row("Kenya")).to_contain_text("Accepted")
    expect(kenya.standing).to_contain_text("Letter accepted")
    expect(kenya.standing).not_to_contain_text(REASON)
    expect(kenya.number).to_have_text("2")


def open_letter(staff: Person, name: str) -> None:
    """Opens the letter from the list; its page is there as a picture, drawn and not broken."""
    staff.row(name).locator("a.state").click()
    picture = staff.page.get_by_role("img", name="Page 1")
    expect(picture).to_be_visible()
    expect(picture).to_have_js_property("complete", True)
    assert picture.evaluate("picture => picture.naturalWidth") > 500


def test_the_list_changes_while_staff_look_at_it(
    open_debate: ServedDebate, clerk: Callable[[ServedDebate], Person]
) -> None:
    vera = clerk(open_debate).wait_until_live()
    expect(vera.page.locator("#console_list")).to_contain_text("Nobody has registered yet.")
    open_debate.register("BRA", "KEN")
    expect(vera.page.locator("tbody th")).to_have_text(["Brazil", "Kenya"])
    figures = vera.page.locator(".figures")
    expect(figures).to_have_text(re.compile(r"2\s+On the list[\s\S]*2\s+Letter to read"))
    open_debate.withdraw("BRA")
    expect(vera.page.locator("tbody th")).to_have_text(
        [re.compile(r"Kenya\s+arrived 2; Brazil withdrew")]
    )
    expect(figures).to_have_text(re.compile(r"1\s+On the list[\s\S]*1\s+Place given up"))
    figures.get_by_role("link", name="Place given up").click()
    expect(vera.page.locator("tbody th")).to_have_text(["Brazil"])


@pytest.mark.parametrize(("width", "height", "most"), [(1366, 768, 12), (390, 844, 5)])
def test_the_first_screen_has_room_for_rows(
    open_debate: ServedDebate,
    clerk: Callable[[ServedDebate], Person],
    width: int,
    height: int,
    most: int,
) -> None:
    open_debate.register(*BEFORE_KENYA, "KEN", *AFTER_KENYA)
    vera = clerk(open_debate).wait_until_live()
    vera.page.set_viewport_size({"width": width, "height": height})
    boxes = [row.bounding_box() for row in vera.page.locator("tbody tr").all()]
    assert sum(box["y"] + box["height"] <= height for box in boxes) >= most


def test_a_row_that_another_changed_stands_out_and_says_who(
    open_debate: ServedDebate, clerk: Callable[[ServedDebate], Person]
) -> None:
    open_debate.register("BRA", "KEN")
    vera = clerk(open_debate).wait_until_live()
    changed = vera.page.locator("tr.is-changed")
    expect(changed).to_have_count(0)
    open_debate.accept("KEN")
    expect(changed).to_have_text(re.compile(r"Kenya[\s\S]*Accepted vera"))
    expect(changed).to_have_count(0)


def test_the_csv_has_the_rows_of_the_list(
    open_debate: ServedDebate, clerk: Callable[[ServedDebate], Person], tmp_path: Path
) -> None:
    open_debate.register("BRA", "JPN", "KEN")
    open_debate.withdraw("BRA")
    vera = clerk(open_debate)
    with vera.page.expect_download() as download:
        vera.page.get_by_role("link", name="Download CSV").click()
    file = tmp_path / "list.csv"
    download.value.save_as(file)
    assert file.read_bytes().startswith(b"\xef\xbb\xbfplace,arrival_number,delegation,")
    rows = list(csv.DictReader(io.StringIO(file.read_text(encoding="utf-8-sig"))))
    shown = [(row["place"], row["arrival_number"], row["iso3"], row["letter"]) for row in rows]
    assert shown == [("1", "2", "JPN", "pending"), ("2", "3", "KEN", "pending")]
    assert rows[0]["speaker_name"] == "林 明子"


def test_a_return_without_a_reason_is_refused(
    open_debate: ServedDebate, clerk: Callable[[ServedDebate], Person]
) -> None:
    open_debate.prepare("KEN")
    open_debate.register("KEN")
    vera = clerk(open_debate)
    vera.expects(REFUSED)
    open_letter(vera, "Kenya")
    vera.page.get_by_role("button", name="Return").click()
    expect(vera.page.get_by_role("alert")).to_contain_text("Mark what is missing, or say it here")
    expect(vera.page).to_have_title(re.compile("^Error: "))
    assert open_debate.registration("KEN").letter.state == "pending"


def test_an_admin_who_only_watched_stays_by_a_key_and_loses_no_focus(
    open_debate: ServedDebate, admin: Callable[[ServedDebate], Person]
) -> None:
    open_debate.register("BRA")
    anna = admin(open_debate)
    anna.page.goto(open_debate.console())
    stay = anna.page.get_by_role("button", name="Stay signed in")
    anna.page.get_by_role("searchbox").focus()
    expect(stay).to_be_hidden()
    open_debate.let_rest(anna.staff_cookie, minutes=27)
    anna.page.evaluate("htmx.ajax('GET', '/staff/here', {target: '#here', swap: 'outerHTML'})")
    expect(stay).to_be_in_viewport()
    anna.page.keyboard.press("b")
    expect(stay).to_be_hidden()
    expect(anna.page.get_by_role("searchbox")).to_be_focused()
    expect(anna.page.get_by_role("searchbox")).to_have_value("b")
