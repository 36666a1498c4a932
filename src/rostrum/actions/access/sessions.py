"""Signing in and out. A session is a row; the browser holds its random id."""

from __future__ import annotations

import secrets
from datetime import datetime

from sqlite_utils import Database

from rostrum.actions.journal import Event, record
from rostrum.domain.access.sessions import (
    DELEGATION_SESSION,
    STAFF_SESSION,
    Session,
    choose_others,
    session_hash,
)
from rostrum.domain.access.tokens import id_of
from rostrum.domain.actors import Actor
from rostrum.domain.debates.lifecycle import check_lets_in
from rostrum.domain.delegations.delegation import Delegation
from rostrum.domain.delegations.invitations import (
    Invitation,
    generation_of,
    is_genuine,
    why_ended,
)
from rostrum.domain.errors import NotFound
from rostrum.domain.journal.kinds import EntryKind
from rostrum.domain.sentences import N_
from rostrum.domain.staff.accounts import Staff
from rostrum.store import debates, invitations, sessions
from rostrum.store.database import writing


def get_invitation_by_token(db: Database, secret_key: bytes, token: str) -> Invitation:
    """The invitation whose current link carries this token; raises NotFound for any other token."""
    invitation_id = id_of(token)
    found = None if invitation_id is None else invitations.find_invitation(db, invitation_id)
    if found is None or not is_genuine(token, secret_key, found):
        if found and (generation := generation_of(token, secret_key, found)):
            raise NotFound(why_ended(generation, found))
        raise NotFound(
            N_("This link is not valid, or no longer works. Ask the Presidency for a new one.")
        )
    return found


def start_delegation_session(
    db: Database,
    now: datetime,
    invitation: Invitation,
    delegation: Delegation,
    browser: str = "",
) -> str:
    """Signs a phone in for the invited delegation; returns the random session id for its cookie.

    Raises Archived if the debate is.
    """
    session_id = secrets.token_urlsafe(32)
    with writing(db):
        check_lets_in(debates.get_debate_by_id(db, invitation.debate_id))
        sessions.insert_session(
            db,
            session_hash=session_hash(session_id),
            started_at=now,
            expires_at=now + DELEGATION_SESSION,
            invitation_id=invitation.id,
            generation=invitation.generation,
            browser=browser,
        )
        event = Event(EntryKind.SIGNED_IN, invitation.debate_id, delegation.id)
        record(db, now, Actor("delegation", delegation.code, browser), event)
    return session_id


def start_staff_session(db: Database, now: datetime, staff: Staff, browser: str = "") -> str:
    """Signs a member of staff in; returns the random session id for the cookie."""
    session_id = secrets.token_urlsafe(32)
    with writing(db):
        sessions.insert_session(
            db,
            session_hash=session_hash(session_id),
            started_at=now,
            expires_at=now + STAFF_SESSION,
            staff_id=staff.id,
            browser=browser,
        )
        record(db, now, Actor("staff", staff.name), Event(EntryKind.SIGNED_IN))
    return session_id


def note_use(db: Database, session: Session, now: datetime) -> None:
    """Notes that a session is in use; the journal does not record it."""
    with writing(db):
        sessions.update_seen(db, session.id, now)


def choose_telling(db: Database, session: Session, before: int | None) -> None:
    """Keeps when a phone wants a reminder of its place, None for never. It is the phone's own
    preference, which the journal does not record."""
    with writing(db):
        sessions.update_telling(db, session.id, before)


def end_phones(
    db: Database,
    now: datetime,
    actor: Actor,
    *,
    invitation: Invitation,
    own: Session,
    only: int | None = None,
) -> int:
    """Signs out a delegation's other phones, or the one with the id `only`; returns how many.

    The phone that asks stays signed in. Raises NotFound if no other phone has that id.
    """
    with writing(db):
        live = sessions.list_live_sessions(db, invitation, now)
        chosen = choose_others(live, own.id, only)
        for each in chosen:
            sessions.update_ended(db, each.id, now)
            facts = {"ended_browser": each.browser}
            event = Event(
                EntryKind.PHONE_SIGNED_OUT, invitation.debate_id, invitation.delegation_id, facts
            )
            record(db, now, actor, event)
        return len(chosen)


def end_session(
    db: Database,
    now: datetime,
    actor: Actor,
    session: Session,
    invitation: Invitation | None = None,
) -> None:
    """Ends one session; its cookie stops working. `invitation` for the phone of a delegation."""
    about = (invitation.debate_id, invitation.delegation_id) if invitation else (None, None)
    with writing(db):
        sessions.update_ended(db, session.id, now)
        record(db, now, actor, Event(EntryKind.SIGNED_OUT, about[0], about[1]))
