"""Links that show a delegation's place, for staff to end."""

from __future__ import annotations

from flask import Blueprint, Response, flash, redirect, url_for

from rostrum.actions.delegations.invitations import get_invitation
from rostrum.actions.delegations.shares import end_share
from rostrum.domain.staff.accounts import MANAGES_DELEGATIONS
from rostrum.web.access import get_member_and_debate
from rostrum.web.context import db, parts
from rostrum.web.language.catalogs import gettext

ONE = "/staff/debates/<slug>/invitations/<int(max=999999999):invitation_id>/shares"
blueprint = Blueprint("console_shares", __name__, url_prefix=ONE)


@blueprint.post("/<int(max=999999999):share_id>/end")
def end(slug: str, invitation_id: int, share_id: int) -> Response:
    """Ends the link for everybody who has it."""
    member, debate = get_member_and_debate(slug, MANAGES_DELEGATIONS)
    invitation = get_invitation(db(), debate, invitation_id)
    end_share(db(), parts().clock.now(), member.actor, invitation, share_id)
    flash(gettext("The link has ended."))
    where = {"slug": debate.slug, "invitation_id": invitation_id}
    return redirect(url_for("console_invitations.show", **where), 303)
