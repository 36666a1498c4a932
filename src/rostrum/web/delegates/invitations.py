"""The personal link: anybody who has it can look at it, and its button uses it."""

from __future__ import annotations

from flask import Blueprint, Response, current_app, g, redirect, request, url_for

from rostrum.actions.access.sessions import get_invitation_by_token, start_delegation_session
from rostrum.domain.access.browsers import describe_browser
from rostrum.domain.debates.debate import Debate
from rostrum.domain.debates.lifecycle import check_lets_in
from rostrum.domain.delegations.delegation import Delegation
from rostrum.domain.delegations.invitations import Invitation
from rostrum.store.debates import get_debate_by_id
from rostrum.store.delegations import get_delegation_by_id
from rostrum.store.retention import check_is_there
from rostrum.web import signed_in
from rostrum.web.context import db, parts
from rostrum.web.delegates.page import delegation_page
from rostrum.web.respond import respond

blueprint = Blueprint("invitations", __name__, url_prefix="/invitations")


def _invited(token: str) -> tuple[Invitation, Debate, Delegation]:
    invitation = get_invitation_by_token(db(), current_app.secret_key, token)
    check_is_there(db(), invitation.debate_id)
    g.debate = debate = get_debate_by_id(db(), invitation.debate_id)
    check_lets_in(debate)
    return invitation, debate, get_delegation_by_id(db(), invitation.delegation_id)


@blueprint.get("/<token>")
def show(token: str) -> Response:
    """Delegation, debate and a button; what it says of the list is what the delegation's page says.
    Changes nothing, because mail scanners open links."""
    _, debate, delegation = _invited(token)
    page = delegation_page(debate.id, delegation.id)
    return respond("delegates/invitation/show.html", token=token, **page)


@blueprint.post("/<token>")
def sign_in(token: str) -> Response:
    """Signs this browser in, and redirects to an address without the token."""
    invitation, debate, delegation = _invited(token)
    now = parts().clock.now()
    browser = describe_browser(request.headers.get("User-Agent", ""))
    session_id = start_delegation_session(db(), now, invitation, delegation, browser)
    signed_in.remember_delegation(invitation.id, session_id)
    return redirect(url_for("registrations.show", slug=debate.slug, code=delegation.code), 303)
