"""A line of the journal as people read it, a search for lines, and the journal as CSV."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from rostrum.domain.csv_text import csv_text
from rostrum.domain.journal.chain import Entry, canonical_json
from rostrum.domain.times import NEW_YORK, from_micros, iso_millis

COLUMNS = (
    "number", "at_new_york", "at_utc", "debate", "delegation", "kind", "actor", "told", "facts",
    "personal", "hash",
)  # fmt: skip


@dataclass(frozen=True)
class Line:
    """An entry with its number, its hash and the personal values that are still there."""

    number: int
    entry: Entry
    hash: str
    values: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Search:
    """Which entries to show: None or empty for all, and only numbers below `before`."""

    debate_id: int | None = None
    delegation_id: int | None = None
    actor: str = ""
    kind: str = ""
    before: int | None = None

    @property
    def is_everything(self) -> bool:
        """Whether only the debate narrows the search: then its page can be live."""
        return self.delegation_id is None and not (self.actor or self.kind or self.before)


def journal_csv(
    lines: Iterable[Line],
    debates: dict[int, str],
    delegations: dict[int, str],
    tell: Callable[[Line], str],
) -> str:
    """One row per entry: words by `tell`, facts and personal values as JSON; slugs, codes by id."""
    return csv_text(COLUMNS, (_row(line, debates, delegations, tell(line)) for line in lines))


def _row(
    line: Line, debates: dict[int, str], delegations: dict[int, str], told: str
) -> tuple[str, ...]:
    entry, at = line.entry, from_micros(line.entry.at)
    return (
        str(line.number),
        iso_millis(at.astimezone(NEW_YORK)),
        iso_millis(at),
        debates.get(entry.debate_id or 0, ""),
        delegations.get(entry.delegation_id or 0, ""),
        entry.kind,
        entry.actor,
        told,
        canonical_json(entry.facts),
        canonical_json(line.values) if line.values else "",
        line.hash,
    )
