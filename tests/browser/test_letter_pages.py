"""A letter of several photos on the phone: taken, arranged, replaced, sent again."""

from __future__ import annotations

import io
import re
from collections.abc import Callable

import pytest
from PIL import Image
from playwright.sync_api import Locator, Route, expect

from tests.browser.conftest import MakePerson
from tests.browser.cut_line import cut_line
from tests.browser.drawn_letters import a_letter, a_photo_of_a_letter
from tests.browser.people import NO_CONNECTION, REFUSED, SPEAKER, Person
from tests.browser.served_debate import ServedDebate
from tests.browser.server import FarServer, Server

pytestmark = pytest.mark.browser

Delegate = Callable[..., Person]
PROXY = "<html><body><h1>Sorry</h1><hr>nginx</body></html>"
READ = 20_000
"""Milliseconds in which a slow machine has read a photo."""


def a_photo(name: str, shade: int = 0) -> dict[str, object]:
    """A photo for a file input; each shade is another file."""
    with Image.open(io.BytesIO(a_photo_of_a_letter())) as photo:
        photo.paste((60 * shade,) * 3, (0, 0, 32, 32))
        file = io.BytesIO()
        photo.save(file, "JPEG", quality=60)
    return {"name": name, "mimeType": "image/jpeg", "buffer": file.getvalue()}


def take_a_photo(kenya: Person, name: str, shade: int) -> None:
    """Presses the button and takes the picture, as a hand does."""
    with kenya.page.expect_file_chooser() as camera:
        kenya.page.get_by_label("Take a photo").click()
    camera.value.set_files([a_photo(name, shade)])


def sheets(kenya: Person) -> Locator:
    """The files of the letter, on its own page."""
    return kenya.page.locator(".sheets > li")


def open_pages(kenya: Person) -> None:
    kenya.page.get_by_role("link", name="Replace the letter").click()


def expect_names(kenya: Person, *names: str) -> None:
    expect(sheets(kenya).locator(".file-name bdi")).to_have_text(list(names), timeout=READ)


def test_photos_are_added_put_in_order_and_removed(
    closed_debate: ServedDebate, delegate: Delegate
) -> None:
    kenya = delegate(closed_debate, has_touch=True)
    box = kenya.page.locator("#letter_box")
    take_a_photo(kenya, "one.jpg", 1)
    expect(box).to_contain_text("1 page", timeout=READ)
    take_a_photo(kenya, "two.jpg", 2)
    expect(box).to_contain_text("2 pages", timeout=READ)
    open_pages(kenya)
    kenya.page.locator("#more").set_input_files([a_photo("three.jpg", 3), a_photo("four.jpg", 4)])
    expect_names(kenya, "one.jpg", "two.jpg", "three.jpg", "four.jpg")
    kenya.page.get_by_role("button", name="Move up page 3").click()
    expect_names(kenya, "one.jpg", "three.jpg", "two.jpg", "four.jpg")
    remove(kenya, "page 1")
    expect_names(kenya, "three.jpg", "two.jpg", "four.jpg")
    for picture in sheets(kenya).get_by_role("img").all():
        picture.scroll_into_view_if_needed()
        assert picture.evaluate("image => image.decode().then(() => image.naturalWidth)") > 0
    with kenya.page.expect_download() as download:
        kenya.page.get_by_role("link", name="Download as one PDF").click()
    assert download.value.suggested_filename == "three.pdf"


def test_a_returned_letter_is_replaced_by_photos_and_the_place_stays(
    open_debate: ServedDebate, delegate: Delegate
) -> None:
    open_debate.register("BRA", "KEN")
    kenya = delegate(open_debate).wait_until_live()
    open_debate.send_back("KEN", "not_signed")
    expect(kenya.standing).to_contain_text("The letter is not signed.")
    open_pages_of_a_returned_letter(kenya)
    expect(kenya.page.locator("#letter_page .panel")).to_contain_text("The letter is not signed.")
    kenya.page.locator("#letter").set_input_files([a_photo("one.jpg", 1), a_photo("two.jpg", 2)])
    expect(kenya.page.locator("#letter_said")).to_have_text("one.jpg, two.jpg")
    kenya.page.get_by_role("button", name="Send the letter").click()
    expect(kenya.page).to_have_url(open_debate.page("KEN"), timeout=READ)
    expect(kenya.number).to_have_text("2")
    expect(kenya.standing).to_contain_text("Letter being read by the Presidency")
    expect(kenya.held_letter).to_contain_text("2 pages")


def remove(kenya: Person, what: str) -> None:
    """Takes a page out of the letter: the page asks before."""
    kenya.page.locator(".ask summary").filter(has_text=what).click()
    kenya.page.get_by_role("button", name=f"Yes, remove {what}").click()


def open_pages_of_a_returned_letter(kenya: Person) -> None:
    kenya.standing.get_by_role("link", name="Replace the letter").click()


