"""Whatever goes wrong is said in the reader's language, to a stranger too, with no English left."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NoReturn

import pytest
from flask import Flask
from werkzeug.exceptions import BadRequest, RequestEntityTooLarge, RequestTimeout

from rostrum.app import create_app
from rostrum.config import Config
from rostrum.domain.errors import (
    Busy,
    Conflict,
    Crowded,
    Deleted,
    NotAllowed,
    NotFound,
    Slowed,
    TooEarly,
)
from rostrum.letters.space import ServerFull
from rostrum.web.language.catalogs import LANGUAGES
from tests.factories import OPENS_AT, FakeClock
from tests.web.client import Answer, Browser
from tests.web.html_checks import parse

ERRORS: dict[str, tuple[int, Exception]] = {
    "strange": (400, BadRequest()),
    "not-found": (404, NotFound()),
    "deleted": (404, Deleted()),
    "forbidden": (403, NotAllowed("In this debate each delegation sees only its own place.")),
    "slow": (408, RequestTimeout()),
    "stale": (409, Conflict("One of the two places was given up.")),
    "large": (413, RequestEntityTooLarge()),
    "early": (422, TooEarly(1_400_000, OPENS_AT)),
    "slowed": (429, Slowed("name", 20)),
    "crowded": (503, Crowded("name")),
    "bug": (500, RuntimeError("nobody thought of this")),
    "busy": (503, Busy()),
    "full": (507, ServerFull()),
}
ASKED: dict[str, tuple[int, Callable[[Browser, str], Answer]]] = {
    **{
        name: (status, lambda browser, name=name: browser._ask("GET", f"/failing/{name}"))
        for name, (status, _) in ERRORS.items()
    },
    "no such address": (404, lambda browser: browser._ask("GET", "/nowhere")),
    "wrong method": (405, lambda browser: browser._ask("DELETE", "/")),
    "no token": (400, lambda browser: browser._ask("POST", "/invitations/x", b"a=b", FORM)),
    "no cookies": (
        400,
        lambda browser: browser._ask("POST", "/invitations/x", b"csrf_token=x", FORM),
    ),
    "cut link": (404, lambda browser: browser._ask("GET", "/invitations/1-x")),
    "cut short": (400, lambda browser: browser._ask("POST", "/invitations/x", b"a", "a/b")),
}
FORM = "application/x-www-form-urlencoded"
SAME_EVERYWHERE = {"html", "Rostrum", *LANGUAGES.values()}
SAME_IN = {"es": {"Error:"}}
LATIN = re.compile(r"[A-Za-z]{2,}")
LATIN_ANYWHERE = {"html", "Rostrum", "MB", "PDF", "REFERENCE", "cookie", "Cookie"}
REFERENCE = re.compile(r"\b[0-9A-F]{4}-[0-9A-F]{2}\b")


@pytest.fixture
def failing_app(config: Config, clock: FakeClock) -> Iterator[Flask]:
    """An application of its own, with a page for every kind of error."""
    app = create_app(config, clock)

    def fail(name: str) -> NoReturn:
        raise ERRORS[name][1]

    app.add_url_rule("/failing/<name>", "failing", fail)
    yield app
    app.extensions["rostrum"].connections.close()


def reading(app: Flask, language: str) -> Browser:
    """A stranger whose browser asks for a language."""
    browser = Browser(app)
    browser.client.environ_base["HTTP_ACCEPT_LANGUAGE"] = f"{language}, en;q=0.5"
    return browser


def said_by(answer: Answer) -> set[str]:
    """Every text and every word for screen readers of a page, the menu of languages left out."""
    page = parse(REFERENCE.sub("REFERENCE", answer.text))
    for way in page.select(".languages div"):
        way.decompose()
    texts = {text.strip() for text in page.find_all(string=True)}
    names = ("aria-label", "alt", "title", "data-title")
    return (texts | {str(tag[name]) for name in names for tag in page.select(f"[{name}]")}) - {""}


def left_in_english(said: set[str], english: set[str], language: str) -> set[str]:
    """What a page says as the English one does, and Latin words where there are none."""
    left = (said & english) - SAME_EVERYWHERE - SAME_IN.get(language, set())
    if language in ("ru", "zh", "ar"):
        left |= {word for text in said for word in LATIN.findall(text)} - LATIN_ANYWHERE
    return left


@pytest.mark.parametrize("language", [language for language in LANGUAGES if language != "en"])
def test_every_error_is_said_wholly_in_the_strangers_language(
    failing_app: Flask, language: str
) -> None:
    stranger, englishman = reading(failing_app, language), reading(failing_app, "en")
    way = "rtl" if language == "ar" else "ltr"
    for name, (status, ask) in ASKED.items():
        answer, english = ask(stranger), ask(englishman)
        assert (answer.status, english.status) == (status, status), name
        page = parse(answer.text)
        assert (page.html["lang"], page.html["dir"]) == (language, way), name
        assert page.select_one("#problem p"), name
        assert left_in_english(said_by(answer), said_by(english), language) == set(), name


def test_an_error_keeps_the_language_that_was_chosen(failing_app: Flask) -> None:
    guest = reading(failing_app, "es")
    guest.get("/?lang=ar")
    guest.get("/failing/bug", status=500)
    assert (guest.page.html["lang"], guest.page.html["dir"]) == ("ar", "rtl")


@pytest.mark.parametrize(("language", "expected"), [("fr", "fr"), ("ru", "en")])
def test_an_error_of_the_console_is_in_a_language_that_the_console_has(
    app: Flask, language: str, expected: str
) -> None:
    stranger = reading(app, language)
    stranger.get("/staff/nowhere", status=404)
    assert stranger.page.html["lang"] == expected
