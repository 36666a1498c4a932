"""The exports in a real browser: a sentence is copied, the list is printed on numbered pages."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

import pypdfium2
import pytest
from playwright.sync_api import Browser, expect

from tests.browser.people import LAPTOP
from tests.browser.scenes import Stage, exports, printed_list, without_server
from tests.browser.server import Server

pytestmark = pytest.mark.browser


@pytest.fixture
def stage(server: Server, chromium: Browser) -> Iterator[Stage]:
    made = Stage(server, chromium, {"viewport": LAPTOP})
    yield made
    made.clear()


def test_a_sentence_is_copied_with_one_press(stage: Stage) -> None:
    someone = exports(stage)
    someone.context.grant_permissions(["clipboard-read", "clipboard-write"])
    sentence = someone.page.locator("#sentence_en_rule_37")
    button = someone.page.locator("[data-copy=sentence_en_rule_37]")
    button.click()
    expect(button).to_have_text("Copied")
    copied = someone.page.evaluate("navigator.clipboard.readText()")
    assert copied == sentence.text_content()
    assert copied.startswith("In accordance with rule 37")
    assert someone.page.evaluate("getSelection().toString()").strip() == copied
    expect(button).to_have_text("Copy")
    assert someone.unexpected() == []


def test_the_page_tells_how_far_the_letters_are(stage: Stage) -> None:
    someone = exports(stage)
    with someone.page.expect_download():
        someone.page.get_by_role("link", name="All letters as ZIP").click()
    expect(someone.page.locator("#zip_said")).to_have_text(
        re.compile(r"The file is whole\. Letters: \d+\.")
    )
    assert someone.unexpected() == []


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_the_list_is_printed_on_numbered_pages_that_say_of_when_it_is(
    paper: str, stage: Stage
) -> None:
    someone = printed_list(stage)
    printed = someone.page.pdf(format=paper, prefer_css_page_size=True)
    with pypdfium2.PdfDocument(io.BytesIO(printed)) as document:
        texts = [page.get_textpage().get_text_range() for page in document]
        width, _ = document[0].get_size()
    assert round(width) == {"A4": 596, "Letter": 612}[paper]
    assert len(texts) > 1
    for number, text in enumerate(texts, start=1):
        assert f"{number} / {len(texts)}" in text
        assert text.count("List of speakers as of") == 1
    whole = " ".join(" ".join(texts).split())
    for line in ("Briefers", "Members of the Council", "Registered delegations", "Added later"):
        assert line in whole
    assert "Amina Wanjiru Otieno" in whole
    assert "Back to the exports" not in whole
    assert someone.unexpected() == []


@pytest.mark.parametrize(("paper", "language"), [("A4", "en"), ("Letter", "fr")])
def test_what_to_do_without_the_server_fits_on_one_sheet(
    paper: str, language: str, stage: Stage
) -> None:
    someone = without_server(stage)
    someone.page.goto(f"{someone.page.url}?lang={language}")
    printed = someone.page.pdf(format=paper, prefer_css_page_size=True)
    with pypdfium2.PdfDocument(io.BytesIO(printed)) as document:
        front, back = (page.get_textpage().get_text_range() for page in document)
    for said in ("Permanent Mission of Denmark", "+1 212 555 0100", "Ida Holm"):
        assert said.replace(" ", "") in "".join(front.split())
    assert re.findall(r"^(\d+)\s*$", back, re.M) == [str(number) for number in range(1, 23)]
    assert someone.unexpected() == []
