"""The values of the journal's pages."""

from __future__ import annotations

from typing import Any

from rostrum.domain.chronicle import Search
from rostrum.store import debates, delegations, journal
from rostrum.web.context import db

PAGE = 50
"""Entries on a page."""


def journal_page(debate_id: int | None, search: Search | None) -> dict[str, Any]:
    """The latest entries that were asked for, of one debate or (None) of all."""
    search = search or Search(debate_id=debate_id)
    lines = journal.list_lines(db(), search, PAGE + 1)
    values = {
        "lines": lines[:PAGE],
        "has_more": len(lines) > PAGE,
        "names": {each.id: each for each in delegations.list_delegations(db())},
        "slugs": debates.slugs_by_id(db()),
        "search": search,
    }
    if debate_id is not None:
        values["debate"] = debates.get_debate_by_id(db(), debate_id)
    return values
