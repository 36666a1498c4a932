"""Taking a place, inside the desk's transaction: by a press, or as staff enter it."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from datetime import datetime

from sqlite_utils import Database

from rostrum.actions.journal import Event, record
from rostrum.actions.order.places import Reason, make_room
from rostrum.domain.actors import Actor
from rostrum.domain.debates.debate import Debate, OrderPolicy
from rostrum.domain.journal.chain import canonical_json
from rostrum.domain.journal.kinds import EntryKind
from rostrum.domain.order.places import Cause
from rostrum.domain.order.precedence import Rank
from rostrum.domain.registrations.deadlines import takes_letters
from rostrum.domain.registrations.registration import (
    Draft,
    Entered,
    Registration,
    check_is_not_late,
    check_is_ready,
    check_may_register,
    idempotency_key,
)
from rostrum.domain.times import from_micros, to_micros
from rostrum.store import debates, drafts, registrations
from rostrum.store.journal import list_last_entries

REFERENCE_ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Digits and capitals that are not confused with each other when read out."""


@dataclass(frozen=True)
class Press:
    """One request for a place, complete and valid in form.

    Without an idempotency key it counts as the delegation's next attempt.
    """

    debate_id: int
    delegation_id: int
    idempotency_key: str
    actor: Actor
    page: str = ""
    """A random name of the page that it came from; empty if unknown."""


@dataclass(frozen=True)
class Registered:
    """The answer to a press: the registration, and whether it existed before this press."""

    registration: Registration
    is_repeat: bool
    is_own: bool = False
    """Whether the same page pressed for it before, and its answer was lost."""


def enter_registration(db: Database, press: Press, stamp: int) -> Registered:
    """Gives the delegation a place, or finds the one it has; inside the desk's transaction.

    A second press, a retry and a colleague's press all find the same place.
    """
    held = registrations.find_active_registration(db, press.debate_id, press.delegation_id)
    received_at = from_micros(stamp)
    if held is not None:
        _journal_repeat(db, press, held, received_at)
        return Registered(held, is_repeat=True, is_own=_is_of_page(db, press))
    used = registrations.list_used_keys(db, press.debate_id, press.delegation_id)
    if press.idempotency_key == "":
        press = replace(press, idempotency_key=idempotency_key(len(used)))
    check_is_not_late(press.idempotency_key, frozenset(used))
    debate = debates.get_debate_by_id(db, press.debate_id)
    is_member = debates.is_council_member(db, press.debate_id, press.delegation_id)
    check_may_register(debate, is_member, received_at)
    draft = drafts.get_draft(db, press.debate_id, press.delegation_id)
    check_is_ready(draft, takes_letters=takes_letters(debate, None, received_at))
    registration = give_place(db, press, debate, draft=draft, received_at=received_at)
    _journal_registration(db, press, registration)
    return Registered(registration, is_repeat=False)


def _is_of_page(db: Database, press: Press) -> bool:
    if not press.page:
        return False
    kinds = (EntryKind.REGISTERED,)
    last = list_last_entries(db, press.debate_id, press.delegation_id, kinds, limit=1)
    return bool(last) and last[0].facts.get("page") == press.page


def give_place(
    db: Database,
    press: Press,
    debate: Debate,
    *,
    draft: Draft,
    received_at: datetime,
    entered: Entered | None = None,
) -> Registration:
    """Inside the desk's transaction: gives the next number and the place by the rule.

    The draft becomes the registration. `entered` is set if the mission enters the delegation.
    """
    number = registrations.last_arrival_number(db, press.debate_id) + 1
    rank = Rank(draft.speaker.level, number, to_micros(received_at))
    registration = Registration(
        id=0,
        debate_id=press.debate_id,
        delegation_id=press.delegation_id,
        arrival_number=number,
        received_at=received_at,
        reference=_reference(),
        idempotency_key=press.idempotency_key,
        speaker=draft.speaker,
        letter=draft.letter,
        receipt_letter=draft.letter,
        place=_place_of_newcomer(db, press, debate, rank, entered),
        version=draft.version,
        withdrawn_at=None,
        ranked_level=draft.speaker.level,
        entered=entered,
    )
    drafts.delete_draft(db, press.debate_id, press.delegation_id)
    return replace(registration, id=registrations.insert_registration(db, registration))


def _place_of_newcomer(
    db: Database, press: Press, debate: Debate, rank: Rank, entered: Entered | None
) -> int:
    delegation_id, came = press.delegation_id, from_micros(rank.received_at)
    if entered is not None:
        why = Reason(
            Cause.ENTERED, press.actor, entered.at, delegation_id, entered.channel, received_at=came
        )
        return make_room(db, debate, rank, why)
    if debate.order_policy is OrderPolicy.ARRIVAL:
        return registrations.count_active(db, press.debate_id) + 1
    return make_room(db, debate, rank, Reason(Cause.PRECEDENCE, press.actor, came, delegation_id))


def _reference() -> str:
    letters = [secrets.choice(REFERENCE_ALPHABET) for _ in range(8)]
    return f"{''.join(letters[:4])}-{''.join(letters[4:])}"


def _journal_repeat(db: Database, press: Press, held: Registration, pressed_at: datetime) -> None:
    event = Event(
        kind=EntryKind.PRESSED_AGAIN,
        debate_id=press.debate_id,
        delegation_id=press.delegation_id,
        facts={"arrival_number": held.arrival_number},
    )
    record(db, pressed_at, press.actor, event)


def _journal_registration(db: Database, press: Press, registration: Registration) -> None:
    event = registered_event(EntryKind.REGISTERED, registration)
    if press.page:
        event = replace(event, facts=event.facts | {"page": press.page})
    record(db, registration.received_at, press.actor, event)


def registered_event(kind: EntryKind, registration: Registration) -> Event:
    """The journal's event for a new registration."""
    return Event(
        kind=kind,
        debate_id=registration.debate_id,
        delegation_id=registration.delegation_id,
        facts={
            "arrival_number": registration.arrival_number,
            "place": registration.place,
            "reference": registration.reference,
            "letter_id": registration.letter.id,
            "letter_sha256": registration.letter.sha256,
        },
        personal={"speaker": canonical_json(registration.speaker.as_dict())},
    )
