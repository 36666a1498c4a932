"""Letters: taken from the delegation, opened, accepted and returned by staff."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from sqlite_utils import Database

from rostrum.actions.journal import Event, record
from rostrum.domain.debates import Debate
from rostrum.domain.journal import ROSTRUM, Actor
from rostrum.domain.letters import (
    Letter,
    LetterState,
    check_decision,
    check_reason,
    check_takes_letters,
)
from rostrum.store import drafts, letters, registrations
from rostrum.store.database import writing


@dataclass(frozen=True)
class Upload:
    """A letter that lies on disk whole."""

    stored_name: str
    original_name: str
    kind: str
    size: int
    sha256: str


def receive_letter(
    db: Database,
    now: datetime,
    actor: Actor,
    debate: Debate,
    delegation_id: int,
    upload: Upload,
    pages: int | None,
) -> Letter:
    """Makes the upload the delegation's current letter; earlier versions are kept.

    `pages` is what the inspection found, None while it has not ended. The place is held.
    Raises RuleBroken after `letter_deadline`.
    """
    with writing(db):
        check_takes_letters(debate, now)
        letter = _pending(debate, delegation_id, upload, pages, now)
        letter = replace(letter, id=letters.insert_letter(db, letter))
        held = registrations.find_active_registration(db, debate.id, delegation_id)
        if held:
            registrations.update_details(db, held.id, held.speaker, letter.id, held.version)
        else:
            draft = drafts.get_draft(db, debate.id, delegation_id)
            drafts.replace_draft(db, replace(draft, letter=letter, updated_at=now))
        event = Event(
            kind="letter received",
            debate_id=debate.id,
            delegation_id=delegation_id,
            facts={
                "letter_id": letter.id,
                "sha256": letter.sha256,
                "size": letter.size,
                "kind": letter.kind,
            },
            personal={"original_name": letter.original_name},
        )
        record(db, now, actor, event)
        return letter


def _pending(
    debate: Debate, delegation_id: int, upload: Upload, pages: int | None, now: datetime
) -> Letter:
    return Letter(
        id=0,
        debate_id=debate.id,
        delegation_id=delegation_id,
        **vars(upload),
        pages=pages,
        uploaded_at=now,
        state=LetterState.PENDING,
        reason="",
        decided_by="",
        decided_at=None,
    )


def note_inspection(db: Database, debate: Debate, letter_id: int, pages: int) -> None:
    """Notes how many pages the inspection found in a letter that was taken before it ended."""
    with writing(db):
        letters.get_letter(db, debate.id, letter_id)
        letters.update_pages(db, letter_id, pages)


def open_letter(
    db: Database, now: datetime, actor: Actor, debate: Debate, letter_id: int
) -> Letter:
    """The letter, its opening by this member of staff in the journal. Raises NotFound."""
    with writing(db):
        letter = letters.get_letter(db, debate.id, letter_id)
        record(db, now, actor, _event("letter opened", letter))
        return letter


def accept_letter(
    db: Database, now: datetime, actor: Actor, debate: Debate, letter_id: int
) -> Letter:
    """Accepts a pending current letter. Raises NotFound, or Conflict when it was decided."""
    return _decide(db, now, actor, debate, letter_id, LetterState.ACCEPTED, "")


def return_letter(
    db: Database, now: datetime, actor: Actor, debate: Debate, letter_id: int, reason: str
) -> Letter:
    """Returns a pending current letter with a reason the delegation reads; the place is held.

    Raises NotFound, RuleBroken without a reason, Conflict when it was decided before.
    """
    reason = check_reason(reason)
    return _decide(db, now, actor, debate, letter_id, LetterState.RETURNED, reason)


def return_unreadable_letter(
    db: Database, now: datetime, debate: Debate, letter_id: int, reason: str
) -> Letter | None:
    """Returns a letter that the inspection could not read, in Rostrum's own name.

    None when it holds no place (any more): there is nothing to return then. What staff have
    decided meanwhile stays.
    """
    held = registrations.find_active_by_letter(db, debate.id, letter_id)
    if held is None or held.letter.state is not LetterState.PENDING:
        return held and held.letter
    return return_letter(db, now, ROSTRUM, debate, letter_id, reason)


def drop_letter(db: Database, now: datetime, debate: Debate, letter: Letter) -> None:
    """Takes an unreadable letter out of the draft it came with, as if it had not come.

    The draft has the letter before it again, if there was one.
    """
    with writing(db):
        draft = drafts.get_draft(db, debate.id, letter.delegation_id)
        if draft.letter and draft.letter.id == letter.id:
            earlier = letters.find_letter_before(db, letter)
            drafts.replace_draft(db, replace(draft, letter=earlier, updated_at=now))
        letters.delete_unregistered_letter(db, letter.id)
        record(db, now, ROSTRUM, _event("letter dropped", letter))


def _decide(
    db: Database,
    now: datetime,
    actor: Actor,
    debate: Debate,
    letter_id: int,
    state: LetterState,
    reason: str,
) -> Letter:
    with writing(db):
        letter = letters.get_letter(db, debate.id, letter_id)
        held = registrations.find_active_by_letter(db, debate.id, letter_id)
        check_decision(letter, is_current=held is not None)
        decided = replace(
            letter, state=state, reason=reason, decided_by=actor.name or str(actor), decided_at=now
        )
        letters.update_decision(db, decided)
        event = _event(f"letter {state}", letter)
        if reason:
            event = replace(event, personal={"reason": reason})
        record(db, now, actor, event)
        return decided


def _event(kind: str, letter: Letter) -> Event:
    return Event(
        kind=kind,
        debate_id=letter.debate_id,
        delegation_id=letter.delegation_id,
        facts={"letter_id": letter.id, "sha256": letter.sha256},
    )
