"""Writing the journal, proving that nothing in it was changed, reading how an order came about."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from rostrum.domain.actors import Actor
from rostrum.domain.debates.debate import Debate
from rostrum.domain.journal.chain import GENESIS, Entry, first_break, value_digest
from rostrum.domain.journal.fairness import SOURCES, Fairness, fairness_of
from rostrum.domain.journal.kinds import EntryKind
from rostrum.domain.times import to_micros
from rostrum.store import journal as store
from rostrum.store.database import reading
from rostrum.store.delegations import list_delegations


@dataclass(frozen=True)
class Event:
    """Something that happened. `facts` stay for ever; `personal` values can be purged."""

    kind: EntryKind
    debate_id: int | None = None
    delegation_id: int | None = None
    facts: dict[str, Any] = field(default_factory=dict)
    personal: dict[str, str] = field(default_factory=dict)


def record(db: Database, now: datetime, actor: Actor, event: Event) -> None:
    """Adds the event to the journal, inside the caller's transaction."""
    values = {name: (secrets.token_hex(16), value) for name, value in event.personal.items()}
    entry = Entry(
        at=to_micros(now),
        debate_id=event.debate_id,
        delegation_id=event.delegation_id,
        kind=str(event.kind),
        actor=str(actor),
        facts=event.facts | ({"browser": actor.browser} if actor.browser else {}),
        digests={name: value_digest(salt, value) for name, (salt, value) in values.items()},
    )
    store.insert_entry(db, entry, values)


def verify_journal(db: Database) -> str | None:
    """None if chain and personal values are intact, else what is wrong, in English."""
    with reading(db):
        return _find_fault(db)


def _find_fault(db: Database) -> str | None:
    rows = store.list_entries(db)
    broken = first_break(rows)
    if broken is not None:
        return f"entry {broken + 1} of {len(rows)} does not follow from the one before"
    entries, last = store.get_end(db)
    if (entries, last) != (len(rows), rows[-1][1] if rows else GENESIS):
        return f"it ends after {len(rows)} entries where {entries} were written"
    digests = {number: entry.digests for number, (entry, _) in enumerate(rows, start=1)}
    for value in store.list_values(db):
        expected = digests.get(value["journal_id"], {}).get(value["name"])
        if value_digest(value["salt"], value["value"]) != expected:
            return f"value {value['name']} of entry {value['journal_id']} was changed"
    return None


def read_fairness(db: Database, debate: Debate) -> Fairness:
    """The fairness report of a debate, from its journal."""
    codes = {each.id: each.code for each in list_delegations(db)}
    entries = store.list_debate_entries(db, debate.id, SOURCES)
    return fairness_of(debate.opens_at, entries, codes)
