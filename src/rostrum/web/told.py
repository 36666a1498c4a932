"""The answer to a press: what a delegation is told at once, rendered once for all its phones."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from flask import Response, make_response, render_template, url_for
from jinja2_fragments.flask import render_block
from markupsafe import Markup

from rostrum.web.formats import delegation_name
from rostrum.web.words import get_locale

KEPT = 500
"""Answers kept: every delegation of a debate, in two languages."""


@dataclass(frozen=True)
class _Told:
    """The values of place and receipt; `key` names all that can make a difference to them."""

    key: tuple
    values: dict[str, Any] = field(compare=False)


def answer_press(values: dict[str, Any], notice: str) -> Response:
    """Place and receipt of a registered delegation; the page asks for the rest of itself later.

    `values` are those of its page. Thousands may be waiting for theirs, and the phones of one
    delegation, which press together, are told the same: so it is rendered once.
    """
    mover = values["mover"]
    key = (
        get_locale(),
        values["fingerprint"],
        values["delegation"].id,
        values["held"],
        values["standing"],
        values["forecast"],
        values["move"],
        values["mission_message"],
        mover and delegation_name(mover),
        values["deadline"],
        tuple(values["moves"]),
        tuple(values["asks"]),
        values["takes_letters"],
    )
    page_url = url_for(
        "registrations.show", slug=values["debate"].slug, code=values["delegation"].code
    )
    told = _render(_Told(key, values))
    page = {"told": told, "notice": notice, "page_url": page_url}
    return make_response(render_template("registrations/_registered.html", **values, **page))


@lru_cache(maxsize=KEPT)
def _render(told: _Told) -> Markup:
    html = render_block("registrations/show.html", "told", **told.values)
    return Markup(html)  # noqa: S704  rendered by our own template
