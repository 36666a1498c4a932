"""Rehearsals of a debate: making one, with delegations that pretend, and deleting it completely."""

from __future__ import annotations

from flask import Blueprint, Response, flash, redirect, url_for

from rostrum.actions.debates.rehearsals import delete_rehearsal, start_peopled_rehearsal
from rostrum.actions.registrations.pretending import let_pretend
from rostrum.domain.debates.rehearsals import check_may_delete
from rostrum.domain.errors import RuleBroken
from rostrum.domain.staff.accounts import MANAGES_DEBATES
from rostrum.store.registrations import count_active
from rostrum.web.access import get_member_and_debate
from rostrum.web.console.debates.settings import back_to_settings, show_settings
from rostrum.web.console.forms.debates import PretendForm, RehearsalForm
from rostrum.web.context import db, parts
from rostrum.web.forms.base import problems_of
from rostrum.web.language.catalogs import gettext, ngettext
from rostrum.web.language.formats import refusal
from rostrum.web.respond import respond

blueprint = Blueprint("rehearsals", __name__)


@blueprint.post("/rehearsals")
def start(slug: str) -> Response:
    """Makes a copy in which nothing counts and whose list opens soon."""
    member, debate = get_member_and_debate(slug, MANAGES_DEBATES)
    form = RehearsalForm()
    if not form.validate():
        return show_settings(debate, form, problems_of(form))
    now, minutes, pretend = parts().clock.now(), int(form.minutes.data), int(form.pretend.data)
    try:
        copy = start_peopled_rehearsal(
            db(), now, member.actor, debate, minutes=minutes, pretend=pretend
        )
    except RuleBroken as refused:
        return show_settings(debate, form, {refused.field: refusal(refused)})
    return back_to_settings(copy, gettext("The rehearsal is there, with links of its own."))


@blueprint.post("/pretend")
def pretend(slug: str) -> Response:
    """Has delegations register by themselves in this rehearsal."""
    member, debate = get_member_and_debate(slug, MANAGES_DEBATES)
    form = PretendForm()
    if not form.validate():
        return show_settings(debate, problems=problems_of(form))
    now, count = parts().clock.now(), int(form.pretend.data)
    try:
        count = let_pretend(db(), now, member.actor, debate, count)
    except RuleBroken as refused:
        return show_settings(debate, problems={refused.field: refusal(refused)})
    told = ngettext(
        "%(num)s delegation will register by itself.",
        "%(num)s delegations will register by themselves.",
        count,
    )
    return back_to_settings(debate, told)


@blueprint.get("/deletion")
def confirm_deletion(slug: str) -> Response:
    """Asks for confirmation, and says what is deleted."""
    _, debate = get_member_and_debate(slug, MANAGES_DEBATES)
    check_may_delete(debate)
    count = count_active(db(), debate.id)
    return respond("console/debates/deletion.html", debate=debate, count=count)


@blueprint.post("/deletion")
def delete(slug: str) -> Response:
    """Deletes the rehearsal with its files; its links and pages stop working at once."""
    member, debate = get_member_and_debate(slug, MANAGES_DEBATES)
    for name in delete_rehearsal(db(), parts().clock.now(), member.actor, debate):
        parts().files.discard(name)
    flash(gettext("The rehearsal is deleted."))
    return redirect(url_for("staff.show"), 303)
