"""Swaps that both delegations agreed: the mission approves or refuses them."""

from __future__ import annotations

from flask import Blueprint, Response, flash, redirect, request, url_for

from rostrum.actions.order.swaps import approve_swap, refuse_swap
from rostrum.domain.debates.debate import Debate
from rostrum.domain.errors import Conflict, RuleBroken
from rostrum.domain.order.swaps import SwapState, places_version
from rostrum.domain.staff.accounts import MOVES_PLACES
from rostrum.store import places, registrations, swaps
from rostrum.store.delayed import list_waiting_swaps
from rostrum.web.access import get_member_and_debate
from rostrum.web.context import db, parts
from rostrum.web.errors import status_of
from rostrum.web.forms.base import problems_of
from rostrum.web.forms.order import RefusalForm
from rostrum.web.language.catalogs import gettext
from rostrum.web.language.formats import refusal
from rostrum.web.respond import respond

blueprint = Blueprint("console_swaps", __name__, url_prefix="/staff/debates/<slug>/swaps")

SWAP = "/<int(max=999999999):swap_id>"


def count_agreed_swaps(debate_id: int) -> int:
    """How many agreed swaps the mission must decide about."""
    waiting = list_waiting_swaps(db(), debate_id)
    found = swaps.list_open_swaps(db(), debate_id)
    return sum(swap.state is SwapState.ACCEPTED and swap.id not in waiting for swap in found)


@blueprint.get("")
def list_swaps(slug: str) -> Response:
    """Every open swap."""
    _, debate = get_member_and_debate(slug, MOVES_PLACES)
    return _show(debate)


@blueprint.post(f"{SWAP}/approval")
def approve(slug: str, swap_id: int) -> Response:
    """Swaps the two places."""
    member, debate = get_member_and_debate(slug, MOVES_PLACES)
    now, seen = parts().clock.now(), request.form.get("seen", "")
    try:
        approve_swap(db(), now, member.actor, debate, swap_id=swap_id, seen=seen)
    except Conflict as refused:
        return _show(debate, problems={"swaps": refusal(refused)}, status=status_of(refused))
    return _on(debate, gettext("The places are swapped."))


@blueprint.post(f"{SWAP}/refusal")
def refuse(slug: str, swap_id: int) -> Response:
    """Keeps the places as they are."""
    member, debate = get_member_and_debate(slug, MOVES_PLACES)
    form = RefusalForm()
    if not form.validate():
        return _show(debate, form, problems_of(form), swap_id, 422)
    try:
        now = parts().clock.now()
        refuse_swap(db(), now, member.actor, debate, swap_id=swap_id, reason=form.reason.data)
    except (Conflict, RuleBroken) as refused:
        field = getattr(refused, "field", "swaps")
        return _show(debate, form, {field: refusal(refused)}, swap_id, status_of(refused))
    return _on(debate, gettext("Refused. Both delegations read why."))


def _on(debate: Debate, notice: str) -> Response:
    flash(notice)
    return redirect(url_for("console_swaps.list_swaps", slug=debate.slug), 303)


def _show(
    debate: Debate,
    form: RefusalForm | None = None,
    problems: dict[str, str] | None = None,
    refused_id: int | None = None,
    status: int = 200,
) -> Response:
    order = places.list_places(db(), debate.id)
    pairs = registrations.list_with_delegations(db(), debate.id)
    page = {
        "debate": debate,
        "swaps": [
            (swap, places_version(swap, order)) for swap in swaps.list_open_swaps(db(), debate.id)
        ],
        "waiting": list_waiting_swaps(db(), debate.id),
        "listed": {held.id: (held, who) for held, who in pairs},
        "form": form or RefusalForm(formdata=None),
        "refused_id": refused_id,
        "problems": problems or {},
    }
    return respond("console/swaps/list.html", status=status, **page)
