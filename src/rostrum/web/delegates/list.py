"""The whole list, for delegations."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response

from rostrum.domain.debates.debate import Visibility
from rostrum.domain.errors import NotAllowed
from rostrum.domain.exports.lists import delegates_csv
from rostrum.domain.sentences import N_
from rostrum.store import debates, delegations, messages
from rostrum.store.registrations import list_with_delegations
from rostrum.web.access import get_delegate
from rostrum.web.context import clock_now, db
from rostrum.web.live.blocks import add_live_routes, for_delegates, live_block
from rostrum.web.public.debates import find_last_change
from rostrum.web.public.forecasts import console_forecast
from rostrum.web.respond import respond

blueprint = Blueprint("places", __name__, url_prefix="/debates/<slug>/delegations/<code>/list")


@live_block("delegates/list/list.html", "registered_list")
def list_page(debate_id: int, delegation_id: int) -> dict[str, Any]:
    """The registered list for delegations: places and names of delegations, nothing personal."""
    debate = debates.get_debate_by_id(db(), debate_id)
    is_shown = debate.visibility is not Visibility.OWN
    found = list_with_delegations(db(), debate_id) if is_shown else []
    listed = [(held.place, each) for held, each in found if held.is_active]
    own = delegations.get_delegation_by_id(db(), delegation_id)
    return {
        "debate": debate,
        "is_shown": is_shown,
        "mission_messages": messages.list_read_by(db(), debate_id, delegation_id, clock_now()),
        "delegation": own,
        "own": own,
        "own_place": next((place for place, each in listed if each.id == own.id), None),
        "listed": listed,
        "forecast": console_forecast(debate, len(listed)),
        "changed_at": find_last_change(db(), debate_id),
        "council_count": debates.count_council_members(db(), debate_id),
    }


@blueprint.get("")
def list_places(slug: str, code: str) -> Response:
    """Every place with its delegation."""
    delegate = get_delegate(slug, code)
    values = list_page(delegate.debate.id, delegate.delegation.id)
    return respond("delegates/list/list.html", "registered_list", **values)


add_live_routes(blueprint, list_page, for_delegates)


@blueprint.get("/list.csv")
def export(slug: str, code: str) -> Response:
    """The list as CSV, without anything personal."""
    delegate = get_delegate(slug, code)
    if delegate.debate.visibility is Visibility.OWN:
        raise NotAllowed(N_("The Presidency shows each delegation its own place only."))
    text = delegates_csv(list_with_delegations(db(), delegate.debate.id))
    return csv_file(text, f"{delegate.debate.slug}-list.csv")


def csv_file(text: str, name: str) -> Response:
    """A CSV to download."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(text, mimetype="text/csv", headers=headers)
