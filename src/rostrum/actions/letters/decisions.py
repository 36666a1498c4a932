"""Decisions of staff about letters: accepting, returning, and taking a decision back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from rostrum.actions.journal import Event, record
from rostrum.actions.letters.receiving import letter_event
from rostrum.actions.order.places import Reason, count_level
from rostrum.actions.registrations.deadlines import give_more_time
from rostrum.domain.actors import ROSTRUM, Actor
from rostrum.domain.debates.debate import Debate
from rostrum.domain.debates.lifecycle import check_may_change
from rostrum.domain.journal.kinds import EntryKind
from rostrum.domain.letters.decisions import (
    check_acceptance,
    check_decision,
    check_return,
    check_undo,
)
from rostrum.domain.letters.letter import Letter, LetterState
from rostrum.domain.order.places import Cause
from rostrum.store import letters, registrations
from rostrum.store.database import writing

_DECIDED = {
    LetterState.ACCEPTED: EntryKind.LETTER_ACCEPTED,
    LetterState.RETURNED: EntryKind.LETTER_RETURNED,
}


def accept_letter(
    db: Database,
    now: datetime,
    actor: Actor,
    debate: Debate,
    *,
    letter_id: int,
    marked: Sequence[str] = (),
) -> Letter:
    """Accepts a pending current letter in which nothing is `marked` as missing.

    This also confirms the speaker's level, which counts for the order from now on.

    Raises NotFound, RuleBroken if something is marked, Conflict if it was already decided.
    """
    check_acceptance(marked)
    return _decide(db, now, actor, debate, letter_id=letter_id, state=LetterState.ACCEPTED)


def return_letter(
    db: Database,
    now: datetime,
    actor: Actor,
    debate: Debate,
    *,
    letter_id: int,
    reasons: Sequence[str],
    remark: str = "",
    until: datetime | None = None,
) -> Letter:
    """Returns a pending current letter; the delegation reads why, and keeps its place.

    `reasons` are values of `ReturnReason`, which each reader reads in their own language;
    `remark` is shown as written. With `until`, the delegation has until then for a new letter.
    Raises NotFound, RuleBroken without a reason or for an `until` that gives no time, Conflict if
    it was already decided.
    """
    remark = check_return(reasons, remark)
    return _decide(
        db,
        now,
        actor,
        debate,
        letter_id=letter_id,
        state=LetterState.RETURNED,
        reasons=tuple(reasons),
        remark=remark,
        until=until,
    )


def return_unreadable_letter(
    db: Database, now: datetime, debate: Debate, *, letter_id: int, refusal: str, remark: str = ""
) -> Letter | None:
    """Returns a letter that the inspection could not read, in Rostrum's own name.

    `refusal` is the inspection's code. Returns None if the letter holds no place (any more):
    there is nothing to return then. A decision that staff made meanwhile stays.
    """
    held = registrations.find_active_by_letter(db, debate.id, letter_id)
    if held is None or held.letter.state is not LetterState.PENDING:
        return held and held.letter
    return return_letter(
        db, now, ROSTRUM, debate, letter_id=letter_id, reasons=(refusal,), remark=remark
    )


def undo_decision(
    db: Database, now: datetime, actor: Actor, debate: Debate, *, letter_id: int, seen: str
) -> Letter:
    """Takes a decision back: the letter is pending again.

    `seen` is the `decision_version` that the page showed: Conflict if there is another
    decision now, or the letter no longer counts.
    """
    check_may_change(debate)
    with writing(db):
        letter = letters.get_letter(db, debate.id, letter_id)
        check_undo(letter, seen, is_current=_is_current(db, debate, letter_id))
        undecided = replace(
            letter,
            state=LetterState.PENDING,
            reasons=(),
            remark="",
            decided_by="",
            decided_at=None,
        )
        letters.update_decision(db, undecided)
        event = letter_event(EntryKind.DECISION_TAKEN_BACK, letter)
        facts = {"was": letter.state, "decided_by": letter.decided_by}
        if letter.reasons:
            facts["reasons"] = list(letter.reasons)
        personal = {"remark": letter.remark} if letter.remark else {}
        event = replace(event, facts=event.facts | facts, personal=personal)
        record(db, now, actor, event)
        return undecided


def _is_current(db: Database, debate: Debate, letter_id: int) -> bool:
    return registrations.find_active_by_letter(db, debate.id, letter_id) is not None


def _decide(
    db: Database,
    now: datetime,
    actor: Actor,
    debate: Debate,
    *,
    letter_id: int,
    state: LetterState,
    reasons: tuple[str, ...] = (),
    remark: str = "",
    until: datetime | None = None,
) -> Letter:
    check_may_change(debate)
    with writing(db):
        letter = letters.get_letter(db, debate.id, letter_id)
        held = registrations.find_active_by_letter(db, debate.id, letter_id)
        check_decision(letter, is_current=held is not None)
        decided = replace(
            letter,
            state=state,
            reasons=reasons,
            remark=remark,
            decided_by=actor.name or str(actor),
            decided_at=now,
        )
        letters.update_decision(db, decided)
        counted: dict[str, Any] = {}
        if state is LetterState.ACCEPTED and held.speaker.level != held.ranked_level:
            why = Reason(Cause.LEVEL, actor, now, held.delegation_id)
            counted = count_level(db, debate, held, held.speaker.level, why)
        record(db, now, actor, _event(decided, counted))
        if until:
            give_more_time(db, now, actor, debate, held=held, until=until)
        return decided


def _event(decided: Letter, counted: dict[str, Any]) -> Event:
    """`counted` is what an accepted letter made of level and place."""
    event = letter_event(_DECIDED[decided.state], decided)
    said = {"reasons": list(decided.reasons)} if decided.reasons else {}
    return replace(
        event,
        facts=event.facts | counted | said,
        personal={"remark": decided.remark} if decided.remark else {},
    )
