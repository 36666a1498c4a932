"""Pages with forms: what happens elsewhere that makes one of them out of date.

Such a page is never swapped while somebody types; it is told who changed what, and offers to be
read anew.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from rostrum.domain.chronicle import KIND_LABELS
from rostrum.domain.fairness import ENTERED
from rostrum.domain.staff import (
    DECIDES_LATE_LETTERS,
    MANAGES_DEBATES,
    MANAGES_DELEGATIONS,
    MANAGES_STAFF,
    MOVES_PLACES,
    READS_JOURNAL,
    SEES_LIST,
    SENDS_MESSAGES,
    Role,
)

_SETTINGS = (
    "debate changed", "council chosen", "levels set", "concept note kept", "concept note removed",
    "rehearsal started", "rehearsal deleted",
)  # fmt: skip
_PLACES = (
    "registered", ENTERED, "withdrawn", "place moved", "place struck", "place reinstated",
    "speaks later", "swap done", "list reordered",
)  # fmt: skip
_LETTERS = (
    "letter accepted", "letter returned", "decision taken back", "letter deadline extended",
)  # fmt: skip
_SWAPS = (
    "swap asked", "swap accepted", "swap declined", "swap refused", "swap taken back",
)  # fmt: skip
_PEOPLE = (
    "staff added", "staff deactivated", "staff reactivated", "staff link made", "staff signed out",
    "role changed", "password set", "authenticator set up", "authenticator removed",
)  # fmt: skip


@dataclass(frozen=True)
class Watched:
    """A page: who may see it, and the kinds of journal entries that change what it shows."""

    roles: frozenset[Role]
    kinds: tuple[str, ...]


WATCHED: Mapping[str, Watched] = {
    "settings": Watched(MANAGES_DEBATES, _SETTINGS),
    "levels": Watched(MANAGES_DEBATES, ("debate changed", "levels set")),
    "council": Watched(
        MOVES_PLACES, ("council order set", "council chosen", "further statements set")
    ),
    "messages": Watched(SENDS_MESSAGES, ("message sent", "message withdrawn", "debate changed")),
    "swaps": Watched(MOVES_PLACES, _SWAPS + _PLACES),
    "places": Watched(MOVES_PLACES, _PLACES),
    "deadlines": Watched(DECIDES_LATE_LETTERS, _LETTERS + ("withdrawn", "place struck")),
    "list": Watched(
        SEES_LIST, (*_PLACES, *_LETTERS, "council order set", "further statements set")
    ),
    "invitation": Watched(
        MANAGES_DELEGATIONS,
        ("invited", "invitation renewed", "invitation revoked", "registered", ENTERED, "withdrawn"),
    ),
    "journal": Watched(READS_JOURNAL, tuple(KIND_LABELS)),
    "retention": Watched(
        MANAGES_DEBATES, ("personal data deleted", "debate deleted", "debate changed")
    ),
    "delegations": Watched(MANAGES_DELEGATIONS, ("delegation added", "delegation changed")),
    "address": Watched(MANAGES_STAFF, ("address changed",)),
    "people": Watched(MANAGES_STAFF, _PEOPLE),
}
"""By name of the page. Those of one debate are told of that debate alone."""
