"""The language of a page: which one, its locale and its catalog, looked up once a page.

Flask-Babel asks for both anew at every sentence, and Jinja's own gettext takes four calls to
reach it; together they were a third of the time of a page.
"""

from __future__ import annotations

from functools import lru_cache
from gettext import NullTranslations
from pathlib import Path
from typing import Any

from babel import Locale
from babel.support import Translations
from flask import Flask, g, has_request_context, request
from flask_babel import Babel
from markupsafe import Markup, escape
from werkzeug.datastructures import LanguageAccept
from werkzeug.http import parse_accept_header

TRANSLATIONS = Path(__file__).parents[1] / "translations"
LANGUAGES = ["en"]
"""Languages with a catalog; a later one is added here and in `translations/`."""


def select_language() -> str:
    """The language of the page: the browser's, among those with a catalog."""
    if not has_request_context():
        return LANGUAGES[0]
    return _best_language(request.headers.get("Accept-Language", ""))


@lru_cache(maxsize=256)
def _best_language(accepted: str) -> str:
    asked = parse_accept_header(accepted, LanguageAccept)
    return asked.best_match(LANGUAGES, LANGUAGES[0])


def get_locale() -> Locale:
    """The locale of the page at hand."""
    page = g._get_current_object()
    if "locale" not in page:
        page.locale = _parse_locale(select_language())
    return page.locale


_parse_locale = lru_cache(maxsize=16)(Locale.parse)


def _catalog() -> NullTranslations:
    page = g._get_current_object()
    if "catalog" not in page:
        page.catalog = _load_catalog(str(get_locale()))
    return page.catalog


@lru_cache(maxsize=16)
def _load_catalog(language: str) -> NullTranslations:
    return Translations.load(TRANSLATIONS, [language])


def gettext(text: str, **values: Any) -> str:
    """A sentence in the language of the page, with its values; "%%" is one "%"."""
    return _catalog().gettext(text) % values


def ngettext(one: str, many: str, num: int, **values: Any) -> str:
    """The same in the number's grammatical form; `num` is one of its values."""
    return _catalog().ngettext(one, many, num) % ({"num": num} | values)


def _gettext_in_html(text: str, **values: Any) -> Markup:
    escaped = {name: escape(value) for name, value in values.items()}
    return Markup(gettext(text, **escaped))  # noqa: S704  catalogs are ours


def _ngettext_in_html(one: str, many: str, num: int, **values: Any) -> Markup:
    escaped = {name: escape(value) for name, value in values.items()}
    return Markup(ngettext(one, many, num, **escaped))  # noqa: S704  catalogs are ours


def init_app(app: Flask) -> None:
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = str(TRANSLATIONS)
    Babel(app, locale_selector=select_language)
    env = app.jinja_env
    env.install_gettext_callables(_gettext_in_html, _ngettext_in_html, newstyle=True)
    # In place of the wrappers that were just installed: these do their work in one call.
    env.globals |= {"gettext": _gettext_in_html, "ngettext": _ngettext_in_html}
    env.globals["_"] = _gettext_in_html
    env.globals["get_locale"] = get_locale
