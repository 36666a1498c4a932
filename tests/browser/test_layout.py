"""Every page in every state is for everybody: on the smallest phone nothing scrolls sideways and
nothing is cut, in English and in Arabic or, where staff read, in French; axe finds nothing, by
day and in the dark.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect
from pypdfium2 import PdfDocument, PdfPage

from tests.browser.axe import violations
from tests.browser.people import REFUSED, Person
from tests.browser.scenes import SCENES, Stage, cards, receipt
from tests.browser.server import Server

pytestmark = pytest.mark.browser

SMALLEST = {"width": 320, "height": 568}
PAPER = {"width": 794, "height": 1056}
"""As wide as A4 and as high as US Letter."""
TOUCHABLE = 44
"""Pixels: what a thumb needs. Links within a sentence are excepted, as in WCAG 2.5.8; a box that
is ticked counts with its label, which ticks it too."""

OVERFLOWING = """() => [...document.querySelectorAll("body *")]
    .filter((e) => e.checkVisibility() && !e.closest(".hidden-word, .skip, svg, progress"))
    .map((e) => [e, e.getBoundingClientRect()])
    .filter(([, box]) => box.right > innerWidth + 0.5 || box.left < -0.5)
    .map(([e]) => `${e.tagName}.${e.className} ${e.textContent.trim().slice(0, 40)}`)"""
BROKEN = """() => {
    const range = new Range(), links = [...document.querySelectorAll("main :is(.more, .held) a")];
    const texts = links.flatMap((link) => [...link.childNodes]).filter((node) => node.data);
    return texts.flatMap((text) =>
        [...text.data.matchAll(/\\S+/g)].filter(({ 0: word, index }) => {
            range.setStart(text, index);
            range.setEnd(text, index + word.length);
            return range.getClientRects().length > 1;
        }).map(([word]) => word));
}"""
"""Words of links that stand on two lines."""
TOO_SMALL = """(least) => [...document.querySelectorAll("main :is(a, button, input, select)")]
    .filter((e) => e.checkVisibility() && e.type !== "hidden")
    .filter((e) => getComputedStyle(e).display !== "inline")
    .filter((e) => (e.closest("label") ?? e).getBoundingClientRect().height < least)
    .map((e) => `${e.tagName}.${e.className} ${e.textContent.trim().slice(0, 40)}`)"""


@pytest.fixture(scope="module")
def small_phones(shared_server: Server, chromium: Browser) -> Iterator[Stage]:
    made = Stage(shared_server, chromium, {"viewport": SMALLEST, "reduced_motion": "reduce"})
    yield made
    made.clear()


@pytest.fixture
def stage(server: Server, small_phones: Stage) -> Iterator[Stage]:
    yield small_phones
    small_phones.rest()


@pytest.mark.parametrize("name", SCENES)
def test_a_small_phone_shows_the_whole_page_to_everybody(name: str, stage: Stage) -> None:
    someone = SCENES[name](stage)
    someone.expects(REFUSED, "status of 404")
    assert _misplaced(someone.page) == []
    assert violations(someone.page) == []
    someone.page.emulate_media(color_scheme="dark")
    assert violations(someone.page, looks=True) == []
    _open_in_another_language(someone)
    assert _misplaced(someone.page) == []
    assert someone.unexpected() == []


def _misplaced(page: Page) -> list[str]:
    wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
    return [
        *(["the page scrolls sideways"] if wide else []),
        *page.evaluate(OVERFLOWING),
        *page.evaluate(TOO_SMALL, TOUCHABLE),
    ]


def _open_in_another_language(someone: Person) -> None:
    """The page at this address again: a part that was swapped in is not part of it."""
    address = urlsplit(someone.page.url)
    language = "fr" if address.path.startswith("/staff") else "ar"
    query = "&".join(filter(None, [address.query, f"lang={language}"]))
    someone.page.goto(address._replace(query=query, fragment="").geturl())
    assert someone.page.locator("html").get_attribute("lang") == language


@pytest.mark.parametrize(
    ("name", "language"),
    [("errors", ""), ("explained", "fr"), ("last-minute", ""), ("ready", "ru"), ("returned", "ar")],
)
def test_text_of_twice_the_size_fits(name: str, language: str, stage: Stage) -> None:
    page = SCENES[name](stage).page
    if language:
        page.goto(f"{page.url}?lang={language}")
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    page.wait_for_function("getComputedStyle(document.querySelector('main p')).fontSize >= '28px'")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.evaluate(OVERFLOWING) == []
    assert page.evaluate(BROKEN) == []


def test_colours_of_the_readers_own_leave_the_dot_and_no_frame_around_a_heading(
    stage: Stage,
) -> None:
    page = SCENES["explained"](stage).page
    page.keyboard.press("Tab")
    page.evaluate("document.querySelector('h1').focus()")
    expect(page.locator("h1")).to_be_focused()
    expect(page.locator("h1")).to_have_css("outline-style", "none")
    page.emulate_media(forced_colors="active")
    dot = Image.open(io.BytesIO(page.locator(".dot").screenshot())).convert("L")
    darkest, lightest = dot.getextrema()
    assert lightest - darkest > 128


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_a_receipt_is_printed_whole_on_one_page(paper: str, stage: Stage) -> None:
    someone = receipt(stage)
    someone.page.emulate_media(color_scheme="dark")
    _open_in_another_language(someone)
    document = PdfDocument(someone.page.pdf(format=paper))
    assert len(document) == 1
    words, (width, _) = document[0].get_textpage(), document[0].get_size()
    boxes = [words.get_charbox(index) for index in range(words.count_chars())]
    assert boxes
    assert all(left >= 0 and right <= width for left, _, right, _ in boxes)
    assert _darkest(document[0]) < 60, "ink for paper, although the phone is dark"


def _darkest(page: PdfPage) -> int:
    """Of 255: how light the darkest point of the headline is, far above the QR code."""
    shown = page.render(scale=2).to_pil().convert("L")
    return shown.crop((0, 0, shown.width, shown.height // 8)).getextrema()[0]


@pytest.mark.parametrize(("paper", "language"), [("A4", "ar"), ("Letter", "fr")])
def test_cards_are_printed_eight_to_a_page_and_whole(
    paper: str, language: str, stage: Stage
) -> None:
    someone = cards(stage)
    someone.page.goto(someone.page.url.replace("=ar", f"={language}"))
    count = someone.page.locator(".invitation-card").count()
    someone.page.set_viewport_size(PAPER)
    someone.page.emulate_media(media="print")
    cut = """[...document.querySelectorAll(".invitation-card")].filter(
        (card) => card.scrollHeight > card.clientHeight || card.scrollWidth > card.clientWidth
    ).map((card) => card.innerText)"""
    assert someone.page.evaluate(cut) == []
    document = PdfDocument(someone.page.pdf(format=paper, prefer_css_page_size=True))
    texts = [page.get_textpage().get_text_range() for page in document]
    on_each = [text.count(f"lang={language}") for text in texts]
    assert on_each == [*[8] * (count // 8), count % 8]
