"""The one way to answer: a whole page or, for htmx, only the block that changed."""

from __future__ import annotations

from flask import Response, make_response, render_template, request
from jinja2_fragments.flask import render_block


def respond(page: str, fragment: str | None = None, *, status: int = 200, **values) -> Response:
    """The page, or its block `fragment` if htmx asked and the view names one."""
    if request.htmx and fragment:
        return make_response(render_block(page, fragment, **values), status)
    return make_response(render_template(page, **values), status)


def partial(target: str, html: str) -> str:
    """A fragment for the element with the id `target`, which it replaces completely."""
    return f'<hx-partial hx-target="#{target}" hx-swap="outerHTML">{html}</hx-partial>'
