"""Pages with forms: which changes made elsewhere put one of them out of date.

Such a page is never swapped while somebody types. It says who changed what, and offers to reload
itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from rostrum.domain.journal.kinds import EntryKind
from rostrum.domain.journal.pages import Page
from rostrum.domain.staff.accounts import (
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


@dataclass(frozen=True)
class Watched:
    """A page: who may see it, and the kinds of journal entries that change what it shows."""

    roles: frozenset[Role]
    kinds: tuple[EntryKind, ...]


_READERS: Mapping[Page, frozenset[Role]] = {
    Page.SETTINGS: MANAGES_DEBATES,
    Page.LEVELS: MANAGES_DEBATES,
    Page.COUNCIL: MOVES_PLACES,
    Page.MESSAGES: SENDS_MESSAGES,
    Page.SWAPS: MOVES_PLACES,
    Page.PLACES: MOVES_PLACES,
    Page.DEADLINES: DECIDES_LATE_LETTERS,
    Page.LIST: SEES_LIST,
    Page.INVITATION: MANAGES_DELEGATIONS,
    Page.JOURNAL: READS_JOURNAL,
    Page.RETENTION: MANAGES_DEBATES,
    Page.DELEGATIONS: MANAGES_DELEGATIONS,
    Page.ADDRESS: MANAGES_STAFF,
    Page.CONTACT: MANAGES_DEBATES,
    Page.PEOPLE: MANAGES_STAFF,
}

WATCHED: Mapping[str, Watched] = {
    page: Watched(_READERS[page], tuple(kind for kind in EntryKind if page in kind.pages))
    for page in Page
}
"""By name of the page. Pages of a debate hear only about that debate."""
