"""Writing to one delegation."""

from __future__ import annotations

from flask import Response, flash, redirect

from rostrum.actions.debates.messages import send_message
from rostrum.domain.errors import Conflict, RuleBroken
from rostrum.domain.staff.accounts import SENDS_MESSAGES
from rostrum.web.access import StandIn, get_stand_in
from rostrum.web.console.debates.messages import values_of_form
from rostrum.web.console.dossier.page import blueprint
from rostrum.web.console.forms.messages import SentenceForm
from rostrum.web.console.nav import dossier_url
from rostrum.web.context import db, parts
from rostrum.web.errors import status_of
from rostrum.web.forms.base import problems_of
from rostrum.web.language.catalogs import gettext
from rostrum.web.language.formats import delegation_name, refusal
from rostrum.web.respond import respond


@blueprint.get("/message")
def new_message(slug: str, member_code: str) -> Response:
    """A form for a sentence that this delegation alone reads."""
    return _show(get_stand_in(slug, member_code, SENDS_MESSAGES), SentenceForm(formdata=None))


@blueprint.post("/message")
def send(slug: str, member_code: str) -> Response:
    """Puts a message on the delegation's page."""
    who, form = get_stand_in(slug, member_code, SENDS_MESSAGES), SentenceForm()
    if not form.validate():
        return _show(who, form, problems_of(form), 422)
    wanted, now = form.to_one(who.delegation.id), parts().clock.now()
    try:
        send_message(db(), now, who.actor, who.debate, wanted=wanted, seen=form.seen_changes)
    except (RuleBroken, Conflict) as refused:
        problems = {getattr(refused, "field", "seen"): refusal(refused)}
        return _show(who, form, problems, status_of(refused))
    flash(gettext("Sent to %(name)s.", name=delegation_name(who.delegation)))
    return redirect(f"{dossier_url(who.debate, who.delegation)}#messages_title", 303)


def _show(
    who: StandIn,
    form: SentenceForm,
    problems: dict[str, str] | None = None,
    status: int = 200,
) -> Response:
    page = {"debate": who.debate, "delegation": who.delegation}
    page |= values_of_form(who.debate, form, problems)
    return respond("console/dossier/message.html", status=status, **page)
