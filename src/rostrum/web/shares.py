"""Links to watch the place, as the delegation that hands them out sees them."""

from __future__ import annotations

from flask import Blueprint, Response, flash, redirect, url_for

from rostrum.actions.shares import end_share, make_share
from rostrum.web.access import get_delegate
from rostrum.web.context import db, parts
from rostrum.web.links import shared_links
from rostrum.web.live import add_live_routes, for_delegates
from rostrum.web.respond import respond
from rostrum.web.share_pages import shares_page
from rostrum.web.words import gettext

blueprint = Blueprint("shares", __name__, url_prefix="/debates/<slug>/delegations/<code>/shares")


@blueprint.get("")
def list_shares(slug: str, code: str) -> Response:
    """Every link that works, who made it, and a button for another."""
    delegate = get_delegate(slug, code)
    values = shares_page(delegate.debate.id, delegate.delegation.id)
    shared = shared_links(delegate.invitation)
    return respond("shares/list.html", "page_body", **values, shared=shared)


add_live_routes(blueprint, shares_page, for_delegates)


@blueprint.post("")
def make(slug: str, code: str) -> Response:
    """One more link."""
    delegate = get_delegate(slug, code)
    now, invitation = parts().clock.now(), delegate.invitation
    make_share(db(), now, delegate.actor, delegate.debate, invitation)
    flash(gettext("The link is below. Whoever has it can watch your place."))
    return redirect(url_for(".list_shares", slug=slug, code=code), 303)


@blueprint.post("/<int(max=999999999):share_id>/end")
def end(slug: str, code: str, share_id: int) -> Response:
    """A link ends for all who have it."""
    delegate = get_delegate(slug, code)
    what = (db(), parts().clock.now(), delegate.actor, delegate.invitation)
    end_share(*what, share_id)
    flash(gettext("The link has ended."))
    return redirect(url_for(".list_shares", slug=slug, code=code), 303)
