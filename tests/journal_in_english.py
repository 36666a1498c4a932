"""The journal's entries in English, as staff read them, without a page around them."""

from __future__ import annotations

from datetime import datetime

from rostrum.actions.journal import verify_journal
from rostrum.domain.delegations.delegation import Delegation
from rostrum.domain.journal.changed_parts import World
from rostrum.domain.journal.kinds import EntryKind
from rostrum.domain.journal.lines import Search
from rostrum.domain.sentences import Sentence
from rostrum.store.database import Database
from rostrum.store.delegations import list_delegations
from rostrum.store.journal import list_lines


def in_english(value: object) -> str:
    """A sentence, or one of its values, in English."""
    match value:
        case Sentence():
            return value.text % {name: in_english(each) for name, each in value.values.items()}
        case Delegation():
            return value.name()
        case datetime():
            return f"{value:%d %B %H:%M}"
        case tuple():
            return ", ".join(in_english(each) for each in value)
    return str(value)


def latest_in_english(db: Database, kind: str) -> str:
    """The latest entry of a kind in words."""
    world = World({each.id: each for each in list_delegations(db)})
    line = list_lines(db, Search(kind=kind), 1)[0]
    return " ".join(in_english(said) for said in EntryKind(kind).tell(line, world))


NEEDS_NO_WORDS = {"debate changed", "delegation changed", "speaker saved"}
"""Told part by part: nothing is left to say where no part that has a label differs."""


def check_every_entry_is_told(db: Database) -> None:
    """Each entry of a journal that nobody tampered with is as its kind says, "tried" ones apart.

    It has sentences, and no personal value that the kind does not name.
    """
    if db.conn.in_transaction or verify_journal(db) is not None:
        return
    world = World({each.id: each for each in list_delegations(db)})
    for line in list_lines(db, Search(), None):
        if line.entry.kind == "tried":
            continue
        kind = EntryKind(line.entry.kind)
        said = [in_english(each) for each in kind.tell(line, world)]
        assert said or kind in NEEDS_NO_WORDS, line.entry
        assert line.entry.digests.keys() <= set(kind.purged), line.entry
