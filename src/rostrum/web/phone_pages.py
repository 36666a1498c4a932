"""The live values of a delegation's phones page."""

from __future__ import annotations

from typing import Any

from rostrum.domain.changes import CHANGE_LABELS
from rostrum.domain.times import from_micros
from rostrum.store import debates, delegations
from rostrum.store.invitations import find_invitation_of
from rostrum.store.journal import list_last_entries
from rostrum.store.sessions import list_live_sessions
from rostrum.web.context import db, parts
from rostrum.web.live import live_block
from rostrum.web.words import gettext

SHOWN = 12
"""Changes told on the page, the latest first."""


@live_block("phones/list.html", "phone_changes")
def phones_page(debate_id: int, delegation_id: int) -> dict[str, Any]:
    """How many phones are signed in, and what they changed last."""
    entries = list_last_entries(db(), debate_id, delegation_id, tuple(CHANGE_LABELS), SHOWN)
    invitation = find_invitation_of(db(), debate_id, delegation_id)
    phones = list_live_sessions(db(), invitation, parts().clock.now()) if invitation else []
    return {
        "debate": debates.get_debate_by_id(db(), debate_id),
        "delegation": delegations.get_delegation_by_id(db(), delegation_id),
        "phones": phones,
        "changes": [
            (gettext(CHANGE_LABELS[each.kind]), from_micros(each.at), each.facts.get("browser"))
            for each in entries
            if each.actor.startswith("delegation:")
        ],
    }
