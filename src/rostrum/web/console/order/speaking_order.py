"""The whole list in its sections, in speaking order, and the ways to change it."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, request

from rostrum.actions.order.places import get_listed
from rostrum.domain.debates.debate import Debate
from rostrum.domain.errors import DomainError
from rostrum.domain.order.stretches import written_order
from rostrum.domain.staff.accounts import MOVES_PLACES
from rostrum.store import council, debates, places, registrations
from rostrum.store.delegations import get_delegation_by_id
from rostrum.web.access import get_member_and_debate
from rostrum.web.console.order.swaps import count_agreed_swaps
from rostrum.web.context import db
from rostrum.web.live.blocks import add_live_routes, for_staff, live_block
from rostrum.web.respond import respond

blueprint = Blueprint("console_order", __name__, url_prefix="/staff/debates/<slug>/order")


@live_block("console/order/show.html", "order_list")
def order_page(debate_id: int) -> dict[str, Any]:
    """The whole list in its sections, for staff who may change it."""
    counts = places.list_move_counts(db(), debate_id)
    pairs = registrations.list_with_delegations(db(), debate_id)
    return {
        "debate": debates.get_debate_by_id(db(), debate_id),
        "council": council.list_council_members(db(), debate_id),
        "listed": [(held, who, counts.get(held.id, [])) for held, who in pairs if held.is_active],
        "further": council.list_further_statements(db(), debate_id),
        "swap_count": count_agreed_swaps(debate_id),
    }


@blueprint.get("")
def show(slug: str) -> Response:
    """Shows briefers, Council members, the registered list and further statements."""
    _, debate = get_member_and_debate(slug, MOVES_PLACES)
    values = order_page(debate.id) | {"undo": _undo(debate)}
    return respond("console/order/show.html", "order_list", **values)


add_live_routes(blueprint, order_page, for_staff(MOVES_PLACES))


def _undo(debate: Debate) -> dict[str, Any] | None:
    """The move that was just made, with the values to take it back, or None."""
    place = request.args.get("undo", 0, type=int)
    moved_id = request.args.get("registration_id", 0, type=int)
    if not 0 < place < 10_000 or not 0 < moved_id < 10**9:
        return None
    try:
        held = get_listed(db(), debate, moved_id)
    except DomainError:
        return None
    return {
        "held": held,
        "delegation": get_delegation_by_id(db(), held.delegation_id),
        "place": place,
        "version": written_order(places.list_places(db(), debate.id)),
    }
