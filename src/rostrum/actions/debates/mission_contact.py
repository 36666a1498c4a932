"""Setting how delegations reach the mission."""

from __future__ import annotations

from datetime import datetime

from sqlite_utils import Database

from rostrum.actions.journal import Event, record
from rostrum.domain.actors import Actor
from rostrum.domain.debates.debate import Debate
from rostrum.domain.debates.mission_contact import MissionContact
from rostrum.domain.journal.kinds import EntryKind
from rostrum.store.database import writing
from rostrum.store.mission_contacts import find_contacts, replace_contact


def find_mission_contact(db: Database, debate: Debate | None) -> MissionContact:
    """Whom the delegations of this debate call; without one, whom anybody calls."""
    own, general = find_contacts(db, debate.id if debate else None)
    return own.over(general)


def set_mission_contact(
    db: Database, now: datetime, actor: Actor, contact: MissionContact, debate: Debate | None
) -> None:
    """Keeps it for this debate or for all; setting what is there already changes nothing."""
    debate_id = debate.id if debate else None
    with writing(db):
        own, general = find_contacts(db, debate_id)
        changed = contact.changed_parts(own if debate else general)
        if changed:
            replace_contact(db, debate_id, contact)
            event = Event(EntryKind.CONTACT_CHANGED, debate_id, facts={"parts": changed})
            record(db, now, actor, event)
