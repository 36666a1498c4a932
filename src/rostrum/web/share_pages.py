"""The live values of the page on which a delegation hands out links to watch its place."""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple

from rostrum.domain.changes import CHANGE_LABELS
from rostrum.domain.debates import Status
from rostrum.domain.journal import Entry
from rostrum.domain.shares import LINK_ENDED, LINK_MADE, MOST
from rostrum.domain.times import from_micros
from rostrum.store import debates, delegations
from rostrum.store.invitations import find_invitation_of
from rostrum.store.journal import list_last_entries
from rostrum.store.shares import list_shares
from rostrum.web.context import db
from rostrum.web.live import live_block
from rostrum.web.words import gettext


class Change(NamedTuple):
    """What was done, when, and on which phone; None where the mission did it."""

    what: str
    at: datetime
    browser: str | None


@live_block("shares/list.html", "share_changes")
def shares_page(debate_id: int, delegation_id: int) -> dict[str, Any]:
    """How many links work, and who ended one, where that was the last change.

    The fingerprint changes with the links: the page then reads them, and their forms, anew.
    """
    debate = debates.get_debate_by_id(db(), debate_id)
    invitation = find_invitation_of(db(), debate_id, delegation_id)
    shares = list_shares(db(), invitation) if invitation else []
    kinds = (LINK_MADE, LINK_ENDED)
    entries = list_last_entries(db(), debate_id, delegation_id, kinds, limit=1)
    is_room = len(shares) < MOST and debate.status is not Status.ARCHIVED
    return {
        "debate": debate,
        "delegation": delegations.get_delegation_by_id(db(), delegation_id),
        "share_count": len(shares),
        "is_room": is_room,
        "ended": _change(entries[0]) if entries and entries[0].kind == LINK_ENDED else None,
        "fingerprint": " ".join(str(each.id) for each in shares) + (" +" if is_room else ""),
    }


def _change(entry: Entry) -> Change:
    is_theirs = entry.actor.startswith("delegation:")
    browser = entry.facts.get("browser", "") if is_theirs else None
    return Change(gettext(CHANGE_LABELS[entry.kind]), from_micros(entry.at), browser)
