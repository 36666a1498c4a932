"""The Council members of a debate."""

from __future__ import annotations

from flask import Blueprint, Response, request

from rostrum.actions.debates.settings import choose_council
from rostrum.domain.debates.debate import Debate
from rostrum.domain.debates.settings import COUNCIL_SIZE
from rostrum.domain.delegations.delegation import alphabetical_key
from rostrum.domain.errors import Conflict, RuleBroken
from rostrum.domain.staff.accounts import MANAGES_DEBATES
from rostrum.store import debates, delegations, registrations
from rostrum.web.access import get_member_and_debate
from rostrum.web.console.debates.settings import back_to_settings
from rostrum.web.console.forms.debates import CouncilForm
from rostrum.web.context import db, parts
from rostrum.web.errors import status_of
from rostrum.web.language.catalogs import gettext
from rostrum.web.language.formats import refusal
from rostrum.web.respond import respond

blueprint = Blueprint("council", __name__, url_prefix="/council")


@blueprint.get("")
def edit(slug: str) -> Response:
    """All delegations with a checkbox each, except those with a place."""
    _, debate = get_member_and_debate(slug, MANAGES_DEBATES)
    members = debates.list_council_members(db(), debate.id)
    found = delegations.list_delegations(db())
    form = CouncilForm(formdata=None, data={"version": str(debate.version)})
    return _show(debate, form, frozenset(each.code for each in found if each.id in members))


@blueprint.post("")
def save(slug: str) -> Response:
    """Makes the marked delegations the Council members."""
    member, debate = get_member_and_debate(slug, MANAGES_DEBATES)
    form, codes = CouncilForm(), frozenset(request.form.getlist("council"))
    try:
        choose_council(
            db(), parts().clock.now(), member.actor, debate, codes=codes, seen=form.seen_version
        )
    except RuleBroken as refused:
        return _show(debate, form, codes, {refused.field: refusal(refused)}, 422)
    except Conflict as refused:
        form.version.data = str(debate.version)
        return _show(debate, form, codes, {"version": refusal(refused)}, status_of(refused))
    return back_to_settings(debate, gettext("The Council members are saved."))


def _show(
    debate: Debate,
    form: CouncilForm,
    codes: frozenset[str],
    problems: dict[str, str] | None = None,
    status: int = 200,
) -> Response:
    held = registrations.list_registrations(db(), debate.id)
    page = {
        "debate": debate,
        "form": form,
        "chosen": codes,
        "everybody": sorted(delegations.list_delegations(db()), key=alphabetical_key),
        "listed": {each.delegation_id for each in held if each.is_active},
        "council_size": COUNCIL_SIZE,
        "problems": problems or {},
    }
    return respond("console/debates/council.html", status=status, **page)
