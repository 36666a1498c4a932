"""Who runs the debates and whom delegations call: for all debates, or otherwise for one."""

from __future__ import annotations

from flask import Blueprint, Response, flash, redirect, request

from rostrum.actions.debates.mission_contact import set_mission_contact
from rostrum.domain.actors import Actor
from rostrum.domain.debates.debate import Debate
from rostrum.domain.journal.kinds import EntryKind
from rostrum.domain.staff.accounts import MANAGES_DEBATES
from rostrum.store.journal import find_change
from rostrum.store.mission_contacts import find_contacts
from rostrum.web.access import get_member, get_member_and_debate
from rostrum.web.console.forms.merging import FindAuthor
from rostrum.web.console.forms.mission_contact import MissionContactForm
from rostrum.web.context import db, parts
from rostrum.web.forms.base import problems_of
from rostrum.web.language.catalogs import gettext
from rostrum.web.respond import respond

blueprint = Blueprint("mission_contact", __name__, url_prefix="/staff")


@blueprint.get("/contact")
def show() -> Response:
    """What holds for all debates."""
    get_member(MANAGES_DEBATES)
    _, general = find_contacts(db(), None)
    return _show(MissionContactForm.of(general))


@blueprint.post("/contact")
def keep() -> Response:
    """Every page shows it at its next reading."""
    return _keep(get_member(MANAGES_DEBATES).actor, None)


@blueprint.get("/debates/<slug>/contact")
def show_of_debate(slug: str) -> Response:
    """What is different for this debate."""
    _, debate = get_member_and_debate(slug, MANAGES_DEBATES)
    own, general = find_contacts(db(), debate.id)
    return _show(MissionContactForm.of(own), debate=debate, general=general)


@blueprint.post("/debates/<slug>/contact")
def keep_of_debate(slug: str) -> Response:
    """What is left empty goes by what holds for all."""
    member, debate = get_member_and_debate(slug, MANAGES_DEBATES)
    return _keep(member.actor, debate)


def _keep(actor: Actor, debate: Debate | None) -> Response:
    form, debate_id = MissionContactForm(), debate.id if debate else None
    own, general = find_contacts(db(), debate_id)
    form.merge(MissionContactForm.of(own if debate else general), _author_in(debate_id))
    if not form.validate():
        about = {"debate": debate, "general": general} if debate else {}
        return _show(form, problems_of(form), status=form.refused_status, **about)
    set_mission_contact(db(), parts().clock.now(), actor, form.contact(), debate)
    flash(gettext("Saved."))
    return redirect(request.path, 303)


def _author_in(debate_id: int | None) -> FindAuthor:
    return lambda part: find_change(
        db(), (EntryKind.CONTACT_CHANGED,), debate_id=debate_id, part=part
    )


def _show(
    form: MissionContactForm,
    problems: dict[str, str] | None = None,
    status: int = 200,
    **about: object,
) -> Response:
    """`about` is a debate and what holds for all, on the page of one debate."""
    page = {"form": form, "problems": problems or {}, "general": None} | about
    return respond("console/contact/show.html", status=status, **page)
