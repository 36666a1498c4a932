"""The phones signed in for a delegation: each sees them all, and any can sign out others."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, flash, redirect, request, url_for

from rostrum.actions.access.sessions import end_phones, end_session
from rostrum.domain.delegations.delegation import Delegation
from rostrum.domain.errors import NotFound
from rostrum.domain.journal.chain import Entry
from rostrum.domain.journal.kinds import EntryKind
from rostrum.domain.journal.lines import Line, Search
from rostrum.domain.journal.phone_changes import (
    CHANGE_LABELS,
    is_told,
    tell_change,
    tell_new_speaker,
)
from rostrum.domain.times import from_micros
from rostrum.store import debates, delegations
from rostrum.store.invitations import find_invitation_of
from rostrum.store.journal import list_last_entries_of_both, list_lines
from rostrum.store.sessions import list_live_sessions
from rostrum.web.access import Delegate, get_delegate
from rostrum.web.context import db, parts
from rostrum.web.language.catalogs import gettext, ngettext
from rostrum.web.language.formats import browser_words, delegation_name, sentence
from rostrum.web.live.blocks import Listening, add_live_routes, by_session, live_block
from rostrum.web.respond import respond

blueprint = Blueprint("phones", __name__, url_prefix="/debates/<slug>/delegations/<code>/phones")

SHOWN = 12
"""How many changes the page shows, the latest first."""


@live_block("delegates/phones/list.html", "phone_changes")
def phones_page(debate_id: int, delegation_id: int, own_id: int) -> dict[str, Any]:
    """The phones signed in besides the session `own_id`, and the latest changes of all."""
    delegation = delegations.get_delegation_by_id(db(), delegation_id)
    entries = list_last_entries_of_both(db(), debate_id, delegation_id, tuple(CHANGE_LABELS), SHOWN)
    speakers = Search(debate_id, delegation_id, kind=EntryKind.SPEAKER_SAVED)
    saved = list_lines(db(), speakers, SHOWN)
    invitation = find_invitation_of(db(), debate_id, delegation_id)
    phones = list_live_sessions(db(), invitation, parts().clock.now()) if invitation else []
    return {
        "debate": debates.get_debate_by_id(db(), debate_id),
        "delegation": delegation,
        "others": [each for each in phones if each.id != own_id],
        "changes": [
            (_said(each, saved), from_micros(each.at), _by_whom(each, delegation))
            for each in entries
            if is_told(each, delegation.code)
        ],
    }


def _said(entry: Entry, saved: list[Line]) -> str:
    """What was done; `saved` are the changes of the speaker, with the names."""
    named = next((line for line in saved if line.entry == entry), None)
    return sentence(tell_new_speaker(named) if named else tell_change(entry))


def _by_whom(entry: Entry, own: Delegation) -> str:
    """The phone that did it; of a swap, the other delegation or the mission."""
    kind, _, name = entry.actor.partition(":")
    if kind != "delegation":
        return gettext("the Presidency")
    if name != own.code:
        return delegation_name(delegations.get_delegation(db(), name))
    return browser_words(entry.facts["browser"]) if entry.facts.get("browser") else ""


@blueprint.get("")
def list_phones(slug: str, code: str) -> Response:
    """The phones that act for this delegation, and their changes."""
    delegate = get_delegate(slug, code)
    values = phones_page(delegate.debate.id, delegate.delegation.id, delegate.session.id)
    return respond("delegates/phones/list.html", **values, own=delegate.session)


def _for_phones(slug: str, code: str) -> Listening:
    """Lets a phone listen to what stands of the others."""
    delegate = get_delegate(slug, code)
    session = delegate.session
    return by_session(session, delegate.debate.id, delegate.delegation.id, session.id)


add_live_routes(blueprint, phones_page, _for_phones)


@blueprint.post("")
def end(slug: str, code: str) -> Response:
    """Signs out one phone, this one included, or all others."""
    delegate = get_delegate(slug, code)
    only = request.form.get("phone", type=int)
    if "phone" in request.form and not 0 < (only or 0) < 1 << 31:
        raise NotFound
    if only == delegate.session.id:
        return _end_own(delegate)
    count = end_phones(
        db(),
        parts().clock.now(),
        delegate.actor,
        invitation=delegate.invitation,
        own=delegate.session,
        only=only,
    )
    if count:
        flash(ngettext("%(num)s phone is signed out.", "%(num)s phones are signed out.", count))
    else:
        flash(gettext("No other phone is signed in."))
    return redirect(url_for(".list_phones", slug=slug, code=code), 303)


def _end_own(delegate: Delegate) -> Response:
    """The browser keeps the cookie of the ended session, by which its open pages learn why."""
    invitation = delegate.invitation
    end_session(db(), parts().clock.now(), delegate.actor, delegate.session, invitation)
    flash(gettext("This phone is signed out."))
    return redirect(url_for("home.show"), 303)
