"""Correcting the speaker of a place for its delegation."""

from __future__ import annotations

from flask import Response, flash, redirect

from rostrum.domain.debates.lifecycle import check_may_change
from rostrum.domain.errors import Conflict
from rostrum.domain.registrations.registration import Registration
from rostrum.domain.sentences import S_
from rostrum.domain.staff.accounts import REGISTERS_ON_BEHALF
from rostrum.store.registrations import find_active_registration
from rostrum.web.access import StandIn, get_stand_in
from rostrum.web.console.dossier.page import blueprint
from rostrum.web.console.nav import dossier_url
from rostrum.web.context import db
from rostrum.web.delegates.details import take_speaker
from rostrum.web.forms.base import SpeakerForm
from rostrum.web.language.catalogs import gettext
from rostrum.web.respond import respond


@blueprint.get("/speaker")
def edit_speaker(slug: str, member_code: str) -> Response:
    """The speaker as a form."""
    who = get_stand_in(slug, member_code, REGISTERS_ON_BEHALF)
    return _show(who, _held(who))


@blueprint.post("/speaker")
def save_speaker(slug: str, member_code: str) -> Response:
    """Keeps the corrected speaker; the place stays."""
    who = get_stand_in(slug, member_code, REGISTERS_ON_BEHALF)
    held, form = _held(who), SpeakerForm()
    if problems := take_speaker(who, form):
        return _show(who, held, form, problems)
    flash(gettext("Saved. The delegation sees that the Presidency did this."))
    return redirect(dossier_url(who.debate, who.delegation), 303)


def _held(who: StandIn) -> Registration:
    check_may_change(who.debate)
    held = find_active_registration(db(), who.debate.id, who.delegation.id)
    if held is None:
        raise Conflict(S_("This delegation has no place. Until then it prepares its own speaker."))
    return held


def _show(
    who: StandIn,
    held: Registration,
    form: SpeakerForm | None = None,
    problems: dict[str, str] | None = None,
) -> Response:
    page = {"debate": who.debate, "delegation": who.delegation, "held": held}
    page |= {"form": form or SpeakerForm.of(held), "problems": problems or {}}
    return respond("console/dossier/speaker.html", status=422 if problems else 200, **page)
