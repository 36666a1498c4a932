"""Every page in every state fits the smallest phone: nothing scrolls sideways, nothing is cut."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pikepdf
import pytest
from playwright.sync_api import Browser

from tests.browser.people import REFUSED
from tests.browser.scenes import SCENES, Stage, cards, receipt
from tests.browser.server import Server

pytestmark = pytest.mark.browser

SMALLEST = {"width": 320, "height": 568}
TOUCHABLE = 44
"""Pixels: what a thumb needs. Links within a sentence are excepted, as in WCAG 2.5.8; a box that
is ticked counts with its label, which ticks it too."""

OVERFLOWING = """() => [...document.querySelectorAll("body *")]
    .filter((e) => e.checkVisibility() && !e.closest(".hidden-word, .skip, svg, progress"))
    .filter((e) => e.getBoundingClientRect().right > innerWidth + 0.5)
    .map((e) => `${e.tagName}.${e.className} ${e.textContent.trim().slice(0, 40)}`)"""
TOO_SMALL = """(least) => [...document.querySelectorAll("main :is(a, button, input, select)")]
    .filter((e) => e.checkVisibility() && e.type !== "hidden")
    .filter((e) => getComputedStyle(e).display !== "inline")
    .filter((e) => (e.closest("label") ?? e).getBoundingClientRect().height < least)
    .map((e) => `${e.tagName}.${e.className} ${e.textContent.trim().slice(0, 40)}`)"""


@pytest.fixture
def stage(server: Server, chromium: Browser) -> Iterator[Stage]:
    made = Stage(server, chromium, {"viewport": SMALLEST})
    yield made
    made.clear()


@pytest.mark.parametrize("name", SCENES)
def test_a_small_phone_shows_the_whole_page(name: str, stage: Stage) -> None:
    someone = SCENES[name](stage)
    someone.expects(REFUSED, "status of 404")
    assert someone.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert someone.page.evaluate(OVERFLOWING) == []
    assert someone.page.evaluate(TOO_SMALL, TOUCHABLE) == []
    assert someone.unexpected() == []


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_a_receipt_is_printed_on_one_page(paper: str, stage: Stage) -> None:
    printed = receipt(stage).page.pdf(format=paper)
    with pikepdf.open(io.BytesIO(printed)) as document:
        assert len(document.pages) == 1


def test_cards_are_printed_eight_to_a_page_and_whole(stage: Stage) -> None:
    someone = cards(stage)
    count = someone.page.locator(".invitation-card").count()
    someone.page.emulate_media(media="print")
    cut = """[...document.querySelectorAll(".invitation-card")].filter(
        (card) => card.scrollHeight > card.clientHeight || card.scrollWidth > card.clientWidth
    ).map((card) => card.innerText)"""
    assert someone.page.evaluate(cut) == []
    printed = someone.page.pdf(prefer_css_page_size=True)
    with pikepdf.open(io.BytesIO(printed)) as document:
        assert len(document.pages) == -(-count // 8)
