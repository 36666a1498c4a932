"""Links from a page to the same page in another language."""

from __future__ import annotations

from typing import NamedTuple
from urllib.parse import quote, urlencode

from flask import Flask, request
from flask.globals import request_ctx

from rostrum.web.language.catalogs import ASKED, LANGUAGES, get_locale, offered_languages


class Way(NamedTuple):
    """A language, its own name for itself, and the address of this page in it."""

    language: str
    name: str
    url: str
    is_here: bool


def own_language() -> str:
    """The name of the page's language."""
    return offered_languages()[get_locale().language]


def language_ways() -> list[Way]:
    """The page in each language in which it exists."""
    here, own = _address(), get_locale().language
    return [
        Way(language, name, f"{here}{ASKED}={language}", language == own)
        for language, name in offered_languages().items()
    ]


def _address() -> str:
    """Path and query of this page, ready for one more parameter."""
    kept = [(name, value) for name, value in request.args.items(multi=True) if name != ASKED]
    query = f"{urlencode(kept)}&" if kept and request.method == "GET" else ""
    return f"{quote(_path())}?{query}"


def _path() -> str:
    """The path itself or, if it only takes a form, the nearest path above that can be opened."""
    path = request.path
    if request.endpoint == "static":
        return "/"
    if request.method in ("GET", "HEAD") and request.url_rule is not None:
        return path
    while path != "/" and not request_ctx.url_adapter.test(path, "GET"):
        path = path.rpartition("/")[0] or "/"
    return path


def init_app(app: Flask) -> None:
    app.jinja_env.globals |= {
        "own_language": own_language,
        "language_ways": language_ways,
        "every_language": LANGUAGES,
    }
