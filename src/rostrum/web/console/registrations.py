"""The list as staff see it, live, and its CSV."""

from __future__ import annotations

from flask import Blueprint, Response, request

from rostrum.domain.exports import staff_csv
from rostrum.domain.staff import SEES_LIST
from rostrum.store.registrations import list_with_delegations
from rostrum.web.access import get_member_and_debate
from rostrum.web.context import db
from rostrum.web.live import add_live_routes, for_staff
from rostrum.web.pages import SHOWN, console_page
from rostrum.web.places import csv_file
from rostrum.web.respond import respond

blueprint = Blueprint("console", __name__, url_prefix="/staff/debates/<slug>")


def _shown() -> str:
    asked = request.args.get("show", "")
    return asked if asked in SHOWN else "registered"


@blueprint.get("")
def list_registrations(slug: str) -> Response:
    """Who is registered, and what the mission needs to do next."""
    _, debate = get_member_and_debate(slug, SEES_LIST)
    values = console_page(debate.id, _shown())
    return respond("console/registrations/list.html", "console_list", **values)


add_live_routes(blueprint, console_page, for_staff(SEES_LIST, _shown))


@blueprint.get("/list.csv")
def export(slug: str) -> Response:
    """The list in speaking order with contacts, for staff only."""
    _, debate = get_member_and_debate(slug, SEES_LIST)
    text = staff_csv(list_with_delegations(db(), debate.id))
    return csv_file(text, f"{debate.slug}-list.csv")
