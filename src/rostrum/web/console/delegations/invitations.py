"""Invitations of a debate: issued, shown, printed, renewed, revoked. Rostrum sends no mail."""

from __future__ import annotations

from collections import Counter
from typing import Any

import segno
from flask import (
    Blueprint,
    Response,
    current_app,
    flash,
    redirect,
    render_template,
    request,
    url_for,
)
from markupsafe import Markup

from rostrum.actions.delegations.invitations import (
    get_invitation,
    issue_invitations,
    renew_invitation,
    revoke_invitation,
)
from rostrum.domain.debates.debate import Debate
from rostrum.domain.delegations.delegation import Delegation, alphabetical_key, is_found
from rostrum.domain.delegations.invitations import (
    Invitation,
    InvitationState,
    check_generation,
    check_is_valid,
    invitation_link,
    state_of_invitation,
)
from rostrum.domain.exports.lists import links_csv
from rostrum.domain.staff.accounts import MANAGES_DELEGATIONS
from rostrum.store import debates, delegations, invitations
from rostrum.store.council import list_council_members
from rostrum.store.registrations import find_active_registration
from rostrum.store.shares import list_shares
from rostrum.web.access import get_member_and_debate
from rostrum.web.addresses import outside_address
from rostrum.web.console.registrations.on_behalf import may_be_entered
from rostrum.web.context import db, parts
from rostrum.web.delegates.list import csv_file
from rostrum.web.language.catalogs import LANGUAGES, get_locale, gettext, ngettext, speaking
from rostrum.web.language.formats import delegation_name
from rostrum.web.live.blocks import add_live_routes, for_staff, live_block
from rostrum.web.offload import offload
from rostrum.web.respond import respond

blueprint = Blueprint(
    "console_invitations", __name__, url_prefix="/staff/debates/<slug>/invitations"
)

ONE = "/<int(max=999999999):invitation_id>"
LONGEST_SEARCH = 80


def _sought() -> str:
    return request.args.get("q", "")[:LONGEST_SEARCH]


def _opens_in() -> str | None:
    """The language that staff chose for links and cards; None: the phone's language."""
    asked = request.args.get("language")
    return asked if asked in LANGUAGES else None


@live_block("console/invitations/list.html", "invitation_list")
def invitations_page(debate_id: int, sought: str, language: str | None) -> dict[str, Any]:
    """The invitations of a debate that match the search, in English alphabetical order.

    Their links open in `language`; None: in the phone's language.
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


def _list_uninvited(debate_id: int) -> list[Delegation]:
    """Delegations without an invitation to the debate, in English alphabetical order."""
    invited = {each.delegation_id for each in invitations.list_invitations(db(), debate_id)}
    missing = (each for each in delegations.list_delegations(db()) if each.id not in invited)
    return sorted(missing, key=alphabetical_key)


def _list_invited(debate_id: int) -> list[tuple[Delegation, Invitation]]:
    """Delegations whose link works, in English alphabetical order."""
    by_id = {each.id: each for each in delegations.list_delegations(db())}
    pairs = (
        (by_id[each.delegation_id], each)
        for each in invitations.list_invitations(db(), debate_id)
        if each.revoked_at is None
    )
    return sorted(pairs, key=lambda pair: alphabetical_key(pair[0]))


@blueprint.get("")
def list_invitations(slug: str) -> Response:
    """The invited delegations, and whether they have opened the link."""
    _, debate = get_member_and_debate(slug, MANAGES_DELEGATIONS)
    values = invitations_page(debate.id, _sought(), _opens_in())
    return respond("console/invitations/list.html", "invitation_list", **values)


add_live_routes(blueprint, invitations_page, for_staff(MANAGES_DELEGATIONS, _sought, _opens_in))


@blueprint.get("/new")
def new_invitations(slug: str) -> Response:
    """The delegations that can still be invited."""
    _, debate = get_member_and_debate(slug, MANAGES_DELEGATIONS)
    return _show_new(debate)


@blueprint.post("/new")
def issue(slug: str) -> Response:
    """Invites all delegations that are not invited yet, or the chosen ones."""
    member, debate = get_member_and_debate(slug, MANAGES_DELEGATIONS)
    uninvited = {each.code for each in _list_uninvited(debate.id)}
    groups = {"all": uninvited, "others": uninvited - _member_codes(debate)}
    who = request.form.get("who", "")
    codes = groups.get(who) or frozenset(request.form.getlist("code"))
    if not codes and who not in groups:
        return _show_new(debate, {"code": gettext("Choose the delegations to invite.")})
    issue_invitations(db(), parts().clock.now(), member.actor, debate, frozenset(codes))
    count = len(codes & uninvited)
    flash(ngettext("%(num)s delegation is invited.", "%(num)s delegations are invited.", count))
    return redirect(url_for(".list_invitations", slug=debate.slug), 303)


def _member_codes(debate: Debate) -> set[str]:
    return {each.code for each in list_council_members(db(), debate.id)}


def _show_new(debate: Debate, problems: dict[str, str] | None = None) -> Response:
    uninvited, members = _list_uninvited(debate.id), _member_codes(debate)
    page = {
        "debate": debate,
        "uninvited": uninvited,
        "has_council": bool(members),
        "members": sum(each.code in members for each in uninvited),
        "problems": problems or {},
    }
    return respond("console/invitations/new.html", status=422 if problems else 200, **page)


@blueprint.get(ONE)
def show(slug: str, invitation_id: int) -> Response:
    """One delegation's link, and the ways to change it."""
    _, debate = get_member_and_debate(slug, MANAGES_DELEGATIONS)
    invitation = get_invitation(db(), debate, invitation_id)
    opening = invitations.list_openings(db(), debate.id, parts().clock.now()).get(invitation.id)
    return respond(
        "console/invitations/show.html",
        debate=debate,
        invitation=invitation,
        delegation=delegations.get_delegation_by_id(db(), invitation.delegation_id),
        opening=opening,
        held=find_active_registration(db(), debate.id, invitation.delegation_id),
        state=state_of_invitation(invitation, opening),
        language=_opens_in(),
        link=link_of(invitation, _opens_in()),
        may_be_entered=may_be_entered(debate, invitation.delegation_id),
        shares=list_shares(db(), invitation),
    )


