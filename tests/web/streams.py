"""Listening to a page's stream of news in tests."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from tests.web.client import Browser


@contextmanager
def listening(browser: Browser, path: str) -> Iterator[Iterator[str]]:
    """The messages of a stream as they come; it never ends by itself."""
    response = browser.stream(path)
    assert response.status_code == 200
    assert response.is_streamed
    try:
        yield (chunk.decode() for chunk in response.iter_encoded())
    finally:
        response.close()


def html_of(message: str) -> str:
    """The HTML of an unnamed message, which htmx swaps."""
    lines = message.removesuffix("\n\n").split("\n")
    assert message.endswith("\n\n")
    assert all(line.startswith("data: ") for line in lines), message
    return "\n".join(line.removeprefix("data: ") for line in lines)


def next_news(messages: Iterator[str]) -> str:
    """The next message that is not a beat."""
    return next(message for message in messages if not message.startswith("event: beat"))
