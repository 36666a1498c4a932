"""The phones signed in for a delegation: seen by each of them, ended by any."""

from __future__ import annotations

from flask import Blueprint, Response, flash, redirect, request, url_for

from rostrum.actions.sessions import end_phones
from rostrum.domain.errors import NotFound
from rostrum.web.access import get_delegate
from rostrum.web.context import db, parts
from rostrum.web.live import add_live_routes, for_delegates
from rostrum.web.phone_pages import phones_page
from rostrum.web.respond import respond
from rostrum.web.words import gettext, ngettext

blueprint = Blueprint("phones", __name__, url_prefix="/debates/<slug>/delegations/<code>/phones")


@blueprint.get("")
def list_phones(slug: str, code: str) -> Response:
    """Which phones act for this delegation, and what they changed."""
    delegate = get_delegate(slug, code)
    values = phones_page(delegate.debate.id, delegate.delegation.id)
    return respond("phones/list.html", **values, own=delegate.session)


add_live_routes(blueprint, phones_page, for_delegates)


@blueprint.post("")
def end_others(slug: str, code: str) -> Response:
    """Signs out one other phone, or all of them."""
    delegate = get_delegate(slug, code)
    only = request.form.get("phone", type=int)
    if "phone" in request.form and not 0 < (only or 0) < 1 << 31:
        raise NotFound
    what = (db(), parts().clock.now(), delegate.actor, delegate.invitation, delegate.session)
    count = end_phones(*what, only)
    if count:
        flash(ngettext("%(num)s phone is signed out.", "%(num)s phones are signed out.", count))
    else:
        flash(gettext("No other phone is signed in."))
    return redirect(url_for(".list_phones", slug=slug, code=code), 303)
