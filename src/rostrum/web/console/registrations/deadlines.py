"""Late letters: giving one delegation more time, or striking its place."""

from __future__ import annotations

from datetime import datetime

from flask import Blueprint, Response, flash, redirect

from rostrum.actions.order.places import get_listed
from rostrum.actions.registrations.deadlines import extend_deadline, strike_place
from rostrum.domain.debates.debate import Debate
from rostrum.domain.errors import RuleBroken
from rostrum.domain.registrations.deadlines import (
    came_in_time,
    deadline_of,
    owes_letter,
    proposed_extension,
    takes_letters,
)
from rostrum.domain.registrations.registration import Registration
from rostrum.domain.staff.accounts import DECIDES_LATE_LETTERS
from rostrum.store.delegations import get_delegation_by_id
from rostrum.web.access import get_member_and_debate
from rostrum.web.console.nav import dossier_url
from rostrum.web.context import db, parts
from rostrum.web.forms.base import ExtensionForm, StrikeForm, problems_of
from rostrum.web.forms.fields import wall_time
from rostrum.web.language.catalogs import gettext
from rostrum.web.language.formats import delegation_name, moment, refusal
from rostrum.web.respond import respond

blueprint = Blueprint(
    "console_deadlines",
    __name__,
    url_prefix="/staff/debates/<slug>/registrations/<int(max=999999999):registration_id>/letter",
)


@blueprint.get("")
def show(slug: str, registration_id: int) -> Response:
    """Until when the letter is accepted, and which decisions are possible."""
    _, debate = get_member_and_debate(slug, DECIDES_LATE_LETTERS)
    return _show(debate, get_listed(db(), debate, registration_id))


@blueprint.post("/extension")
def extend(slug: str, registration_id: int) -> Response:
    """Gives this delegation more time."""
    member, debate = get_member_and_debate(slug, DECIDES_LATE_LETTERS)
    held = get_listed(db(), debate, registration_id)
    form = ExtensionForm()
    if not form.validate():
        return _show(debate, held, form, problems=problems_of(form))
    try:
        held = extend_deadline(
            db(),
            parts().clock.now(),
            member.actor,
            debate,
            registration_id=held.id,
            until=form.until.instant,
        )
    except RuleBroken as refused:
        return _show(debate, held, form, problems={refused.field: refusal(refused)})
    told = {"delegation": _name(held), "time": moment(held.letter_deadline)}
    return _on(debate, held, gettext("Letters of %(delegation)s are taken until %(time)s.", **told))


@blueprint.post("/strike")
def strike(slug: str, registration_id: int) -> Response:
    """Strikes the place."""
    member, debate = get_member_and_debate(slug, DECIDES_LATE_LETTERS)
    held = get_listed(db(), debate, registration_id)
    form = StrikeForm()
    if not form.validate():
        return _show(debate, held, striking=form, problems=problems_of(form))
    try:
        strike_place(
            db(),
            parts().clock.now(),
            member.actor,
            debate,
            registration_id=held.id,
            reason=form.reason.data,
        )
    except RuleBroken as refused:
        return _show(debate, held, striking=form, problems={refused.field: refusal(refused)})
    told = {"delegation": _name(held), "place": held.place}
    return _on(
        debate, held, gettext("%(delegation)s, number %(place)s, is struck off the list.", **told)
    )


def _name(held: Registration) -> str:
    return delegation_name(get_delegation_by_id(db(), held.delegation_id))


def _on(debate: Debate, held: Registration, notice: str) -> Response:
    flash(notice)
    return redirect(dossier_url(debate, get_delegation_by_id(db(), held.delegation_id)), 303)


def _show(
    debate: Debate,
    held: Registration,
    extension: ExtensionForm | None = None,
    striking: StrikeForm | None = None,
    problems: dict[str, str] | None = None,
) -> Response:
    now = parts().clock.now()
    page = {
        "debate": debate,
        "held": held,
        "delegation": get_delegation_by_id(db(), held.delegation_id),
        "deadline": deadline_of(debate, held),
        "takes_letters": takes_letters(debate, held, now),
        "came_in_time": came_in_time(debate, held),
        "may_strike": owes_letter(debate, held, now),
        "extension": extension or _extension(debate, held, now),
        "striking": striking or StrikeForm(formdata=None),
        "problems": problems or {},
    }
    return respond("console/deadlines/show.html", status=422 if problems else 200, **page)


def _extension(debate: Debate, held: Registration, now: datetime) -> ExtensionForm:
    """The form with the time that was given, else with the one to propose."""
    until = held.letter_deadline or proposed_extension(debate, now)
    return ExtensionForm(formdata=None, data={"until": wall_time(until)})
