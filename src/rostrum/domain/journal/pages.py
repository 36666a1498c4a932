"""The pages with forms that say so when somebody else changed what they show."""

from __future__ import annotations

from enum import StrEnum


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
