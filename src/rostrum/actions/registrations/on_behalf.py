"""Entering a delegation that cannot register itself."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from sqlite_utils import Database

from rostrum.actions.journal import Event, record
from rostrum.actions.letters.receiving import await_letter, keep_files
from rostrum.actions.registrations.registering import (
    Press,
    Registered,
    give_place,
    registered_event,
)
from rostrum.domain.debates.debate import Debate
from rostrum.domain.journal.kinds import EntryKind
from rostrum.domain.letters.files import check_files
from rostrum.domain.letters.files import check_version as check_letter_version
from rostrum.domain.letters.letter import LetterFile, LetterState
from rostrum.domain.registrations.on_behalf import (
    Request,
    check_is_complete,
    check_is_free,
    check_key,
    check_reason,
    check_received_at,
    check_takes_entries,
    entered_by,
    is_same_entry,
)
from rostrum.domain.registrations.registration import Draft, Registration
from rostrum.domain.times import from_micros, to_micros
from rostrum.store import debates, drafts, letters, registrations


@dataclass(frozen=True)
class Entry:
    """A request for a place that reached staff. `press` says whose it is and which attempt."""

    press: Press
    request: Request
    files: tuple[LetterFile, ...] = ()
    """The stored files of the letter; empty: the letter that the delegation prepared."""
    letter_follows: bool = False
    """Whether a delegation that has prepared none gets its place before its letter comes."""


def enter_on_behalf(db: Database, entry: Entry, stamp: int) -> Registered:
    """Gives the delegation the next number and the place that goes with the time of its request;
    inside the desk's transaction. Those behind move down, each with a move.

    The same entry again finds the same place. Raises Conflict if the delegation holds a place
    or has given one up since the page was made, and RuleBroken; then nothing is written.
    """
    press, request, now = entry.press, entry.request, from_micros(stamp)
    held = registrations.find_active_registration(db, press.debate_id, press.delegation_id)
    if held and is_same_entry(held, press.idempotency_key, press.actor.name, request):
        return Registered(held, is_repeat=True)
    check_is_free(held)
    request = replace(request, words=check_reason(request.channel, request.words))
    used = registrations.list_used_keys(db, press.debate_id, press.delegation_id)
    check_key(press.idempotency_key, frozenset(used))
    debate = debates.get_debate_by_id(db, press.debate_id)
    is_member = debates.is_council_member(db, debate.id, press.delegation_id)
    check_takes_entries(debate, is_member, now)
    received_at = request.received_at or now
    check_received_at(debate, received_at, now)
    draft = _completed(db, now, entry, debate)
    entered = entered_by(press.actor.name, now, request)
    registration = give_place(
        db, press, debate, draft=draft, received_at=received_at, entered=entered
    )
    record(db, now, press.actor, _event(registration))
    return Registered(registration, is_repeat=False)


def _completed(db: Database, now: datetime, entry: Entry, debate: Debate) -> Draft:
    """The draft to register: what staff entered, else what the delegation prepared.

    The letter is the last thing that can be refused, and is written after all checks.
    """
    draft = drafts.get_draft(db, debate.id, entry.press.delegation_id)
    speaker = entry.request.speaker
    if speaker is not None and speaker != draft.speaker:
        draft = replace(draft, speaker=speaker, version=draft.version + 1)
    check_is_complete(draft, brings_letter=bool(entry.files) or entry.letter_follows)
    if not entry.files:
        return draft if draft.letter else replace(draft, letter=await_letter(db, now, draft))
    check_files(entry.files)
    check_letter_version(letters.last_version(db, debate.id, entry.press.delegation_id) + 1)
    letter = keep_files(
        db, now, entry.press.actor, holder=draft, files=entry.files, itself=None, received_at=now
    )
    return replace(draft, letter=letter)


def _event(registration: Registration) -> Event:
    event = registered_event(EntryKind.ENTERED_BY_THE_MISSION, registration)
    entered = registration.entered
    is_awaited = registration.letter.state is LetterState.AWAITED
    facts = ({"letter_follows": True} if is_awaited else {}) | {
        "received_at": to_micros(registration.received_at),
        "is_received_earlier": registration.received_at < entered.at,
        "channel": entered.channel,
    }
    personal = event.personal | ({"reason": entered.words} if entered.words else {})
    return replace(event, facts=event.facts | facts, personal=personal)
