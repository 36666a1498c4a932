"""Sending, replacing and withdrawing the message on every open page of a debate."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from sqlite_utils import Database

from rostrum.actions.journal import Event, record
from rostrum.domain.actors import Actor
from rostrum.domain.debates.debate import Debate
from rostrum.domain.debates.lifecycle import check_may_change
from rostrum.domain.debates.messages import Message, check_message, check_replaced
from rostrum.domain.journal.kinds import EntryKind
from rostrum.store import debates, messages
from rostrum.store.database import writing


def send_message(
    db: Database,
    now: datetime,
    actor: Actor,
    debate: Debate,
    *,
    text: str,
    seen: int | None = None,
) -> Message:
    """Shows a message to all delegations, in place of any earlier one.

    `seen` is the id of the message that the sender's page showed, 0 for none. Raises
    RuleBroken for an empty text, Conflict in an archived debate or if the message has changed.
    """
    text = check_message(text)
    with writing(db):
        check_may_change(debates.get_debate_by_id(db, debate.id))
        current = messages.find_message(db, debate.id)
        if current and current.text == text:
            return current
        check_replaced(seen, current)
        if current:
            messages.update_ended(db, current.id, now)
        message = Message(0, debate.id, text, now, actor.name or str(actor))
        message = replace(message, id=messages.insert_message(db, message))
        event = _event(EntryKind.MESSAGE_SENT, message, {"replaces": current and current.id})
        if current:
            event = replace(event, personal=event.personal | {"before": current.text})
        record(db, now, actor, event)
        return message


def withdraw_message(db: Database, now: datetime, actor: Actor, debate: Debate) -> Message | None:
    """Removes the current message from all pages; returns it, or None if there was none."""
    with writing(db):
        check_may_change(debates.get_debate_by_id(db, debate.id))
        current = messages.find_message(db, debate.id)
        if current is None:
            return None
        messages.update_ended(db, current.id, now)
        record(db, now, actor, _event(EntryKind.MESSAGE_WITHDRAWN, current, {}))
        return current


def _event(kind: EntryKind, message: Message, facts: dict[str, object]) -> Event:
    return Event(
        kind=kind,
        debate_id=message.debate_id,
        facts={"message_id": message.id} | facts,
        personal={"text": message.text},
    )
