"""The language of a page: which one, its locale and its catalog, looked up once a page.

Flask-Babel asks for both anew at every sentence, and Jinja's own gettext takes four calls to
reach it; together they were a third of the time of a page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from gettext import NullTranslations
from pathlib import Path
from typing import Any
from unicodedata import bidirectional

from babel import Locale
from babel.support import Translations
from flask import Flask, g, has_app_context, has_request_context, request
from flask_babel import Babel
from flask_babel.speaklater import LazyString
from markupsafe import Markup, escape
from werkzeug.datastructures import LanguageAccept
from werkzeug.http import parse_accept_header

from rostrum.web import cookies
from rostrum.web.language.names import filled, marked, plain

TRANSLATIONS = Path(__file__).parents[2] / "translations"
LANGUAGES = {
    "en": "English",
    "fr": "Français",
    "es": "Español",
    "ru": "Русский",
    "zh": "中文",
    "ar": "العربية",
}
"""The languages of delegates and the public, each by its own name."""
CONSOLE_LANGUAGES = {code: LANGUAGES[code] for code in ("en", "fr")}
ASKED = "lang"
"""The parameter of an address that chooses a language."""
FOR_EVERYBODY = {"debates.show_list", "debates.listen", "debates.poll"}
"""Endpoints whose answers are the same for all: the address says the language, or the browser's
settings, and nothing that was chosen before."""
_TAG = re.compile(r"\W*([A-Za-z]{2})(?![A-Za-z])")
OF_THE_PAGE = "Page-Language"
"""The header by which a page names its own language when it asks for a part of itself: another
window may have chosen another one meanwhile."""


def offered_languages() -> dict[str, str]:
    """The languages of the page at hand: fewer in the console, which is never half translated."""
    return CONSOLE_LANGUAGES if request.path.startswith("/staff") else LANGUAGES


def select_language() -> str:
    """The language of the page: its own, its address's, the reader's choice, the browser's."""
    if not has_request_context():
        return "en"
    offered = offered_languages()
    for language in _named_languages():
        if language in offered:
            return language
    return _best_language(request.headers.get("Accept-Language", ""), tuple(offered))


def _named_languages() -> Iterator[str | None]:
    if request.endpoint in FOR_EVERYBODY:
        yield _asked_language()
        return
    yield request.headers.get(OF_THE_PAGE)
    yield _asked_language()
    yield cookies.chosen_language()


def _asked_language() -> str | None:
    """The language that the address names, whatever a mail program left behind it."""
    found = _TAG.match(request.args.get(ASKED, ""))
    return found[1].lower() if found else None


@lru_cache(maxsize=256)
def _best_language(accepted: str, offered: tuple[str, ...]) -> str:
    """Of "fr-CH, en;q=0.8" French: werkzeug's own best_match takes the exact "en" first."""
    for tag, quality in parse_accept_header(accepted, LanguageAccept):
        language = tag.partition("-")[0].lower()
        if quality > 0 and language in offered:
            return language
    return offered[0]


def get_locale() -> Locale:
    """The locale of the page at hand."""
    page = g._get_current_object()
    if "locale" not in page:
        page.locale = _parse_locale(select_language())
    return page.locale


