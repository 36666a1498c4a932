"""What moves on a page, watched in the page itself, frame by frame."""

from __future__ import annotations

import json
from typing import Any

from playwright.sync_api import Page

UNANCHORED = "* { overflow-anchor: none !important }"
"""Pages as Safari has them: what grows above what one reads pushes it down."""
STYLE = """(css) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    document.adoptedStyleSheets.push(sheet);
}"""
"""A style of the test's own; the page's policy allows no other way."""
WATCH = """([parts, since, until]) => {
    const box = (part) => {
        const found = document.querySelector(part);
        if (!found) return null;
        const { x, y, width, height } = found.getBoundingClientRect();
        return [x, y, width, height];
    };
    window.watched = { frames: 0, seen: [] };
    const note = () => {
        const left = since - clock.now();
        if (left <= 0) {
            watched.frames += 1;
            const boxes = Object.fromEntries(parts.map((part) => [part, box(part)]));
            const is = JSON.stringify([scrollX, scrollY, boxes]);
            if (is !== watched.seen.at(-1)?.[1]) watched.seen.push([-left, is]);
        }
        if (clock.now() < until) requestAnimationFrame(note);
        else watched.isOver = true;
    };
    note();
}"""
"""Notes at every frame from `since` to `until` (ms of the server's clock) how far the page is
scrolled and where its parts are, when that is not as in the frame before."""
FOREVER = 1e15


def style(page: Page, css: str) -> None:
    """Adds a style to the page as it is open."""
    page.evaluate(STYLE, css)


def watch(page: Page, parts: tuple[str, ...], since: float = 0, until: float = FOREVER) -> None:
    """From now on where these parts are is noted."""
    page.evaluate(WATCH, [list(parts), since, until])


def seen(page: Page) -> list[dict[str, Any]]:
    """Every state of the parts that was seen, in order: `at`, `scroll` and the box of each."""
    states = []
    for at, noted in page.evaluate("watched.seen"):
        x, y, boxes = json.loads(noted)
        states.append({"at": at, "scroll": (x, y), **boxes})
    return states


def frames(page: Page) -> int:
    """How many frames were looked at."""
    return page.evaluate("watched.frames")


def moves(page: Page) -> list[str]:
    """What was not where it had been at the first look, in words."""
    first, *others = seen(page)
    return [
        f"{name} {first[name]} -> {state[name]} at {state['at'] / 1000:.3f} s"
        for state in others
        for name in state
        if name != "at" and state[name] != first[name]
    ]
