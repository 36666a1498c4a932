"""The outside address: which one counts and where it comes from; admins set it."""

from __future__ import annotations

from flask import Blueprint, Response, flash, redirect, url_for

from rostrum.actions.instance.addresses import set_address
from rostrum.domain.errors import Conflict, RuleBroken
from rostrum.domain.instance.addresses import Source, read_address
from rostrum.domain.sentences import N_
from rostrum.domain.staff.accounts import MANAGES_STAFF
from rostrum.web.access import get_member
from rostrum.web.addresses import address_in_use, address_trouble, outside_address
from rostrum.web.console.forms.addresses import AddressForm
from rostrum.web.context import db, parts
from rostrum.web.forms.base import problems_of
from rostrum.web.language.catalogs import gettext
from rostrum.web.language.formats import refusal
from rostrum.web.respond import respond

blueprint = Blueprint("addresses", __name__, url_prefix="/staff/address")


@blueprint.get("")
def show() -> Response:
    """The address with which links begin, and the address that this browser uses."""
    get_member(MANAGES_STAFF)
    holds = outside_address()
    kept = holds.url if holds.source is Source.KEPT else ""
    return _show(AddressForm(formdata=None, base_url=kept))


@blueprint.post("")
def keep() -> Response:
    """Keeps another address; an address that this browser does not use must have been tried."""
    member, form = get_member(MANAGES_STAFF), AddressForm()
    if outside_address().source is Source.ENVIRONMENT:
        raise Conflict(N_("ROSTRUM_BASE_URL is set where the server starts, and wins."))
    if not form.validate():
        return _show(form, problems_of(form))
    try:
        url = read_address(form.base_url.data)
    except RuleBroken as refused:
        return _show(form, {refused.field: refusal(refused)})
    if url != address_in_use() and url != form.tried.data:
        return _show(form, {"tried": gettext("Try the address, and tick that it leads here.")}, url)
    set_address(db(), parts().clock.now(), member.actor, url)
    flash(gettext("Links begin with %(address)s from now on.", address=url))
    return redirect(url_for(".show"), 303)


def _show(
    form: AddressForm, problems: dict[str, str] | None = None, untried: str | None = None
) -> Response:
    page = {
        "form": form,
        "problems": problems or {},
        "untried": untried,
        "holds": outside_address(),
        "here": address_in_use(),
        "trouble": address_trouble(),
    }
    return respond("console/addresses/show.html", status=422 if problems else 200, **page)
