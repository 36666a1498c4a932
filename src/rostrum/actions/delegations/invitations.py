"""Invitations: issued, renewed, revoked."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from sqlite_utils import Database

from rostrum.actions.journal import Event, record
from rostrum.domain.actors import Actor
from rostrum.domain.debates.debate import Debate
from rostrum.domain.debates.lifecycle import check_may_change
from rostrum.domain.delegations.delegation import Delegation, alphabetical_key
from rostrum.domain.delegations.invitations import Invitation, check_generation
from rostrum.domain.errors import Conflict, NotFound
from rostrum.domain.journal.kinds import EntryKind
from rostrum.domain.sentences import S_
from rostrum.domain.times import to_micros
from rostrum.store import delegations, invitations
from rostrum.store.database import writing


@dataclass(frozen=True)
class Invited:
    """A delegation and its invitation to a debate."""

    delegation: Delegation
    invitation: Invitation


def issue_invitations(
    db: Database, now: datetime, actor: Actor, debate: Debate, only: frozenset[str] | None = None
) -> list[Invited]:
    """Invites every delegation (or those with a code in `only`) that has no invitation yet.

    Returns all those asked for, old invitations included, in English alphabetical order. An
    unknown code raises Conflict and invites nobody.
    """
    with writing(db):
        chosen = _chosen(db, only)
        existing = {
            found.delegation_id: found for found in invitations.list_invitations(db, debate.id)
        }
        missing = [d for d in chosen if d.id not in existing]
        for delegation in missing:
            new_id = invitations.insert_invitation(db, debate.id, delegation.id)
            existing[delegation.id] = Invitation(new_id, debate.id, delegation.id, 1, None)
        if missing:
            check_may_change(debate)
            codes = [delegation.code for delegation in missing]
            event = Event(EntryKind.INVITED, debate_id=debate.id, facts={"delegations": codes})
            record(db, now, actor, event)
        return [Invited(delegation, existing[delegation.id]) for delegation in chosen]


def _chosen(db: Database, only: frozenset[str] | None) -> list[Delegation]:
    everybody = sorted(delegations.list_delegations(db), key=alphabetical_key)
    if only is None:
        return everybody
    unknown = only - {delegation.code for delegation in everybody}
    if unknown:
        raise Conflict(S_("Unknown delegations: %(codes)s."), codes=", ".join(sorted(unknown)))
    return [delegation for delegation in everybody if delegation.code in only]


def revoke_invitation(db: Database, now: datetime, actor: Actor, invitation: Invitation) -> None:
    """Ends the invitation: its link and every session begun with it end at once."""
    with writing(db):
        invitations.update_revoked(db, invitation.id, to_micros(now))
        event = Event(
            EntryKind.INVITATION_REVOKED,
            debate_id=invitation.debate_id,
            delegation_id=invitation.delegation_id,
            facts={"generation": invitation.generation},
        )
        record(db, now, actor, event)


def renew_invitation(
    db: Database, now: datetime, actor: Actor, debate: Debate, *, invitation_id: int, seen: int
) -> Invitation:
    """Gives the invitation a new link; the old one and every session begun with it end at once.

    A revoked invitation is valid again. `seen` is the generation that the page showed: Conflict
    if it was renewed meanwhile. Raises NotFound for an invitation to another debate.
    """
    with writing(db):
        invitation = get_invitation(db, debate, invitation_id)
        check_generation(invitation, seen)
        renewed = replace(invitation, generation=seen + 1, revoked_at=None)
        invitations.update_renewed(db, renewed)
        facts = {
            "generation": renewed.generation,
            "was_revoked": invitation.revoked_at is not None,
        }
        event = Event(EntryKind.INVITATION_RENEWED, debate.id, invitation.delegation_id, facts)
        record(db, now, actor, event)
        return renewed


def get_invitation(db: Database, debate: Debate, invitation_id: int) -> Invitation:
    """An invitation to this debate; raises NotFound."""
    found = invitations.find_invitation(db, invitation_id)
    if found is None or found.debate_id != debate.id:
        raise NotFound
    return found