def test_after_a_broken_connection_the_same_file_is_sent_again(
    closed_debate: ServedDebate, delegate: Delegate
) -> None:
    kenya = delegate(closed_debate)
    kenya.expects(NO_CONNECTION)
    kenya.page.locator("#letter_box").scroll_into_view_if_needed()
    kenya.context.set_offline(True)
    kenya.page.locator("#letter").set_input_files(a_photo("one.jpg"))
    expect(kenya.page.locator("#letter_said")).to_have_text(
        "The connection was lost. \u2068one.jpg\u2069 has not arrived yet. Trying again…"
    )
    expect(kenya.page.get_by_role("button", name="Cancel")).to_be_visible()
    kenya.context.set_offline(False)
    expect(kenya.page.locator("#letter_box")).to_contain_text("1 page", timeout=READ)


def test_when_the_answer_is_lost_the_page_learns_that_the_letter_is_here(
    server: Server, person: MakePerson
) -> None:
    with cut_line(server.address, b"/letter ") as line:
        debate = ServedDebate(FarServer(server, line.url), 3600)
        kenya = person()
        kenya.expects(NO_CONNECTION)
        kenya.follow_link(debate, "KEN")
        sent: list[str] = []
        kenya.page.on("request", lambda request: sent.append(f"{request.method} {request.url}"))
        line.to_lose = 1
        kenya.choose_letter()
        expect(kenya.page.locator("#letter_box")).to_contain_text("1 page", timeout=READ)
        expect(kenya.page.locator("#letter_said")).to_be_hidden()
        assert line.lost == 1
        letters = [each for each in sent if "/letter" in each and "/uploads/" not in each]
        assert len([each for each in letters if each.startswith("POST")]) == 1
        assert [each for each in sent if "/letter/uploads/" in each]
        kenya.close()  # before the line, whose end it would complain of


def test_a_page_that_got_no_htmx_takes_letters_and_says_that_it_is_not_live(
    closed_debate: ServedDebate, person: MakePerson
) -> None:
    kenya = person()
    kenya.expects(NO_CONNECTION, r"net::ERR_FAILED")
    kenya.page.route("**/js/htmx.*", lambda route: route.abort())
    kenya.follow_link(closed_debate, "KEN")
    expect(kenya.page.locator("#live_word")).to_contain_text("Not live since", timeout=READ)
    kenya.page.unroute_all()
    kenya.choose_letter()
    expect(kenya.page.locator("#letter_box")).to_contain_text("1 page", timeout=READ)
    kenya.wait_until_live()


def answer_letters(kenya: Person, *statuses: int) -> None:
    """A proxy on the way answers so, once each; then letters come through."""
    waiting = list(statuses)
    kenya.expects(r"status of (413|502)")

    def answer(route: Route) -> None:
        if not waiting:
            return route.continue_()
        return route.fulfill(status=waiting.pop(0), body=PROXY, content_type="text/html")

    kenya.page.route("**/letter", answer)


def test_what_a_proxy_says_of_a_letter_is_told_at_the_field_and_nothing_is_lost(
    closed_debate: ServedDebate, delegate: Delegate
) -> None:
    kenya = delegate(closed_debate)
    kenya.type_speaker()
    answer_letters(kenya, 502, 413)
    kenya.choose_letter()
    letter_said = kenya.page.locator("#letter_said")
    expect(letter_said).to_have_text(
        "The connection was lost. \u2068letter.pdf\u2069 has not arrived yet. Trying again…"
    )
    expect(letter_said).to_have_text(
        "\u2068letter.pdf\u2069 is too large for this connection. "
        "Photograph the letter, or save the PDF smaller."
    )
    expect(kenya.page.get_by_role("button", name="Cancel")).to_be_hidden()
    expect(kenya.page.locator("[name=name]")).to_have_value(SPEAKER["name"])
    expect(kenya.page.locator("body")).not_to_contain_text("nginx")
    kenya.choose_letter()
    expect(kenya.page.locator("#letter_box")).to_contain_text("1 page", timeout=READ)


def test_files_too_large_for_a_proxy_together_go_one_by_one(
    closed_debate: ServedDebate, delegate: Delegate
) -> None:
    kenya = delegate(closed_debate)
    answer_letters(kenya, 413)
    kenya.page.locator("#letter").set_input_files([a_photo("one.jpg", 1), a_photo("two.jpg", 2)])
    expect(kenya.page.locator("#letter_box")).to_contain_text("2 pages", timeout=READ)


def test_an_upload_is_cancelled_and_nothing_of_it_kept(
    closed_debate: ServedDebate, delegate: Delegate
) -> None:
    kenya = delegate(closed_debate)
    slow_line = kenya.context.new_cdp_session(kenya.page)
    slow_line.send("Network.enable")
    slow = {"offline": False, "latency": 20, "downloadThroughput": -1, "uploadThroughput": 20_000}
    slow_line.send("Network.emulateNetworkConditions", slow)
    kenya.page.locator("#letter").set_input_files(a_photo("one.jpg"))
    expect(kenya.page.locator("#letter_said")).to_have_text(
        re.compile("Sending \u2068one\\.jpg\u2069: \u2068\\d+ %\u2069")
    )
    kenya.page.get_by_role("button", name="Cancel").click()
    expect(kenya.page.locator("#letter_said")).to_have_text(
        "Cancelled. \u2068one.jpg\u2069 was not sent."
    )
    expect(kenya.page.get_by_role("button", name="Cancel")).to_be_hidden()
    kenya.page.reload()
    expect(kenya.page.locator("#letter_box")).to_contain_text("The signed letter")


