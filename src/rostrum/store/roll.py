"""The roll of a debate, read from the tables that hold its parts."""

from __future__ import annotations

from datetime import datetime

from sqlite_utils import Database

from rostrum.domain.debates.debate import Debate
from rostrum.domain.registrations.deadlines import owes_letter
from rostrum.domain.registrations.pretending import PretendState
from rostrum.domain.registrations.registration import Registration
from rostrum.domain.registrations.roll import Listed
from rostrum.store.council import list_council_members
from rostrum.store.delegations import list_delegations
from rostrum.store.drafts import list_drafts
from rostrum.store.invitations import list_invitations, list_openings
from rostrum.store.pretending import list_states
from rostrum.store.registrations import list_registrations

NOTHING_PREPARED = ("speaker", "letter")


def list_roll(db: Database, debate: Debate, now: datetime) -> list[Listed]:
    """Every registration, then every delegation that may register and never did.

    Awaited is who has a link that works and is no Council member.
    """
    names = {each.id: each for each in list_delegations(db)}
    invited = {each.delegation_id: each for each in list_invitations(db, debate.id)}
    openings = list_openings(db, debate.id, now)
    pretend = list_states(db, debate.id) if debate.is_rehearsal else {}

    def listed(delegation_id: int, held: Registration | None, missing: tuple[str, ...]) -> Listed:
        invitation = invited.get(delegation_id)
        return Listed(
            delegation=names[delegation_id],
            held=held,
            missing=missing,
            invitation=invitation,
            opening=openings.get(invitation.id) if invitation else None,
            is_late=held is not None and owes_letter(debate, held, now),
            is_pretend=pretend.get(delegation_id) is PretendState.REGISTERED,
        )

    registered = list_registrations(db, debate.id)
    members = {member.delegation.id for member in list_council_members(db, debate.id)}
    out = members | {held.delegation_id for held in registered}
    prepared = {draft.delegation_id: draft.missing for draft in list_drafts(db, debate.id)}
    awaited = [each for each in invited if each not in out and invited[each].revoked_at is None]
    return [
        *(listed(held.delegation_id, held, ()) for held in registered),
        *(listed(each, None, prepared.get(each, NOTHING_PREPARED)) for each in awaited),
    ]
