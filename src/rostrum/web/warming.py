"""Work that would delay the first press, done before anybody is served.

Compiling its templates and loading a language took 60 to 70 ms on a quiet machine, and other
presses waited meanwhile. This neither reads nor writes the instance.
"""

from __future__ import annotations

from flask import Flask
from jinja2 import Environment
from jinja2.meta import find_referenced_templates

from rostrum.web.context import parts
from rostrum.web.language.catalogs import LANGUAGES, speaking
from rostrum.web.language.formats import clock_millis, moment

FIRST = (
    "delegates/page/_press_answer.html",
    "delegates/page/show.html",
    "public/debates/list.html",
)
"""The answer to a press, the page that it belongs to, the public list."""


def warm_up(app: Flask) -> None:
    """Makes the first press as quick as the second, whatever its language."""
    compiled: set[str] = set()
    for name in FIRST:
        _compile(app.jinja_env, name, compiled)
    with app.test_request_context():
        for language in LANGUAGES:
            with speaking(language):
                moment(parts().clock.now())
                clock_millis(parts().clock.now())
        parts().desk.open()


def _compile(env: Environment, name: str, compiled: set[str]) -> None:
    """Compiles a template and, recursively, all templates that it names."""
    if name in compiled:
        return
    compiled.add(name)
    env.get_template(name)
    source, _, _ = env.loader.get_source(env, name)
    for each in find_referenced_templates(env.parse(source)):
        if each is not None:
            _compile(env, each, compiled)
