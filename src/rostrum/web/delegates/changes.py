"""What the delegation decided about its place: counted down, taken back, told what came of it."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, flash, redirect, request, url_for

from rostrum.actions.order.delayed import take_back_change
from rostrum.domain.debates.debate import Debate
from rostrum.domain.errors import Conflict
from rostrum.domain.order.delayed import ChangeKind, DelayedChange
from rostrum.store import debates, delegations, registrations
from rostrum.store.delayed import find_last_change
from rostrum.web.access import Delegate, get_delegate
from rostrum.web.context import db, parts
from rostrum.web.errors import status_of
from rostrum.web.language.catalogs import gettext
from rostrum.web.language.formats import refusal
from rostrum.web.live.blocks import add_live_routes, for_delegates, live_block
from rostrum.web.public.forecasts import place_shift
from rostrum.web.respond import respond

blueprint = Blueprint("changes", __name__, url_prefix="/debates/<slug>/delegations/<code>/change")
PAGE = "delegates/change/show.html"


@live_block(PAGE, "change")
def change_page(debate_id: int, delegation_id: int) -> dict[str, Any]:
    """The last decision about this delegation's place, and what it means.

    The fingerprint changes with what can be taken back: the page then reloads its form.
    """
    debate = debates.get_debate_by_id(db(), debate_id)
    change = find_last_change(db(), debate_id, delegation_id)
    is_waiting = change is not None and change.is_waiting and change.kind is not ChangeKind.SWAP
    return {
        "debate": debate,
        "delegation": delegations.get_delegation_by_id(db(), delegation_id),
        "held": registrations.find_active_registration(db(), debate_id, delegation_id),
        "change": change,
        "is_waiting": is_waiting,
        "fingerprint": str(change.id) if is_waiting else "",
        "shift": change and _shift(debate, change),
    }


def _shift(debate: Debate, change: DelayedChange) -> Any:
    return change.place and place_shift(debate, change.place_seen, change.place)


@blueprint.get("")
def show(slug: str, code: str) -> Response:
    """The last ten seconds in which a decision can be taken back, or what came of it."""
    return _show(get_delegate(slug, code))


add_live_routes(blueprint, change_page, for_delegates)


@blueprint.post("")
def take_back(slug: str, code: str) -> Response:
    """Takes the decision back that the page showed."""
    delegate, shown = get_delegate(slug, code), request.form.get("change", type=int)
    try:
        take_back_change(
            db(),
            parts().clock.now(),
            delegate.actor,
            delegate.debate,
            delegation_id=delegate.delegation.id,
            change_id=shown or 0,
        )
    except Conflict as refused:
        return _show(delegate, {"change": refusal(refused)}, status_of(refused))
    flash(gettext("Taken back. You keep your place."))
    return redirect(url_for("registrations.show", slug=slug, code=code), 303)


def on_change(delegate: Delegate) -> Response:
    """To the page that counts down, after a decision."""
    where = {"slug": delegate.debate.slug, "code": delegate.delegation.code}
    return redirect(url_for("changes.show", **where), 303)


def _show(
    delegate: Delegate, problems: dict[str, str] | None = None, status: int = 200
) -> Response:
    values = change_page(delegate.debate.id, delegate.delegation.id)
    return respond(PAGE, "page_body", status=status, problems=problems or {}, **values)
