"""The page of one delegation's file; what it offers depends on role and state."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response

from rostrum.domain.debates.debate import Debate
from rostrum.domain.delegations.delegation import Delegation
from rostrum.domain.delegations.invitations import Invitation, state_of_invitation
from rostrum.domain.journal.changed_parts import World
from rostrum.domain.journal.kinds import tell
from rostrum.domain.journal.lines import Line, Search
from rostrum.domain.registrations.deadlines import deadline_of
from rostrum.domain.registrations.registration import Registration
from rostrum.domain.staff.accounts import (
    HANDS_OUT_LINKS,
    MOVES_PLACES,
    READS_JOURNAL,
    READS_LETTERS,
    SEES_LIST,
    WRITES_NOTES,
    Role,
)
from rostrum.store import (
    debates,
    delegations,
    drafts,
    invitations,
    journal,
    letters,
    messages,
    places,
    pretending,
    registrations,
    sessions,
    staff_notes,
)
from rostrum.store.council import find_council_member
from rostrum.web.access import StandIn, get_stand_in
from rostrum.web.console.delegations.invitations import link_of
from rostrum.web.console.dossier.acts import acts_of
from rostrum.web.console.forms.notes import NoteForm
from rostrum.web.context import db, parts
from rostrum.web.language.formats import sentence
from rostrum.web.live.blocks import Listening, add_live_routes, by_session, live_block
from rostrum.web.public.forecasts import console_forecast
from rostrum.web.respond import respond

blueprint = Blueprint(
    "dossier", __name__, url_prefix="/staff/debates/<slug>/delegations/<member_code>"
)

PAGE = "console/dossier/show.html"
ENTRIES = 12
"""How many entries of the journal, and messages, the page shows, the latest first."""


@live_block(PAGE, "dossier")
def dossier_page(debate_id: int, delegation_id: int, role: Role) -> dict[str, Any]:
    """Everything that staff of this role see of a delegation at a debate, as of now."""
    debate = debates.get_debate_by_id(db(), debate_id)
    names = {each.id: each for each in delegations.list_delegations(db())}
    who = names[delegation_id]
    held = registrations.find_active_registration(db(), debate_id, delegation_id)
    gone = None if held else registrations.find_last_withdrawn(db(), debate_id, delegation_id)
    invitation = invitations.find_invitation_of(db(), debate_id, delegation_id)
    values = {
        "debate": debate,
        "delegation": who,
        "causers": names,
        "is_pretend": delegation_id in pretending.list_states(db(), debate_id),
        "held": held,
        "gone": gone,
        "draft": None if held else drafts.get_draft(db(), debate_id, delegation_id),
        "member": find_council_member(db(), debate_id, delegation_id),
        "moves_places": role in MOVES_PLACES,
        "versions": letters.list_versions(db(), debate_id, delegation_id),
        "deadline": deadline_of(debate, held),
        "sent_messages": messages.list_sent_to(db(), debate_id, delegation_id)[:ENTRIES],
        "notes": staff_notes.list_notes(db(), debate_id, delegation_id),
        "writes_notes": role in WRITES_NOTES,
        "reads_letters": role in READS_LETTERS,
        "invitation": invitation,
    }
    values |= _place(debate, held or gone) | _phones(debate, invitation, role)
    values |= _journal(debate, who, World(names)) if role in READS_JOURNAL else {"lines": []}
    return values | {"acts": acts_of(values, role)}


def _place(debate: Debate, registration: Registration | None) -> dict[str, Any]:
    """How the place came about, and when the delegation speaks."""
    if registration is None:
        return {"moves": [], "expected": None, "total": 0}
    total = registrations.count_active(db(), debate.id)
    forecast = console_forecast(debate, total) if registration.is_active else None
    return {
        "moves": places.list_moves_of(db(), registration.id),
        "expected": forecast.begins[registration.place - 1].rounded() if forecast else None,
        "total": total,
    }


def _phones(debate: Debate, invitation: Invitation | None, role: Role) -> dict[str, Any]:
    """The link, for those who may see it, and whether and where it was opened."""
    now = parts().clock.now()
    if invitation is None:
        return {"opening": None, "invitation_state": None, "phones": [], "link": ""}
    opening = invitations.list_openings(db(), debate.id, now).get(invitation.id)
    state = state_of_invitation(invitation, opening)
    shows_link = role in HANDS_OUT_LINKS and invitation.revoked_at is None
    return {
        "opening": opening,
        "invitation_state": state,
        "phones": sessions.list_live_sessions(db(), invitation, now),
        "link": link_of(invitation) if shows_link else "",
    }


def _journal(debate: Debate, who: Delegation, world: World) -> dict[str, Any]:
    search = Search(debate_id=debate.id, delegation_id=who.id)

    def told(line: Line) -> list[str]:
        return [sentence(said) for said in tell(line, world)]

    return {"lines": journal.list_lines(db(), search, ENTRIES), "told": told}


@blueprint.get("")
def show(slug: str, member_code: str) -> Response:
    """Where the delegation stands, what is known of it, and what may be done for it."""
    return show_dossier(get_stand_in(slug, member_code, SEES_LIST))


def show_dossier(
    who: StandIn, form: NoteForm | None = None, problems: dict[str, str] | None = None
) -> Response:
    """The page, with a note as typed and what is wrong with it."""
    values = dossier_page(who.debate.id, who.delegation.id, who.member.staff.role)
    values |= {"form": form or NoteForm(formdata=None), "problems": problems or {}}
    return respond(PAGE, status=422 if problems else 200, **values)


def _for_readers(slug: str, member_code: str) -> Listening:
    who = get_stand_in(slug, member_code, SEES_LIST)
    staff = who.member.staff
    return by_session(who.member.session, who.debate.id, who.delegation.id, staff.role)


add_live_routes(blueprint, dossier_page, _for_readers)
