"""What the kinds of journal entries are called, and the journal as CSV."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from rostrum.domain.exports import csv_text
from rostrum.domain.journal.chain import Entry, canonical_json
from rostrum.domain.times import NEW_YORK, from_micros, iso_millis
from rostrum.domain.words import N_

KIND_LABELS = {
    "address changed": N_("Outside address changed"),
    "authenticator removed": N_("Authenticator taken away"),
    "authenticator set up": N_("Authenticator set up"),
    "browser signed out": N_("Another browser signed out"),
    "concept note kept": N_("Concept note kept"),
    "concept note removed": N_("Concept note removed"),
    "council chosen": N_("Council members chosen"),
    "council order set": N_("Order of the Council members set"),
    "debate changed": N_("Settings changed"),
    "debate created": N_("Debate created"),
    "debate deleted": N_("Debate deleted"),
    "debate loaded": N_("Debate loaded"),
    "decision taken back": N_("Decision about a letter taken back"),
    "delegation added": N_("Delegation added"),
    "delegation changed": N_("Delegation changed"),
    "entered by the mission": N_("Entered by the mission"),
    "further statements set": N_("Further statements set"),
    "instance restored": N_("Restored from a backup"),
    "invitation renewed": N_("Invitation renewed"),
    "invitation revoked": N_("Invitation revoked"),
    "invited": N_("Invited"),
    "key renewed": N_("Secret key renewed"),
    "letter accepted": N_("Letter accepted"),
    "letter deadline extended": N_("More time for a letter"),
    "letter dropped": N_("Unreadable letter dropped"),
    "letter opened": N_("Letter opened"),
    "letter received": N_("Letter received"),
    "letter returned": N_("Letter returned"),
    "letters exported": N_("Letters exported"),
    "levels set": N_("Order of levels set"),
    "list reordered": N_("List reordered by its rule"),
    "message sent": N_("Message sent"),
    "message withdrawn": N_("Message withdrawn"),
    "password changed": N_("Password changed"),
    "password set": N_("Password set with a one-time link"),
    "personal data deleted": N_("Personal data deleted"),
    "phone signed out": N_("Another phone signed out"),
    "place moved": N_("Moved by the mission"),
    "place reinstated": N_("Place reinstated"),
    "place struck": N_("Place struck"),
    "pressed again": N_("Pressed again"),
    "record exported": N_("Record exported"),
    "recovery code used": N_("Recovery code used"),
    "recovery codes made": N_("Recovery codes made"),
    "registered": N_("Registered"),
    "rehearsal deleted": N_("Rehearsal deleted"),
    "rehearsal started": N_("Rehearsal started"),
    "role changed": N_("Role changed"),
    "shared link ended": N_("Link to watch a place ended"),
    "shared link made": N_("Link to watch a place made"),
    "signed in": N_("Signed in"),
    "signed out": N_("Signed out"),
    "speaker saved": N_("Speaker saved"),
    "speaks later": N_("Speaks later at its own wish"),
    "staff added": N_("Staff added"),
    "staff deactivated": N_("Account deactivated"),
    "staff link made": N_("One-time link made"),
    "staff reactivated": N_("Account opened again"),
    "staff signed out": N_("Signed out everywhere by an admin"),
    "swap accepted": N_("Swap agreed"),
    "swap asked": N_("Swap asked"),
    "swap declined": N_("Swap declined"),
    "swap done": N_("Places swapped"),
    "swap refused": N_("Swap refused by the mission"),
    "swap taken back": N_("Swap taken back"),
    "withdrawn": N_("Place given up"),
}
"""By kind, as staff read them. A new kind gets its words here: a test sees to it."""

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
    """Which entries: None or empty for all. `before` is the number that they lie below."""

    debate_id: int | None = None
    delegation_id: int | None = None
    actor: str = ""
    kind: str = ""
    before: int | None = None

    @property
    def is_everything(self) -> bool:
        """Whether nothing narrows it but the debate: then a page of it can be live."""
        return not (self.delegation_id or self.actor or self.kind or self.before)


def journal_csv(
    lines: Iterable[Line],
    debates: dict[int, str],
    delegations: dict[int, str],
    tell: Callable[[Line], str],
) -> str:
    """A row an entry: in words (`tell`), facts and personal values as JSON; slugs, codes by id."""
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