_parse_locale = lru_cache(maxsize=16)(Locale.parse)


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Everything said within is in that language, whatever the page at hand has."""
    page = g._get_current_object()
    before = {name: page.pop(name, None) for name in ("locale", "catalog")}
    page.locale = _parse_locale(language)
    try:
        yield
    finally:
        for name, value in before.items():
            page.pop(name, None)
            if value is not None:
                setattr(page, name, value)


def _catalog() -> NullTranslations:
    page = g._get_current_object()
    if "catalog" not in page:
        page.catalog = _load_catalog(str(get_locale()))
    return page.catalog


@lru_cache(maxsize=16)
def _load_catalog(language: str) -> NullTranslations:
    """What everybody reads, and where there is one what the console says besides."""
    catalog = Translations.load(TRANSLATIONS, [language], "messages")
    if isinstance(catalog, Translations) and language in CONSOLE_LANGUAGES:
        catalog.merge(Translations.load(TRANSLATIONS, [language], "console"))
    return catalog


def gettext(text: str, **values: Any) -> str:
    """A sentence in the language of the page, with its values; "%%" is one "%"."""
    return filled(_catalog().gettext(text), values)


def lazy_gettext(text: str, **values: Any) -> LazyString:
    """A sentence for every page: in the language of the one that shows it, English before."""
    return LazyString(lambda: gettext(text, **values) if has_app_context() else text % values)


def ngettext(one: str, many: str, num: int, **values: Any) -> str:
    """A sentence of the page in the grammatical form of `num`, which is one of its values."""
    return filled(_catalog().ngettext(one, many, num), {"num": num} | values)


def pgettext(context: str, text: str, **values: Any) -> str:
    """A text with two meanings in English; `context` says which, and never shows."""
    return filled(_catalog().pgettext(context, text), values)


def _gettext_in_html(text: str, **values: Any) -> Markup:
    escaped = {name: escape(value) for name, value in values.items()}
    return Markup(gettext(text, **escaped))  # noqa: S704  catalogs are ours


def _ngettext_in_html(one: str, many: str, num: int, **values: Any) -> Markup:
    escaped = {name: escape(value) for name, value in values.items()}
    return Markup(ngettext(one, many, num, **escaped))  # noqa: S704  catalogs are ours


def _pgettext_in_html(context: str, text: str, **values: Any) -> Markup:
    escaped = {name: escape(value) for name, value in values.items()}
    return Markup(pgettext(context, text, **escaped))  # noqa: S704  catalogs are ours


def is_changing_language() -> bool:
    """Whether a form was sent only to be shown again in another language, as it stands."""
    return request.method == "POST" and _asked_language() in offered_languages()


def _remember_choice() -> None:
    """A language that an address names stays this browser's, through the sign-in too."""
    asked = _asked_language()
    if asked is None or request.endpoint in FOR_EVERYBODY | {"static"}:
        return
    if asked != cookies.chosen_language() and asked in offered_languages():
        cookies.remember_language(asked)


_RIGHT_TO_LEFT = {"R", "AL"}


def is_foreign(text: str) -> bool:
    """Whether letters in it run against the page's direction."""
    if get_locale().text_direction == "rtl":
        return any(bidirectional(character) == "L" for character in text)
    return not text.isascii() and any(bidirectional(each) in _RIGHT_TO_LEFT for each in text)


def isolated(text: str) -> str:
    """Somebody's own words within a sentence: where one of the two runs from the right, the signs
    and numbers of each stay with it."""
    is_mixed = text and (get_locale().text_direction == "rtl" or is_foreign(text))
    return _within_marks(text) if is_mixed else text


def lazy_isolated(text: str) -> LazyString:
    """As `isolated`, for a value of a lazy sentence."""
    return LazyString(lambda: isolated(text) if has_app_context() else text)


def apart(text: str) -> str:
    """A name or words that usually run with the page, isolated only where they do not."""
    return _within_marks(text) if is_foreign(text) else text


def untranslated(name: str) -> str:
    """A name, code or hash, which no translator of pages may change; see `names.py`."""
    return marked(name, apart(name)) if name else name


def isolating(text: str, *marks: str) -> str:
    """A sentence for a script, which puts names of files or numbers where these marks stand."""
    for mark in marks:
        text = text.replace(mark, _within_marks(mark))
    return text


def _within_marks(text: str) -> str:
    """Between the marks of Unicode's algorithm that isolate it (FSI, PDI)."""
    return f"\u2068{text}\u2069"


def init_app(app: Flask) -> None:
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = str(TRANSLATIONS)
    app.before_request(_remember_choice)
    Babel(app, locale_selector=select_language)
    env = app.jinja_env
    env.install_gettext_callables(_gettext_in_html, _ngettext_in_html, newstyle=True)
    # In place of the wrappers that were just installed: these do their work in one call.
    env.globals |= {"gettext": _gettext_in_html, "ngettext": _ngettext_in_html}
    env.globals["_"] = _gettext_in_html
    env.globals["pgettext"] = _pgettext_in_html
    env.globals["get_locale"] = get_locale
    filters = (isolated, isolating, untranslated, plain)
    env.filters |= {function.__name__: function for function in filters}
