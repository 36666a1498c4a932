"""Giving the place up, asked once more."""

from __future__ import annotations

from flask import Response, request

from rostrum.actions.order.delayed import decide_withdrawal
from rostrum.domain.errors import Conflict
from rostrum.domain.order.delayed import takes_registrations
from rostrum.domain.registrations.registration import Registration
from rostrum.store.registrations import count_active, find_active_registration
from rostrum.web.access import Delegate, get_delegate
from rostrum.web.context import db, parts
from rostrum.web.delegates.changes import on_change
from rostrum.web.delegates.page import blueprint, held_place
from rostrum.web.language.formats import refusal
from rostrum.web.public.forecasts import place_shift
from rostrum.web.respond import respond


@blueprint.get("/withdrawal")
def confirm_withdrawal(slug: str, code: str) -> Response:
    """Asks for confirmation before the place is given up."""
    delegate = get_delegate(slug, code)
    return _show_withdrawal(delegate, held_place(delegate))


def _show_withdrawal(
    delegate: Delegate, held: Registration, problems: dict[str, str] | None = None
) -> Response:
    debate = delegate.debate
    last = count_active(db(), debate.id)
    page = {
        "debate": debate,
        "delegation": delegate.delegation,
        "held": held,
        "last": last,
        "is_open": takes_registrations(debate, parts().clock.now()),
        "shift": place_shift(debate, held.place, last),
        "problems": problems or {},
    }
    status = 409 if problems else 200
    return respond("delegates/page/withdrawal.html", status=status, **page)


@blueprint.post("/withdrawal")
def give_up(slug: str, code: str) -> Response:
    """Decides to give up the place that the page named, and no other."""
    delegate, seen = get_delegate(slug, code), request.form.get("place", type=int)
    who = delegate.delegation.id
    try:
        decide_withdrawal(
            db(), parts().clock.now(), delegate.actor, delegate.debate, delegation_id=who, seen=seen
        )
    except Conflict as refused:
        held = find_active_registration(db(), delegate.debate.id, who)
        if held is None:
            raise
        return _show_withdrawal(delegate, held, {"place": refusal(refused)})
    return on_change(delegate)
