"""Speaking later: a delegation moves itself back on the list, and stays on it."""

from __future__ import annotations

from flask import Blueprint, Response

from rostrum.actions.order.places import speak_later
from rostrum.domain.errors import RuleBroken
from rostrum.store.registrations import count_active
from rostrum.web.access import Delegate, get_delegate
from rostrum.web.context import db, parts
from rostrum.web.delegates.page import back_to_page, held_place
from rostrum.web.forms.base import problems_of
from rostrum.web.forms.order import LaterForm
from rostrum.web.language.catalogs import gettext, is_changing_language
from rostrum.web.language.formats import refusal
from rostrum.web.respond import respond

blueprint = Blueprint("later", __name__, url_prefix="/debates/<slug>/delegations/<code>/later")


@blueprint.get("")
def show(slug: str, code: str) -> Response:
    """A form to choose a place behind the present one."""
    delegate = get_delegate(slug, code)
    return _show(delegate, LaterForm(formdata=None))


@blueprint.post("")
def go(slug: str, code: str) -> Response:
    """Moves the delegation back to that place."""
    delegate = get_delegate(slug, code)
    form = LaterForm()
    if is_changing_language():
        return _show(delegate, form)
    if not form.validate():
        return _show(delegate, form, problems_of(form))
    try:
        moved = speak_later(
            db(),
            parts().clock.now(),
            delegate.actor,
            delegate.debate,
            delegation_id=delegate.delegation.id,
            place=int(form.place.data),
        )
    except RuleBroken as refused:
        return _show(delegate, form, {refused.field: refusal(refused)})
    return back_to_page(delegate, gettext("You are number %(place)s now.", place=moved.place_after))


def _show(delegate: Delegate, form: LaterForm, problems: dict[str, str] | None = None) -> Response:
    held, total = held_place(delegate), count_active(db(), delegate.debate.id)
    if form.place.data is None and total == held.place + 1:
        form.place.data = str(total)
    page = {
        "debate": delegate.debate,
        "delegation": delegate.delegation,
        "held": held,
        "total": total,
        "form": form,
        "problems": problems or {},
    }
    return respond("delegates/list/later.html", status=422 if problems else 200, **page)
