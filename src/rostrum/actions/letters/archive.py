"""Exporting all letters of a debate."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from sqlite_utils import Database

from rostrum.actions.journal import Event, record
from rostrum.domain.actors import Actor
from rostrum.domain.debates.debate import Debate
from rostrum.domain.exports.letters_archive import Filed, file_letters
from rostrum.domain.journal.kinds import EntryKind
from rostrum.store import letters, registrations
from rostrum.store.database import writing


def export_letters(db: Database, now: datetime, actor: Actor, debate: Debate) -> list[Filed]:
    """The current letters of all places, in order; the journal records who exported how many.

    Each counts as opened: from now on, a delegation's change makes a new version.
    """
    with writing(db):
        filed = file_letters(registrations.list_with_delegations(db, debate.id))
        for each in filed:
            if each.letter.opened_at is None:
                letters.update_opened(db, replace(each.letter, opened_at=now))
        event = Event(
            EntryKind.LETTERS_EXPORTED, debate_id=debate.id, facts={"letters": len(filed)}
        )
        record(db, now, actor, event)
        return filed
