"""The language of a page: which one, its locale and its catalog, looked up once a page.

Flask-Babel asks for both anew at every sentence, which was a third of the time of a page.
"""

from __future__ import annotations

from pathlib import Path

from babel import Locale
from flask import Flask, g, has_request_context, request
from flask_babel import Babel, get_translations
from flask_babel import get_locale as find_locale

LANGUAGES = ["en"]
"""Languages with a catalog; a later one is added here and in `translations/`."""


def select_language() -> str:
    """The language of the page: the browser's, among those with a catalog."""
    if not has_request_context():
        return LANGUAGES[0]
    return request.accept_languages.best_match(LANGUAGES, LANGUAGES[0])


def get_locale() -> Locale:
    """The locale of the page at hand."""
    if "locale" not in g:
        g.locale = find_locale()
    return g.locale


def _catalog():
    if "catalog" not in g:
        g.catalog = get_translations()
    return g.catalog


def init_app(app: Flask) -> None:
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = str(Path(__file__).parents[1] / "translations")
    Babel(app, locale_selector=select_language)
    app.jinja_env.install_gettext_callables(
        gettext=lambda text: _catalog().gettext(text),
        ngettext=lambda one, many, count: _catalog().ngettext(one, many, count),
        newstyle=True,
    )
    app.jinja_env.globals["get_locale"] = get_locale
