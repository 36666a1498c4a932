"""Who is asking, and what they may see: fetching and authorising are one call.

A stranger gets 404 for everything about a delegation, as if it did not exist.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from flask import current_app, g, request

from rostrum.actions.access.sessions import note_use
from rostrum.actions.delegations.shares import get_share_by_token
from rostrum.domain.access.sessions import Session, session_hash
from rostrum.domain.actors import DELEGATION, Actor
from rostrum.domain.debates.debate import Debate
from rostrum.domain.debates.lifecycle import check_lets_in, lets_in
from rostrum.domain.delegations.delegation import Delegation
from rostrum.domain.delegations.invitations import Invitation, why_ended
from rostrum.domain.delegations.shares import Share
from rostrum.domain.errors import NotAllowed, NotFound, SignedOut
from rostrum.domain.sentences import N_
from rostrum.domain.staff.accounts import Role, Staff
from rostrum.store import debates, delegations, invitations, sessions, shares, staff
from rostrum.store.database import Database
from rostrum.web import signed_in
from rostrum.web.context import db, parts


class SignInNeeded(Exception):
    """No member of staff is signed in: leads to the sign-in page."""


class SetUpNeeded(Exception):
    """An admin has no second factor: leads to the page that sets it up."""


@dataclass(frozen=True)
class Delegate:
    """A phone signed in for a delegation, on a page of its debate."""

    debate: Debate
    delegation: Delegation
    invitation: Invitation
    session: Session
    is_council_member: bool

    @property
    def actor(self) -> Actor:
        return Actor(DELEGATION, self.delegation.code, self.session.browser)


@dataclass(frozen=True)
class Watcher:
    """Somebody with a link that shows a delegation's place: may read, and nothing else."""

    debate: Debate
    delegation: Delegation
    share: Share


@dataclass(frozen=True)
class Member:
    """A signed-in member of the mission's staff."""

    staff: Staff
    session: Session

    @property
    def actor(self) -> Actor:
        return Actor("staff", self.staff.name)


@dataclass(frozen=True)
class StandIn:
    """A member of staff who acts for a delegation that asked for it."""

    debate: Debate
    delegation: Delegation
    member: Member

    @property
    def actor(self) -> Actor:
        return self.member.actor


Sender = Delegate | StandIn
"""Whoever sends what a delegation says of itself: its speaker, its letter."""


def get_delegate(slug: str, code: str) -> Delegate:
    """The delegation of this address, if this browser is signed in for it; else NotFound.

    SignedOut, with the reason, if this browser was signed in for it; Archived if the debate is.
    """
    invited = invitations.get_invited(db(), slug, code)
    found = _find_delegate(*invited)
    if found is None:
        debate, _, invitation, _ = invited
        held = signed_in.delegation_session_id(invitation.id)
        former = sessions.find_session(db(), session_hash(held)) if held else None
        if former is None or former.invitation_id != invitation.id:
            raise NotFound
        g.debate = debate
        check_lets_in(debate)
        raise SignedOut(why_ended(former.generation, invitation))
    g.debate = found.debate
    check_lets_in(found.debate)
    return found


def list_delegates() -> list[Delegate]:
    """The delegations for which this browser is signed in, the latest debate first."""
    invited = invitations.list_invited(db(), signed_in.invitation_ids())
    found = [delegate for each in invited if (delegate := _find_delegate(*each))]
    present = [delegate for delegate in found if lets_in(delegate.debate.status)]
    return sorted(present, key=lambda delegate: delegate.debate.starts_at, reverse=True)


def find_own(debate: Debate) -> Delegate | None:
    """The one delegation for which this browser is signed in at a debate that everybody may see."""
    found = [each for each in list_delegates() if each.debate.id == debate.id]
    return found[0] if len(found) == 1 else None


def _find_delegate(
    debate: Debate, delegation: Delegation, invitation: Invitation, is_member: bool
) -> Delegate | None:
    session = _live_session(db(), signed_in.delegation_session_id(invitation.id))
    if session is None or not _is_of(session, invitation):
        return None
    return Delegate(debate, delegation, invitation, session, is_member)


def get_watcher(token: str) -> Watcher:
    """What a shared link shows to its holder; NotFound once it has ended.

    Archived if the debate is.
    """
    share, invitation = get_share_by_token(db(), current_app.secret_key, token)
    g.debate = debates.get_debate_by_id(db(), invitation.debate_id)
    check_lets_in(g.debate)
    who = delegations.get_delegation_by_id(db(), invitation.delegation_id)
    return Watcher(g.debate, who, share)


