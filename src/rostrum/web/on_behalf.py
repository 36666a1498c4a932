"""Whom staff may register now: the values of the page on which they choose."""

from __future__ import annotations

from typing import Any

from rostrum.domain.debates import Debate
from rostrum.domain.delegations import alphabetical_key, is_found
from rostrum.domain.errors import RuleBroken
from rostrum.domain.on_behalf import check_takes_entries
from rostrum.store import debates, delegations, registrations
from rostrum.store.council import list_council_members
from rostrum.web.context import db, parts
from rostrum.web.formats import refusal
from rostrum.web.live import live_block


@live_block("console/on_behalf/list.html", "choice_list")
def choice_page(debate_id: int, sought: str) -> dict[str, Any]:
    """Who may be entered, in English alphabetical order: no Council member, nobody with a place."""
    debate = debates.get_debate_by_id(db(), debate_id)
    held = registrations.list_registrations(db(), debate_id)
    out = {each.delegation_id for each in held if each.is_active}
    out |= {member.id for member, _ in list_council_members(db(), debate_id)}
    left = [each for each in delegations.list_delegations(db()) if each.id not in out]
    found = [each for each in left if is_found(each, sought)]
    return {
        "debate": debate,
        "sought": sought,
        "refusal": why_not(debate, is_member=False),
        "count": len(left),
        "found": sorted(found, key=alphabetical_key),
    }


def why_not(debate: Debate, *, is_member: bool) -> str:
    """Why nobody (or no Council member) can be entered now; empty where they can."""
    try:
        check_takes_entries(debate, is_member, parts().clock.now())
    except RuleBroken as refused:
        return refusal(refused)
    return ""


def may_be_entered(debate: Debate, delegation_id: int) -> bool:
    """Whether staff may enter this delegation now."""
    where = (db(), debate.id, delegation_id)
    if registrations.find_active_registration(*where):
        return False
    return not why_not(debate, is_member=debates.is_council_member(*where))
