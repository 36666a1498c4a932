"""Giving the place up, asked once more."""

from __future__ import annotations

from flask import Response, request

from rostrum.actions.registrations.withdrawal import withdraw
from rostrum.domain.debates.debate import Phase
from rostrum.domain.registrations.registration import PlaceChanged, Registration
from rostrum.web.access import Delegate, get_delegate
from rostrum.web.context import db, parts
from rostrum.web.delegates.page import back_to_page, blueprint, held_place
from rostrum.web.language.formats import refusal
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
    is_open = debate.status == "active" and debate.phase(parts().clock.now()) is Phase.OPEN
    page = {"debate": debate, "delegation": delegate.delegation, "held": held, "is_open": is_open}
    status = 409 if problems else 200
    return respond("delegates/page/withdrawal.html", status=status, problems=problems or {}, **page)


@blueprint.post("/withdrawal")
def give_up(slug: str, code: str) -> Response:
    """Gives up the place that the page named, and no other."""
    delegate, seen = get_delegate(slug, code), request.form.get("place", type=int)
    try:
        withdraw(
            db(),
            parts().clock.now(),
            delegate.actor,
            delegate.debate,
            delegation_id=delegate.delegation.id,
            seen=seen,
        )
    except PlaceChanged as refused:
        return _show_withdrawal(delegate, held_place(delegate), {"place": refusal(refused)})
    return back_to_page(delegate)