def test_an_unreadable_page_is_named_and_what_we_hold_stays(
    closed_debate: ServedDebate, delegate: Delegate
) -> None:
    kenya = delegate(closed_debate)
    kenya.expects(REFUSED)
    kenya.choose_letter(a_letter(), "letter.pdf")
    expect(kenya.page.locator("#letter_box")).to_contain_text("1 page", timeout=READ)
    open_pages(kenya)
    broken = {"name": "broken.jpg", "mimeType": "image/jpeg", "buffer": b"GIF89a"}
    kenya.page.locator("#more").set_input_files([a_photo("two.jpg"), broken])
    expect(kenya.page.locator("#letter_page .error")).to_contain_text(
        "broken.jpg: This file is not a PDF or a photo", timeout=READ
    )
    expect(kenya.page.get_by_role("alert")).to_be_focused()
    expect_names(kenya, "letter.pdf")


def test_without_scripts_pages_are_added_and_arranged_by_forms(
    closed_debate: ServedDebate, delegate: Delegate
) -> None:
    kenya = delegate(closed_debate, java_script_enabled=False)
    open_letter_page(kenya, closed_debate)
    kenya.page.locator("#letter").set_input_files([a_photo("one.jpg", 1), a_photo("two.jpg", 2)])
    kenya.page.get_by_role("button", name="Send the letter").click()
    open_letter_page(kenya, closed_debate)
    kenya.page.locator("#more").set_input_files(a_photo("three.jpg", 3))
    kenya.page.get_by_role("button", name="Add to the letter").click()
    expect_names(kenya, "one.jpg", "two.jpg", "three.jpg")
    kenya.page.get_by_role("button", name="Move up page 2").click()
    remove(kenya, "page 3")
    expect_names(kenya, "two.jpg", "one.jpg")


def open_letter_page(kenya: Person, debate: ServedDebate) -> None:
    kenya.page.goto(f"{debate.page('KEN')}/letter")


@pytest.mark.parametrize("size", [(390, 844), (320, 568)])
def test_every_button_is_large_enough_and_nothing_is_wider_than_the_phone(
    closed_debate: ServedDebate, delegate: Delegate, size: tuple[int, int]
) -> None:
    kenya = delegate(closed_debate, viewport={"width": size[0], "height": size[1]})
    open_letter_page(kenya, closed_debate)
    three = [a_photo(f"IMG_20250318_17{n}501_a_long_name.jpg", n) for n in (1, 2, 3)]
    kenya.page.locator("#letter").set_input_files(three)
    kenya.page.get_by_role("button", name="Send the letter").click()
    expect(kenya.page.locator("#letter_box")).to_contain_text("3 pages", timeout=READ)
    open_letter_page(kenya, closed_debate)
    assert kenya.page.evaluate("document.documentElement.scrollWidth") <= size[0]
    for button in kenya.page.locator("#letter_page button:visible, label.save:visible").all():
        assert button.bounding_box()["height"] >= 44, button.inner_text()


def test_the_letters_page_follows_live_and_keeps_what_is_chosen(
    open_debate: ServedDebate, delegate: Delegate
) -> None:
    open_debate.register("KEN")
    kenya = delegate(open_debate)
    kenya.page.goto(open_debate.page("KEN", "/letter"))
    kenya.wait_until_live()
    state = kenya.page.locator("#letter_state")
    expect(state).to_contain_text("Being read by the Presidency")
    kenya.page.locator("#letter").set_input_files([a_photo("new.jpg", 1)])
    open_debate.send_back("KEN", "not_signed")
    expect(state).to_contain_text("The letter is not signed.")
    expect(kenya.page.locator("#said")).to_contain_text("The letter is not signed.")
    assert kenya.page.locator("#letter").evaluate("input => input.files[0].name") == "new.jpg"
    kenya.page.locator("#letter_form").get_by_role("button", name="Send the letter").click()
    expect(kenya.page.locator("#standing")).to_contain_text(
        "Letter being read by the Presidency", timeout=READ
    )


def test_a_printed_receipt_shows_the_hash_of_its_letter(
    open_debate: ServedDebate, delegate: Callable[..., Person]
) -> None:
    open_debate.register("KEN")
    kenya = delegate(open_debate)
    digest = kenya.page.locator(".receipt .hash")
    expect(digest).to_be_hidden()
    kenya.page.emulate_media(media="print")
    expect(digest).to_be_visible()
