"""Exporting everything about a debate as one document, and its list as tables."""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple

from sqlite_utils import Database

from rostrum.actions.journal import Event, record
from rostrum.domain.actors import Actor
from rostrum.domain.debates.debate import Debate
from rostrum.domain.exports.record import Record, record_document
from rostrum.domain.journal.kinds import EntryKind
from rostrum.domain.order.forecasts import ListForecast, announced_list
from rostrum.domain.registrations.roll import Listed, Shown, View, choose
from rostrum.store import debates, delegations, journal, letters, places, registrations, swaps
from rostrum.store.council import list_council_members
from rostrum.store.database import writing
from rostrum.store.roll import list_roll
from rostrum.store.speaking_order import get_shape, list_statements


def export_record(db: Database, now: datetime, actor: Actor, debate: Debate) -> dict[str, Any]:
    """The document that docs/export.md describes; the journal records who exported it.

    Drafts are not in it.
    """
    with writing(db):
        document = record_document(_read(db, debate), now)
        counts = {name: len(document[name]) for name in ("registrations", "letters")}
        record(db, now, actor, Event(EntryKind.RECORD_EXPORTED, debate_id=debate.id, facts=counts))
        return document


class Table(NamedTuple):
    """What a table of the list is made of."""

    rows: list[Listed]
    forecast: ListForecast | None


def read_list(
    db: Database, now: datetime, debate: Debate, view: View, language: str = "en"
) -> Table:
    """The rows of the list that belong to the view, in its order."""
    count = debates.count_council_members(db, debate.id)
    total = registrations.count_active(db, debate.id)
    forecast = announced_list(debate, get_shape(db, debate, count), total)
    return Table(choose(list_roll(db, debate, now), view, language), forecast)


def export_list(
    db: Database, now: datetime, actor: Actor, debate: Debate, *, view: View, language: str
) -> Table:
    """As `read_list`; the journal records who took how many rows, since contacts are in them."""
    with writing(db):
        table = read_list(db, now, debate, view, language)
        facts = {"part": view.shown or Shown.REGISTERED, "rows": len(table.rows)}
        record(db, now, actor, Event(EntryKind.LIST_EXPORTED, debate_id=debate.id, facts=facts))
        return table


def _read(db: Database, debate: Debate) -> Record:
    rehearsed = debate.rehearsal_of and debates.get_debate_by_id(db, debate.rehearsal_of)
    held = registrations.list_registrations(db, debate.id)
    known = {each.delegation_id for each in held}
    sent = letters.list_letters_by_id(db, debate.id).values()
    return Record(
        debate=debate,
        rehearsal_of=rehearsed and rehearsed.slug,
        delegations={each.id: each for each in delegations.list_delegations(db)},
        statements=list_statements(db, debate),
        council=list_council_members(db, debate.id),
        registrations=held,
        letters=[letter for letter in sent if letter.delegation_id in known],
        moves=places.list_moves(db, debate.id),
        swaps=swaps.list_swaps(db, debate.id),
        journal=journal.list_hashed_entries(db, debate.id),
    )
