"""The Council members of a debate."""

from __future__ import annotations

from flask import Blueprint, Response, request

from rostrum.actions.debates.council_choice import Choice, choose_council
from rostrum.domain.debates.debate import Debate
from rostrum.domain.debates.settings import COUNCIL_SIZE, PERMANENT_MEMBERS, may_sit_in_council
from rostrum.domain.delegations.delegation import alphabetical_key
from rostrum.domain.errors import Conflict, RuleBroken
from rostrum.domain.staff.accounts import MANAGES_DEBATES
from rostrum.store import delegations, registrations
from rostrum.store.council import list_council_members
from rostrum.web.access import get_member_and_debate
from rostrum.web.console.debates.settings import back_to_settings
from rostrum.web.console.forms.debates import CouncilForm
from rostrum.web.context import db, parts
from rostrum.web.errors import status_of
from rostrum.web.language.catalogs import gettext
from rostrum.web.language.formats import delegation_name, refusal
from rostrum.web.language.names import filled, joined
from rostrum.web.respond import respond

blueprint = Blueprint("council", __name__, url_prefix="/council")


@blueprint.get("")
def edit(slug: str) -> Response:
    """All Member States with a checkbox each, except those with a place. As long as nobody is
    chosen, the permanent members are marked."""
    _, debate = get_member_and_debate(slug, MANAGES_DEBATES)
    return _show(debate, CouncilForm(formdata=None), _present_codes(debate) or PERMANENT_MEMBERS)


@blueprint.post("")
def save(slug: str) -> Response:
    """Makes the marked delegations the Council members, with those whom others chose meanwhile."""
    member, debate = get_member_and_debate(slug, MANAGES_DEBATES)
    form, marked = CouncilForm(), frozenset(request.form.getlist("council"))
    codes = form.merged(marked, _present_codes(debate))
    try:
        choice = choose_council(
            db(), parts().clock.now(), member.actor, debate, codes=codes, seen=debate.version
        )
    except RuleBroken as refused:
        return _show(debate, form, codes, {refused.field: refusal(refused)}, 422)
    except Conflict as refused:
        return _show(debate, form, codes, {"seen": refusal(refused)}, status_of(refused))
    return back_to_settings(debate, _told(choice, len(codes)))


def _told(choice: Choice, count: int) -> str:
    saved = gettext("The Council members are saved.")
    if count < COUNCIL_SIZE:
        marked = gettext("Marked: %(count)s of %(size)s.", count=count, size=COUNCIL_SIZE)
        saved = joined(" ", (saved, marked))
    if not choice.newcomers:
        return saved
    named = [
        filled("%(name)s (%(number)s)", {"name": delegation_name(who), "number": number})
        for who, number in choice.newcomers
    ]
    news = gettext("The others keep their order. New in it: %(names)s.", names=joined(", ", named))
    return joined(" ", (saved, news))


def _present_codes(debate: Debate) -> frozenset[str]:
    return frozenset(each.code for each in list_council_members(db(), debate.id))


def _show(
    debate: Debate,
    form: CouncilForm,
    codes: frozenset[str],
    problems: dict[str, str] | None = None,
    status: int = 200,
) -> Response:
    held = registrations.list_registrations(db(), debate.id)
    everybody = sorted(delegations.list_delegations(db()), key=alphabetical_key)
    present = _present_codes(debate)
    form.seen.data = " ".join(sorted(present))
    page = {
        "debate": debate,
        "form": form,
        "chosen": codes,
        "is_new": not present,
        # One that was chosen although it may not sit there is offered too, to be unmarked.
        "everybody": [
            each for each in everybody if may_sit_in_council(each) or each.code in codes | present
        ],
        "listed": {each.delegation_id for each in held if each.is_active},
        "council_size": COUNCIL_SIZE,
        "problems": problems or {},
    }
    return respond("console/debates/council.html", status=status, **page)
