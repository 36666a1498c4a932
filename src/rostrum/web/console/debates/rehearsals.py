"""Rehearsals of a debate: making one, and deleting it completely."""

from __future__ import annotations

from flask import Blueprint, Response, flash, redirect, url_for

from rostrum.actions.debates.rehearsals import delete_rehearsal, start_rehearsal
from rostrum.domain.debates.rehearsals import check_may_delete
from rostrum.domain.errors import RuleBroken
from rostrum.domain.staff.accounts import MANAGES_DEBATES
from rostrum.store.registrations import count_active
from rostrum.web.access import get_member_and_debate
from rostrum.web.console.debates.settings import back_to_settings, show_settings
from rostrum.web.console.forms.debates import RehearsalForm
from rostrum.web.context import db, parts
from rostrum.web.forms.base import problems_of
from rostrum.web.language.catalogs import gettext
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
    try:
        copy = start_rehearsal(
            db(), parts().clock.now(), member.actor, debate, int(form.minutes.data)
        )
    except RuleBroken as refused:
        return show_settings(debate, form, {refused.field: refusal(refused)})
    return back_to_settings(copy, gettext("The rehearsal is there, with links of its own."))


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