@blueprint.post(f"{ONE}/renewal")
def renew(slug: str, invitation_id: int) -> Response:
    """Makes a new link; the old one stops working and its phones are signed out at once."""
    member, debate = get_member_and_debate(slug, MANAGES_DELEGATIONS)
    renewed = renew_invitation(
        db(),
        parts().clock.now(),
        member.actor,
        debate,
        invitation_id=invitation_id,
        seen=request.form.get("seen", 0, type=int),
    )
    flash(gettext("There is a new link. Send it: the old one no longer works."))
    return _back_to(debate, renewed)


@blueprint.post(f"{ONE}/revocation")
def revoke(slug: str, invitation_id: int) -> Response:
    """Ends the link; its phones are signed out at once."""
    member, debate = get_member_and_debate(slug, MANAGES_DELEGATIONS)
    invitation = get_invitation(db(), debate, invitation_id)
    check_generation(invitation, request.form.get("seen", 0, type=int))
    check_is_valid(invitation)
    revoke_invitation(db(), parts().clock.now(), member.actor, invitation)
    name = delegation_name(delegations.get_delegation_by_id(db(), invitation.delegation_id))
    flash(gettext("The invitation of %(delegation)s is revoked.", delegation=name))
    return _back_to(debate, invitation)


def _back_to(debate: Debate, invitation: Invitation) -> Response:
    where = {"slug": debate.slug, "invitation_id": invitation.id, "language": _opens_in()}
    return redirect(url_for(".show", **where), 303)


@blueprint.get("/links.csv")
def export(slug: str) -> Response:
    """Every working link, for the mission's mail merge; the name says the language of the links."""
    _, debate = get_member_and_debate(slug, MANAGES_DELEGATIONS)
    links = [
        (each, link_of(invitation, _opens_in())) for each, invitation in _list_invited(debate.id)
    ]
    opens_in = f"-{language}" if (language := _opens_in()) else ""
    return csv_file(links_csv(links), f"{debate.slug}-links{opens_in}.csv")


@blueprint.get("/cards")
def print_cards(slug: str) -> Response:
    """A card with a QR code for each working link, eight to a page.

    It is in the language in which the link opens; if that is the phone's, in the page's.
    """
    _, debate = get_member_and_debate(slug, MANAGES_DELEGATIONS)
    invited = [
        (each, link_of(invitation, _opens_in())) for each, invitation in _list_invited(debate.id)
    ]
    codes = offload(_pictures, [link for _, link in invited])
    members = debates.list_council_members(db(), debate.id)
    cards = [(each, link, code) for (each, link), code in zip(invited, codes, strict=True)]
    language = _opens_in()
    with speaking(language or get_locale().language):
        page = {"debate": debate, "members": members, "cards": cards}
        sheets = render_template("delegates/invitation/_cards.html", **page)
    return respond(
        "console/invitations/cards.html",
        debate=debate,
        language=language,
        sheets=Markup(sheets),  # noqa: S704  a template's own
    )


def _pictures(links: list[str]) -> list[Markup]:
    """The QR code of each link, as SVG for a page."""
    options = {"border": 0, "omitsize": True, "dark": "#000", "svgclass": None, "lineclass": None}
    return [
        Markup(segno.make(link, micro=False).svg_inline(**options))  # noqa: S704  segno's own
        for link in links
    ]


def link_of(invitation: Invitation, language: str | None = None) -> str:
    """The delegation's link, which opens in a language or (None) in the phone's."""
    key = current_app.secret_key
    return invitation_link(outside_address().url, key, invitation, language)
