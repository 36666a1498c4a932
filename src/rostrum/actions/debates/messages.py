"""Sending messages to delegations of a debate, and withdrawing them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from sqlite_utils import Database

from rostrum.actions.journal import Event, record
from rostrum.domain.actors import Actor
from rostrum.domain.debates.debate import Debate
from rostrum.domain.debates.lifecycle import check_may_change
from rostrum.domain.journal.kinds import EntryKind
from rostrum.domain.registrations.messages import (
    Message,
    check_changes,
    check_end,
    check_message,
    check_public,
    check_reaches_somebody,
    check_room,
    in_part,
    on_one_line,
)
from rostrum.domain.registrations.roll import Shown
from rostrum.store import debates, messages
from rostrum.store.database import writing
from rostrum.store.roll import list_roll


@dataclass(frozen=True)
class Wanted:
    """What somebody wants to send: to a part of the list, or to one delegation."""

    text: str
    part: Shown = Shown.ALL
    delegation_id: int | None = None
    """The one delegation; the part does not matter then."""
    is_public: bool = False
    ends_at: datetime | None = None
    translations: Mapping[str, str] = field(default_factory=dict)


def send_message(
    db: Database,
    now: datetime,
    actor: Actor,
    debate: Debate,
    *,
    wanted: Wanted,
    seen: int | None = None,
) -> Message:
    """Shows a message to those to whom it is addressed; sent twice it stands once.

    `seen` is how many messages had been sent and withdrawn when the sender's page was made.
    Raises RuleBroken for an empty text, an end that has passed, a part without anybody, or one
    message too many; Conflict in an archived debate or if others sent or withdrew one since.
    """
    text = check_message(wanted.text)
    check_end(wanted.ends_at, now)
    with writing(db):
        current = debates.get_debate_by_id(db, debate.id)
        check_may_change(current)
        message = _message(db, now, actor, current, replace(wanted, text=text))
        standing = messages.list_standing(db, debate.id, now)
        if same := next((each for each in standing if message.repeats(each)), None):
            return same
        check_changes(seen, messages.count_changes(db, debate.id))
        check_room(standing, message)
        message = replace(message, id=messages.insert_message(db, message))
        record(db, now, actor, _event(EntryKind.MESSAGE_SENT, message))
        return message


def _message(db: Database, now: datetime, actor: Actor, debate: Debate, wanted: Wanted) -> Message:
    part = wanted.part if wanted.delegation_id is None else None
    check_public(part, wanted.is_public)
    recipients = () if part else (wanted.delegation_id,)
    if part and part is not Shown.ALL:
        recipients = in_part(list_roll(db, debate, now), part)
        check_reaches_somebody(recipients)
    said = {each: on_one_line(words) for each, words in wanted.translations.items()}
    return Message(
        id=0,
        debate_id=debate.id,
        text=wanted.text,
        sent_at=now,
        sent_by=actor.name or str(actor),
        part=part,
        recipients=recipients,
        is_public=wanted.is_public,
        ends_at=wanted.ends_at,
        translations={each: words for each, words in said.items() if words},
    )


def withdraw_message(
    db: Database, now: datetime, actor: Actor, debate: Debate, message_id: int
) -> Message:
    """Removes a message from all pages; one that no longer stands is left as it is.

    Raises NotFound if the debate has no such message.
    """
    with writing(db):
        check_may_change(debates.get_debate_by_id(db, debate.id))
        message = messages.get_message(db, debate.id, message_id)
        if message.stands(now):
            messages.update_ended(db, message.id, now)
            record(db, now, actor, _event(EntryKind.MESSAGE_WITHDRAWN, message))
        return message


def _event(kind: EntryKind, message: Message) -> Event:
    facts = {"message_id": message.id, "part": message.part, "count": len(message.recipients)}
    if message.is_public:
        facts["is_public"] = True
    if message.ends_at:
        facts["ends_at"] = message.ends_at.isoformat(timespec="milliseconds")
    personal = {"text": message.text}
    if message.translations:
        personal["translations"] = " / ".join(message.translations.values())
    return Event(
        kind=kind,
        debate_id=message.debate_id,
        delegation_id=None if message.part else message.recipients[0],
        facts=facts,
        personal=personal,
    )
