"""Links that show a place: made by a delegation, ended by it or by staff."""

from __future__ import annotations

from datetime import datetime

from sqlite_utils import Database

from rostrum.actions.journal import Event, record
from rostrum.domain.access.tokens import id_of
from rostrum.domain.actors import Actor
from rostrum.domain.debates.debate import Debate
from rostrum.domain.debates.lifecycle import check_may_change
from rostrum.domain.delegations.invitations import Invitation
from rostrum.domain.delegations.shares import Share, check_room, is_of_share
from rostrum.domain.errors import NotFound
from rostrum.domain.journal.kinds import EntryKind
from rostrum.domain.sentences import N_
from rostrum.store import invitations, shares
from rostrum.store.database import writing


def get_share_by_token(db: Database, secret_key: bytes, token: str) -> tuple[Share, Invitation]:
    """The share with this token and its invitation; raises NotFound if the link no longer works."""
    share_id = id_of(token)
    share = None if share_id is None else shares.find_share(db, share_id)
    invitation = share and invitations.find_invitation(db, share.invitation_id)
    if not invitation or not is_of_share(token, secret_key, share):
        raise NotFound(
            N_("This link is not valid, or no longer works. Ask the delegation for a new one.")
        )
    if not share.works(invitation):
        raise NotFound(N_("This link has ended. Ask the delegation for a new one."))
    return share, invitation


def make_share(
    db: Database, now: datetime, actor: Actor, debate: Debate, invitation: Invitation
) -> None:
    """Makes a link that shows the delegation's place. Raises Conflict if there are too many."""
    with writing(db):
        check_may_change(debate)
        check_room(shares.list_shares(db, invitation))
        made = Share(0, invitation.id, invitation.generation, now, actor.browser)
        facts = {"share": shares.insert_share(db, made)}
        event = Event(EntryKind.SHARED_LINK_MADE, debate.id, invitation.delegation_id, facts)
        record(db, now, actor, event)


def end_share(
    db: Database, now: datetime, actor: Actor, invitation: Invitation, share_id: int
) -> None:
    """Ends a link for everybody who has it. Raises NotFound if it no longer works."""
    with writing(db):
        working = {share.id for share in shares.list_shares(db, invitation)}
        if share_id not in working:
            raise NotFound(N_("This link has ended already."))
        shares.update_ended(db, share_id, now, str(actor))
        ended, facts = EntryKind.SHARED_LINK_ENDED, {"share": share_id}
        event = Event(ended, invitation.debate_id, invitation.delegation_id, facts)
        record(db, now, actor, event)
