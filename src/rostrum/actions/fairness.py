"""Reading from the journal how an order came about."""

from __future__ import annotations

from sqlite_utils import Database

from rostrum.domain.debates.debate import Debate
from rostrum.domain.journal.fairness import SOURCES, Fairness, fairness_of
from rostrum.store.delegations import list_delegations
from rostrum.store.journal import list_debate_entries


def read_fairness(db: Database, debate: Debate) -> Fairness:
    """The fairness report of a debate, from its journal."""
    codes = {each.id: each.code for each in list_delegations(db)}
    entries = list_debate_entries(db, debate.id, SOURCES)
    return fairness_of(debate.opens_at, entries, codes)
