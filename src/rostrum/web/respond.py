"""The one way to answer: a whole page or, for htmx, only the block that changed."""

from __future__ import annotations

from flask import Response, make_response, render_template, request
from jinja2_fragments.flask import render_block

NO_PROBLEM = '<div id="problem"></div>'
"""The place for what is refused, as pages have it."""


def respond(page: str, fragment: str | None = None, *, status: int = 200, **values) -> Response:
    """The page, or its block `fragment` if htmx asked and the view names one. A page whose body is
    read anew has no problem any more that it was told before."""
    if request.htmx and fragment:
        html = render_block(page, fragment, **values)
        is_refresh = request.method == "GET" and fragment == "page_body"
        return make_response(html + partial("problem", NO_PROBLEM) if is_refresh else html, status)
    return make_response(render_template(page, **values), status)


def partial(target: str, html: str) -> str:
    """A fragment for the element with the id `target`, which it replaces completely."""
    return f'<hx-partial hx-target="#{target}" hx-swap="outerHTML">{html}</hx-partial>'
