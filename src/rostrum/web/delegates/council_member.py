"""What the page of a Council member shows: its number in the Council's order, speaker and time."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from rostrum.domain.debates.debate import Debate
from rostrum.domain.order.forecasts import expected_times
from rostrum.domain.order.speaking_order import Section
from rostrum.store.council import list_council_members
from rostrum.store.speaking_order import list_statements
from rostrum.web.context import db


def member_values(debate: Debate, delegation_id: int) -> dict[str, Any]:
    """The member, and when it is expected: None until there is an order."""
    found = list_council_members(db(), debate.id)
    member = next(each for each in found if each.delegation.id == delegation_id)
    return {
        "member": member,
        "member_at": _expected(debate, delegation_id) if member.position else None,
    }


def _expected(debate: Debate, delegation_id: int) -> datetime | None:
    statements = list_statements(db(), debate)
    times = zip(statements, expected_times(debate, statements), strict=True)
    own = (
        at
        for each, at in times
        if each.section is Section.COUNCIL_MEMBERS and each.delegation.id == delegation_id
    )
    return next(own, None)
