"""The values of the invitations page: who is invited, and who has opened the link."""

from __future__ import annotations

from collections import Counter
from typing import Any

from rostrum.domain.delegations import Delegation, alphabetical_key, is_found
from rostrum.domain.invitations import Invitation, InvitationState, state_of_invitation
from rostrum.store import debates, delegations, invitations
from rostrum.web.context import db, parts
from rostrum.web.live import live_block


@live_block("console/invitations/list.html", "invitation_list")
def invitations_page(debate_id: int, sought: str, language: str | None) -> dict[str, Any]:
    """The invitations of a debate in English alphabetical order, those that fit what is sought.

    Their links open in the language.
    """
    everybody = sorted(delegations.list_delegations(db()), key=alphabetical_key)
    issued = {each.delegation_id: each for each in invitations.list_invitations(db(), debate_id)}
    openings = invitations.list_openings(db(), debate_id, parts().clock.now())
    states = {
        each.delegation_id: state_of_invitation(each, openings.get(each.id))
        for each in issued.values()
    }
    counted = Counter(states.values())
    return {
        "debate": debates.get_debate_by_id(db(), debate_id),
        "sought": sought,
        "language": language,
        "figures": {state: counted[state] for state in InvitationState},
        "missing_count": len(everybody) - len(issued),
        "rows": [
            (each, issued[each.id], states[each.id], openings.get(issued[each.id].id))
            for each in everybody
            if each.id in issued and is_found(each, sought)
        ],
    }


def list_uninvited(debate_id: int) -> list[Delegation]:
    """Who has no invitation to the debate yet, in English alphabetical order."""
    invited = {each.delegation_id for each in invitations.list_invitations(db(), debate_id)}
    missing = (each for each in delegations.list_delegations(db()) if each.id not in invited)
    return sorted(missing, key=alphabetical_key)


def list_invited(debate_id: int) -> list[tuple[Delegation, Invitation]]:
    """Whose link works, in English alphabetical order."""
    by_id = {each.id: each for each in delegations.list_delegations(db())}
    pairs = (
        (by_id[each.delegation_id], each)
        for each in invitations.list_invitations(db(), debate_id)
        if each.revoked_at is None
    )
    return sorted(pairs, key=lambda pair: alphabetical_key(pair[0]))
