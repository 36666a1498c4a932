"""Speaking later: a delegation chooses a place behind its own, and reads what that means."""

from __future__ import annotations

from flask import Blueprint, Response, redirect, request, url_for

from rostrum.actions.order.delayed import decide_later
from rostrum.domain.errors import Conflict, RuleBroken
from rostrum.domain.order.places import check_later, later_range
from rostrum.domain.registrations.registration import Registration
from rostrum.store.places import list_places
from rostrum.web.access import Delegate, get_delegate
from rostrum.web.context import db, parts
from rostrum.web.delegates.changes import on_change
from rostrum.web.delegates.page import held_place
from rostrum.web.errors import status_of
from rostrum.web.forms.base import problems_of
from rostrum.web.forms.order import LaterForm
from rostrum.web.language.catalogs import is_changing_language
from rostrum.web.language.formats import refusal
from rostrum.web.public.forecasts import place_shift
from rostrum.web.respond import respond

blueprint = Blueprint("later", __name__, url_prefix="/debates/<slug>/delegations/<code>/later")

PLACE = "/<int(max=9999):place>"


@blueprint.get("")
def show(slug: str, code: str) -> Response:
    """A form to choose a place behind the present one."""
    return _show(get_delegate(slug, code), LaterForm(formdata=None))


@blueprint.post("")
def choose(slug: str, code: str) -> Response:
    """Leads to the question about that place. Changes nothing."""
    delegate = get_delegate(slug, code)
    form = LaterForm()
    if is_changing_language():
        return _show(delegate, form)
    if not form.validate():
        return _show(delegate, form, problems_of(form))
    place = int(form.place.data)
    if refused := _refusal(delegate, held_place(delegate), place):
        return _show(delegate, form, refused)
    return redirect(url_for(".confirm", slug=slug, code=code, place=place), 303)


@blueprint.get(PLACE)
def confirm(slug: str, code: str, place: int) -> Response:
    """What the place means, asked before it is taken."""
    delegate = get_delegate(slug, code)
    return _ask(delegate, held_place(delegate), place)


@blueprint.post(PLACE)
def go(slug: str, code: str, place: int) -> Response:
    """Decides to move from the number that the page showed back to that place."""
    delegate, seen = get_delegate(slug, code), request.form.get("seen", type=int)
    held = held_place(delegate)
    try:
        decide_later(
            db(),
            parts().clock.now(),
            delegate.actor,
            delegate.debate,
            delegation_id=delegate.delegation.id,
            place=place,
            seen=seen,
        )
    except (RuleBroken, Conflict) as refused:
        return _ask(delegate, held, place, {"place": refusal(refused)}, status_of(refused))
    return on_change(delegate)


def _refusal(delegate: Delegate, held: Registration, place: int) -> dict[str, str]:
    try:
        check_later(list_places(db(), delegate.debate.id), held.id, place)
    except RuleBroken as refused:
        return {refused.field: refusal(refused)}
    return {}


def _ask(
    delegate: Delegate,
    held: Registration,
    place: int,
    problems: dict[str, str] | None = None,
    status: int = 200,
) -> Response:
    if refused := _refusal(delegate, held, place):
        form = LaterForm(formdata=None, data={"place": str(place)})
        return _show(delegate, form, refused)
    page = {
        "debate": delegate.debate,
        "delegation": delegate.delegation,
        "held": held,
        "place": place,
        "shift": place_shift(delegate.debate, held.place, place),
        "problems": problems or {},
    }
    return respond("delegates/list/later_question.html", status=status, **page)


def _show(delegate: Delegate, form: LaterForm, problems: dict[str, str] | None = None) -> Response:
    held = held_place(delegate)
    first, last = later_range(list_places(db(), delegate.debate.id), held.id)
    if form.place.data is None and first == last:
        form.place.data = str(last)
    page = {
        "debate": delegate.debate,
        "delegation": delegate.delegation,
        "held": held,
        "first": first,
        "last": last,
        "form": form,
        "problems": problems or {},
    }
    return respond("delegates/list/later.html", status=422 if problems else 200, **page)
