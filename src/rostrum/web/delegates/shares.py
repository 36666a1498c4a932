"""Links that show the place, for the delegation that hands them out."""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple

from flask import Blueprint, Response, flash, redirect, url_for

from rostrum.actions.delegations.shares import end_share, make_share
from rostrum.domain.debates.debate import Status
from rostrum.domain.delegations.shares import MOST
from rostrum.domain.journal.chain import Entry
from rostrum.domain.journal.kinds import EntryKind
from rostrum.domain.journal.phone_changes import CHANGE_LABELS
from rostrum.domain.times import from_micros
from rostrum.store import debates, delegations, shares
from rostrum.store.invitations import find_invitation_of
from rostrum.store.journal import list_last_entries
from rostrum.web.access import get_delegate
from rostrum.web.context import db, parts
from rostrum.web.language.catalogs import gettext
from rostrum.web.links import shared_links
from rostrum.web.live.blocks import add_live_routes, for_delegates, live_block
from rostrum.web.respond import respond

blueprint = Blueprint("shares", __name__, url_prefix="/debates/<slug>/delegations/<code>/shares")


class Change(NamedTuple):
    """What was done, when, and on which phone (None: by the mission)."""

    what: str
    at: datetime
    browser: str | None


@live_block("delegates/shares/list.html", "share_changes")
def shares_page(debate_id: int, delegation_id: int) -> dict[str, Any]:
    """How many links work, and who ended one, if that was the last change.

    The fingerprint changes with the links: the page then reloads them and their forms.
    """
    debate = debates.get_debate_by_id(db(), debate_id)
    invitation = find_invitation_of(db(), debate_id, delegation_id)
    links = shares.list_shares(db(), invitation) if invitation else []
    kinds = (EntryKind.SHARED_LINK_MADE, EntryKind.SHARED_LINK_ENDED)
    entries = list_last_entries(db(), debate_id, delegation_id, kinds, limit=1)
    is_ended = bool(entries) and entries[0].kind == EntryKind.SHARED_LINK_ENDED
    is_room = len(links) < MOST and debate.status is not Status.ARCHIVED
    return {
        "debate": debate,
        "delegation": delegations.get_delegation_by_id(db(), delegation_id),
        "share_count": len(links),
        "is_room": is_room,
        "ended": _change(entries[0]) if is_ended else None,
        "fingerprint": " ".join(str(each.id) for each in links) + (" +" if is_room else ""),
    }


def _change(entry: Entry) -> Change:
    is_theirs = entry.actor.startswith("delegation:")
    browser = entry.facts.get("browser", "") if is_theirs else None
    return Change(gettext(CHANGE_LABELS[entry.kind]), from_micros(entry.at), browser)


@blueprint.get("")
def list_shares(slug: str, code: str) -> Response:
    """Every working link, who made it, and a button to make another."""
    delegate = get_delegate(slug, code)
    values = shares_page(delegate.debate.id, delegate.delegation.id)
    shared = shared_links(delegate.invitation)
    return respond("delegates/shares/list.html", "page_body", **values, shared=shared)


add_live_routes(blueprint, shares_page, for_delegates)


@blueprint.post("")
def make(slug: str, code: str) -> Response:
    """Makes one more link."""
    delegate = get_delegate(slug, code)
    now, invitation = parts().clock.now(), delegate.invitation
    make_share(db(), now, delegate.actor, delegate.debate, invitation)
    flash(gettext("The link is below. Whoever has it can watch your place."))
    return redirect(url_for(".list_shares", slug=slug, code=code), 303)


@blueprint.post("/<int(max=999999999):share_id>/end")
def end(slug: str, code: str, share_id: int) -> Response:
    """Ends a link for everybody who has it."""
    delegate = get_delegate(slug, code)
    end_share(db(), parts().clock.now(), delegate.actor, delegate.invitation, share_id)
    flash(gettext("The link has ended."))
    return redirect(url_for(".list_shares", slug=slug, code=code), 303)
