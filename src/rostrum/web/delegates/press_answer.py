"""The answer to a press: the number and its line, before everything else of the page."""

from __future__ import annotations

from flask import Response, current_app, make_response, render_template, request

from rostrum.domain.registrations.registration import Registration
from rostrum.web.access import Delegate
from rostrum.web.delegates.number import number_of


def answer_press(delegate: Delegate, held: Registration, notice: str) -> Response:
    """What a delegation waits for; its page asks for the receipt and the rest a second later.

    Thousands may be waiting for theirs: one look into the database, one small fragment.
    """
    page = {
        "delegation": delegate.delegation,
        "tell_before": delegate.session.tell_before,
        "notice": notice,
        # A press goes to the address of the delegation's page, and one word after it.
        "page_url": request.path.rpartition("/")[0],
    }
    # That a place was given back stands with the rest, a second later.
    values = number_of(held) | page
    # By Jinja alone: it needs nothing of what Flask gathers for whole pages.
    template = current_app.jinja_env.get_template("delegates/page/_press_answer.html")
    return Response(template.render(values))


def answer_early(text: str) -> Response:
    """By how much a press was early, said at the button; nothing else of the page is touched."""
    response = make_response(render_template("delegates/page/_early.html", text=text), 422)
    response.headers["HX-Retarget"] = "#press_said"
    return response
