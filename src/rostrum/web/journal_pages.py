"""The values of the journal's pages."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from rostrum.domain.chronicle import Line, Search
from rostrum.domain.tellings import tell
from rostrum.domain.tellings_changes import World
from rostrum.store import debates, delegations, journal
from rostrum.web.context import db
from rostrum.web.formats import sentence
from rostrum.web.live import live_block

PAGE = 50
"""Entries on a page."""


@live_block("console/journal/list.html", "journal_list")
def journal_page(debate_id: int | None, search: Search | None = None) -> dict[str, Any]:
    """The latest entries that were asked for, of one debate or (None) of all."""
    search = search or Search(debate_id=debate_id)
    lines = journal.list_lines(db(), search, PAGE + 1)
    names = {each.id: each for each in delegations.list_delegations(db())}
    values = {
        "lines": lines[:PAGE],
        "has_more": len(lines) > PAGE,
        "names": names,
        "told": told_by(World(names)),
        "slugs": debates.slugs_by_id(db()),
        "search": search,
    }
    if debate_id is not None:
        values["debate"] = debates.get_debate_by_id(db(), debate_id)
    return values


def told_by(world: World) -> Callable[[Line], list[str]]:
    """The sentences of an entry in the reader's language."""
    return lambda line: [sentence(said) for said in tell(line, world)]
