"""The pages with forms that say so when somebody else changed what they show."""

from __future__ import annotations

from enum import StrEnum


class Page(StrEnum):
    """Such a page, as the address of its stream names it."""

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
