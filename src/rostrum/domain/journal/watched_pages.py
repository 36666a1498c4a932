"""Pages with forms, which say so when somebody else changed what they show.

Such a page is never swapped while somebody types. It says who changed what, and offers to reload
itself. `kinds.py` says which journal entries each of them must hear of.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

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


class Page(StrEnum):
    """A page with forms; the value is its name in the address of its stream."""

    SETTINGS = "settings"
    LEVELS = "levels"
    COUNCIL = "council"
    MESSAGES = "messages"
    SWAPS = "swaps"
    PLACES = "places"
    DEADLINES = "deadlines"
    LIST = "list"
    INVITATION = "invitation"
    JOURNAL = "journal"
    RETENTION = "retention"
    DELEGATIONS = "delegations"
    ADDRESS = "address"
    CONTACT = "contact"
    PEOPLE = "people"


READERS: Mapping[Page, frozenset[Role]] = {
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
"""Who may see each of them."""
