"""Making a rehearsal from a debate, and deleting it with everything in it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from sqlite_utils import Database

from rostrum.actions.journal import Event, record
from rostrum.actions.registrations.pretending import let_pretend
from rostrum.domain.actors import Actor
from rostrum.domain.debates.debate import Debate
from rostrum.domain.debates.rehearsals import check_may_delete, rehearsal_of
from rostrum.domain.journal.kinds import EntryKind
from rostrum.domain.times import iso_millis
from rostrum.store import concept_notes, council, debates, invitations, letters, rehearsals
from rostrum.store.database import writing


def start_rehearsal(
    db: Database, now: datetime, actor: Actor, debate: Debate, minutes: int
) -> Debate:
    """A copy whose list opens in `minutes`, with the same Council, its order and its speakers, and
    with invitations of its own for the same delegations.

    Raises Conflict for a rehearsal of a rehearsal, RuleBroken for minutes out of range.
    """
    with writing(db):
        before = debates.get_debate_by_id(db, debate.id)
        number = rehearsals.count_rehearsals(db, before.id) + 1
        copy = rehearsal_of(before, number, minutes, now)
        copy = replace(copy, id=debates.insert_debate(db, copy))
        council.copy_council(db, before.id, copy.id)
        invited = [
            each.delegation_id
            for each in invitations.list_invitations(db, before.id)
            if each.revoked_at is None
        ]
        for delegation_id in invited:
            invitations.insert_invitation(db, copy.id, delegation_id)
        note = concept_notes.find_note(db, before.id)
        if note:
            concept_notes.replace_note(db, replace(note, debate_id=copy.id))
        facts = {"of": before.slug, "slug": copy.slug, "invited": len(invited)}
        facts |= {"opens_at": iso_millis(copy.opens_at)}
        record(db, now, actor, Event(EntryKind.REHEARSAL_STARTED, debate_id=copy.id, facts=facts))
        return copy


def start_peopled_rehearsal(
    db: Database, now: datetime, actor: Actor, debate: Debate, *, minutes: int, pretend: int
) -> Debate:
    """A rehearsal in which so many delegations register by themselves; 0 is none.

    Raises the errors of `start_rehearsal` and `let_pretend`; then there is no rehearsal.
    """
    with writing(db):
        copy = start_rehearsal(db, now, actor, debate, minutes)
        if pretend:
            let_pretend(db, now, actor, copy, pretend)
        return copy


def delete_rehearsal(db: Database, now: datetime, actor: Actor, debate: Debate) -> set[str]:
    """Removes a rehearsal completely; returns the stored names of files no longer needed.

    Only the journal stays, without personal values. Raises Conflict if it is no rehearsal.
    """
    check_may_delete(debate)
    with writing(db):
        found = debates.get_debate_by_id(db, debate.id)
        before = letters.list_stored_names(db)
        rehearsals.delete_rehearsal(db, found.id, now)
        facts = {"slug": found.slug}
        record(db, now, actor, Event(EntryKind.REHEARSAL_DELETED, debate_id=found.id, facts=facts))
        return before - letters.list_stored_names(db)
