"""The values of the page on which all debates stand."""

from __future__ import annotations

from typing import Any

from rostrum.domain.debates import Status
from rostrum.store.debates import list_debates
from rostrum.store.retention import list_deleted_debates
from rostrum.web.context import db
from rostrum.web.live import live_block


@live_block("staff/show.html", "overview")
def overview_page(may_manage: bool) -> dict[str, Any]:
    """The debates this mission runs, archived ones apart."""
    deleted = list_deleted_debates(db())
    found = [debate for debate in list_debates(db()) if debate.id not in deleted]
    return {
        "current": [each for each in found if each.status is not Status.ARCHIVED],
        "archived": [each for each in found if each.status is Status.ARCHIVED],
        "may_manage": may_manage,
    }
