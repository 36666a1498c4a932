"""The whole list in its sections, in speaking order, and the ways to change it."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, flash, redirect, request, url_for

from rostrum.actions.order.taking_back import take_back_move
from rostrum.domain.debates.debate import Debate
from rostrum.domain.errors import Conflict
from rostrum.domain.staff.accounts import MOVES_PLACES
from rostrum.domain.texts import whole_number
from rostrum.store import council, debates, places, registrations
from rostrum.store.delegations import get_delegation_by_id
from rostrum.web.access import get_member_and_debate
from rostrum.web.console.order.last_change import last_change
from rostrum.web.console.order.shifted import tell_conflict
from rostrum.web.console.order.swaps import count_agreed_swaps
from rostrum.web.context import db, parts
from rostrum.web.language.catalogs import gettext
from rostrum.web.language.formats import delegation_name
from rostrum.web.live.blocks import add_live_routes, for_staff, live_block
from rostrum.web.public.forecasts import console_forecast
from rostrum.web.respond import respond

blueprint = Blueprint("console_order", __name__, url_prefix="/staff/debates/<slug>/order")


@live_block("console/order/show.html", "order_list")
def order_page(debate_id: int) -> dict[str, Any]:
    """The whole list in its sections, for staff who may change it."""
    counts = places.list_move_counts(db(), debate_id)
    pairs = registrations.list_with_delegations(db(), debate_id)
    debate = debates.get_debate_by_id(db(), debate_id)
    return {
        "debate": debate,
        "forecast": console_forecast(debate, sum(held.is_active for held, _ in pairs)),
        "council": council.list_council_members(db(), debate_id),
        "listed": [(held, who, counts.get(held.id, [])) for held, who in pairs if held.is_active],
        "further": council.list_further_statements(db(), debate_id),
        "swap_count": count_agreed_swaps(debate_id),
    }


@blueprint.get("")
def show(slug: str) -> Response:
    """Shows briefers, Council members, the registered list and further statements."""
    _, debate = get_member_and_debate(slug, MOVES_PLACES)
    return show_order(debate)


add_live_routes(blueprint, order_page, for_staff(MOVES_PLACES))


@blueprint.post("/taking-back")
def take_back(slug: str) -> Response:
    """Takes the last move back, unless something changed in between."""
    member, debate = get_member_and_debate(slug, MOVES_PLACES)
    act_id = whole_number(request.form.get("act")) or 0
    try:
        back = take_back_move(db(), parts().clock.now(), member.actor, debate, act_id)
    except Conflict as refused:
        return show_order(debate, problem=tell_conflict(debate, refused))
    flash(
        gettext(
            "%(delegation)s is number %(place)s again.",
            delegation=delegation_name(get_delegation_by_id(db(), back.caused_by)),
            place=back.place_after,
        )
    )
    return redirect(url_for("console_order.show", slug=debate.slug), 303)


def show_order(debate: Debate, problem: str = "") -> Response:
    """The order with its last change, or with why that cannot be taken back."""
    values = order_page(debate.id) | {"last": last_change(debate), "problem": problem}
    status = 409 if problem else 200
    return respond("console/order/show.html", "order_list", status=status, **values)