def get_member(roles: frozenset[Role], *, before_set_up: bool = False) -> Member:
    """The signed-in member of staff; SignInNeeded without one, NotAllowed for another role.

    SetUpNeeded for an admin who must first set up a second factor.
    """
    now = parts().clock.now()
    session = _live_session(db(), signed_in.staff_session_id())
    found = staff.find_staff_by_id(db(), session.staff_id) if session and session.staff_id else None
    if found is None or not _may_work(found, session, now):
        raise SignInNeeded
    if found.must_set_up_totp and not before_set_up:
        raise SetUpNeeded
    if found.role not in roles:
        raise NotAllowed(N_("Your role does not include this."))
    if found.role is Role.ADMIN and _is_by_hand() and session.is_to_be_noted(now):
        note_use(db(), session, now)
    g.member = Member(found, session)
    return g.member


def _may_work(member: Staff, session: Session, now: datetime) -> bool:
    is_idle = member.role is Role.ADMIN and session.is_idle(now)
    return member.is_active and not is_idle


def _is_by_hand() -> bool:
    """Whether a person made the request: pages ask for streams, states and parts by themselves."""
    asked = (request.endpoint or "").rpartition(".")[2]
    return asked not in ("listen", "poll") and (request.method != "GET" or not request.htmx)


def get_member_and_debate(slug: str, roles: frozenset[Role]) -> tuple[Member, Debate]:
    """The signed-in member of staff and the debate of this address."""
    member = get_member(roles)
    g.debate = debates.get_debate(db(), slug)
    return member, g.debate


def get_stand_in(slug: str, code: str, roles: frozenset[Role]) -> StandIn:
    """The signed-in member of staff, for the delegation of this address; else NotFound."""
    member, debate = get_member_and_debate(slug, roles)
    return StandIn(debate, delegations.get_delegation(db(), code), member)


def may_stay(session: Session) -> Callable[[], bool]:
    """The question that a stream asks from time to time: is its session still valid?

    It reads the database only after something there has changed.
    """
    ours = parts()
    connections, clock, hub = ours.connections, ours.clock, ours.hub
    seen = None

    def is_good() -> bool:
        nonlocal seen
        if not session.is_live(clock.now()):
            return False
        is_resting = session.staff_id is not None and session.is_idle(clock.now())
        if hub.changes == seen and not is_resting:
            return True
        seen = hub.changes
        with connections.borrowed() as reader:
            now = sessions.find_session_by_id(reader, session.id)
            if now is None or not now.is_live(clock.now()):
                return False
            if now.staff_id is not None:
                member = staff.find_staff_by_id(reader, now.staff_id)
                return member is not None and _may_work(member, now, clock.now())
            invitation = invitations.find_invitation(reader, now.invitation_id)
            return invitation is not None and _is_of(now, invitation) and _is_on(reader, invitation)

    return is_good


def may_watch(share: Share) -> Callable[[], bool]:
    """The question that a shared link's stream asks from time to time: does the link still work?"""

    def works(reader: Database) -> bool:
        now = shares.find_share(reader, share.id)
        invitation = now and invitations.find_invitation(reader, now.invitation_id)
        return bool(invitation and now.works(invitation) and _is_on(reader, invitation))

    return asked_after_changes(works)


def asked_after_changes(question: Callable[[Database], bool]) -> Callable[[], bool]:
    """Makes a stream's question read the database only after something there has changed."""
    connections, hub = parts().connections, parts().hub
    seen = None

    def is_good() -> bool:
        nonlocal seen
        if hub.changes == seen:
            return True
        seen = hub.changes
        with connections.borrowed() as reader:
            return question(reader)

    return is_good


def _live_session(reader: Database, session_id: str | None) -> Session | None:
    found = sessions.find_session(reader, session_hash(session_id)) if session_id else None
    return found if found and found.is_live(parts().clock.now()) else None


def _is_of(session: Session, invitation: Invitation) -> bool:
    is_same = session.invitation_id == invitation.id
    is_current = session.generation == invitation.generation
    return is_same and is_current and invitation.revoked_at is None


def _is_on(reader: Database, invitation: Invitation) -> bool:
    """Asked by thousands of streams after a change: one small read."""
    status = debates.find_status(reader, invitation.debate_id)
    return status is not None and lets_in(status)
