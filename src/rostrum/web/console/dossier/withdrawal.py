"""Giving a place up for a delegation that asked for it."""

from __future__ import annotations

from flask import Response, flash, redirect, request

from rostrum.actions.registrations.withdrawal import withdraw_for
from rostrum.domain.errors import RuleBroken
from rostrum.domain.registrations.registration import PlaceChanged
from rostrum.domain.staff.accounts import MOVES_PLACES
from rostrum.store.registrations import count_active, find_active_registration
from rostrum.web.access import StandIn, get_stand_in
from rostrum.web.console.dossier.page import blueprint
from rostrum.web.console.forms.on_behalf import WithdrawalForm
from rostrum.web.console.nav import dossier_url
from rostrum.web.context import db, parts
from rostrum.web.errors import status_of
from rostrum.web.forms.base import problems_of
from rostrum.web.language.catalogs import gettext
from rostrum.web.language.formats import delegation_name, refusal
from rostrum.web.respond import respond


@blueprint.get("/withdrawal")
def confirm_withdrawal(slug: str, member_code: str) -> Response:
    """What giving the place up means, and a form for the reason."""
    return _show(get_stand_in(slug, member_code, MOVES_PLACES), WithdrawalForm(formdata=None))


@blueprint.post("/withdrawal")
def give_up(slug: str, member_code: str) -> Response:
    """Gives up the place that the page named, and no other."""
    who, form = get_stand_in(slug, member_code, MOVES_PLACES), WithdrawalForm()
    if not form.validate():
        return _show(who, form, problems_of(form))
    try:
        withdraw_for(
            db(),
            parts().clock.now(),
            who.actor,
            who.debate,
            delegation_id=who.delegation.id,
            reason=form.reason.data,
            seen=request.form.get("place", 0, type=int),
        )
    except (RuleBroken, PlaceChanged) as refused:
        problems = {getattr(refused, "field", "place"): refusal(refused)}
        return _show(who, form, problems, status_of(refused))
    told = {"delegation": delegation_name(who.delegation)}
    flash(gettext("The place of %(delegation)s is given up. It can be reinstated here.", **told))
    return _back(who)


def _back(who: StandIn) -> Response:
    return redirect(dossier_url(who.debate, who.delegation), 303)


def _show(
    who: StandIn,
    form: WithdrawalForm,
    problems: dict[str, str] | None = None,
    status: int = 422,
) -> Response:
    held = find_active_registration(db(), who.debate.id, who.delegation.id)
    if held is None:
        return _back(who)
    page = {
        "debate": who.debate,
        "delegation": who.delegation,
        "held": held,
        "behind": count_active(db(), who.debate.id) - held.place,
        "form": form,
        "problems": problems or {},
    }
    page_status = status if problems else 200
    return respond("console/dossier/withdrawal.html", status=page_status, **page)
