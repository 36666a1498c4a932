"""What matters now is read at a glance: how many words the first two screens of a phone have."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.browser.scenes import SCENES, Stage
from tests.browser.server import Server

pytestmark = pytest.mark.browser

PHONE = {"width": 390, "height": 844}
MOST = 130
SEEN_ABOVE = """(depth) => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const range = new Range(), seen = [], unseen = ".hidden-word, .skip, select, noscript, script";
    while (walker.nextNode()) {
        const text = walker.currentNode, parent = text.parentElement;
        if (!parent.checkVisibility() || parent.closest(unseen)) continue;
        range.selectNodeContents(text);
        const box = range.getBoundingClientRect();
        if (box.width && box.top + scrollY < depth) seen.push(text.data);
    }
    return seen.join(" ").match(/[\\p{L}\\p{N}]+(?:[’:.@·-][\\p{L}\\p{N}]+)*/gu) ?? [];
}"""


@pytest.fixture
def stage(server: Server, chromium: Browser) -> Iterator[Stage]:
    made = Stage(server, chromium, {"viewport": PHONE, "reduced_motion": "reduce"})
    yield made
    made.clear()


def test_two_screens_of_a_registered_page_are_read_at_a_glance(stage: Stage) -> None:
    someone = SCENES["registered"](stage)
    words = someone.page.evaluate(SEEN_ABOVE, 2 * PHONE["height"])
    assert len(words) <= MOST, " ".join(words)
