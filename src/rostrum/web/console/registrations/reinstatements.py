"""Reinstating a place that was given up or struck."""

from __future__ import annotations

from flask import Blueprint, Response, flash, redirect

from rostrum.actions.registrations.reinstatements import get_gone, reinstate_place
from rostrum.domain.debates.debate import Debate
from rostrum.domain.registrations.registration import Registration
from rostrum.domain.staff.accounts import MOVES_PLACES
from rostrum.store.delegations import get_delegation_by_id
from rostrum.web.access import get_member_and_debate
from rostrum.web.console.nav import dossier_url
from rostrum.web.context import db, parts
from rostrum.web.forms.base import problems_of
from rostrum.web.forms.order import ReinstatementForm
from rostrum.web.language.catalogs import gettext
from rostrum.web.language.formats import delegation_name
from rostrum.web.respond import respond

blueprint = Blueprint(
    "console_reinstatements",
    __name__,
    url_prefix="/staff/debates/<slug>/registrations/<int(max=999999999):registration_id>/reinstatement",
)


@blueprint.get("")
def show(slug: str, registration_id: int) -> Response:
    """The lost place, and a form for the reason to reinstate it."""
    _, debate = get_member_and_debate(slug, MOVES_PLACES)
    gone = get_gone(db(), debate, registration_id)
    return _show(debate, gone, ReinstatementForm(formdata=None))


@blueprint.post("")
def reinstate(slug: str, registration_id: int) -> Response:
    """Reinstates the place with its old number."""
    member, debate = get_member_and_debate(slug, MOVES_PLACES)
    gone = get_gone(db(), debate, registration_id)
    form = ReinstatementForm()
    if not form.validate():
        return _show(debate, gone, form, problems_of(form))
    back = reinstate_place(
        db(),
        parts().clock.now(),
        member.actor,
        debate,
        registration_id=gone.id,
        reason=form.reason.data,
    )
    who = get_delegation_by_id(db(), back.delegation_id)
    flash(
        gettext(
            "%(delegation)s is on the list again: number %(place)s, arrived as %(number)s.",
            delegation=delegation_name(who),
            place=back.place,
            number=back.arrival_number,
        )
    )
    return redirect(dossier_url(debate, who), 303)


def _show(
    debate: Debate,
    gone: Registration,
    form: ReinstatementForm,
    problems: dict[str, str] | None = None,
) -> Response:
    page = {
        "debate": debate,
        "gone": gone,
        "delegation": get_delegation_by_id(db(), gone.delegation_id),
        "form": form,
        "problems": problems or {},
    }
    return respond("console/reinstatements/show.html", status=422 if problems else 200, **page)
