"""Putting in a letter that reached the mission by another way."""

from __future__ import annotations

from flask import Response, flash, redirect

from rostrum.actions.letters.receiving import check_may_send
from rostrum.domain.errors import Conflict, RuleBroken
from rostrum.domain.letters.files import check_came, check_files
from rostrum.domain.letters.letter import LetterFile
from rostrum.domain.registrations.registration import COUNCIL_MEMBERS_DO_NOT_QUEUE
from rostrum.domain.staff.accounts import REGISTERS_ON_BEHALF
from rostrum.store.debates import is_council_member
from rostrum.store.letters import find_current_letter
from rostrum.web.access import StandIn, get_stand_in
from rostrum.web.console.dossier.page import blueprint
from rostrum.web.console.forms.on_behalf import LetterForm
from rostrum.web.console.nav import dossier_url
from rostrum.web.context import db
from rostrum.web.delegates.uploads import Sent, received_at, take_files
from rostrum.web.delegates.waiting_letters import brought_files, signed_names
from rostrum.web.forms.base import problems_of
from rostrum.web.language.catalogs import gettext
from rostrum.web.language.formats import refusal
from rostrum.web.middleware.body_limits import takes_files
from rostrum.web.respond import respond


@blueprint.get("/letter")
def show_letter(slug: str, member_code: str) -> Response:
    """A form for the letter's files, and for when they came."""
    return _show(_queuing(slug, member_code), LetterForm(formdata=None))


@blueprint.post("/letter")
@takes_files
def put_letter(slug: str, member_code: str) -> Response:
    """Makes the files the delegation's letter, as if it had sent them when they came.

    Files of a refused form are kept for the next one, but for those that cannot be a letter.
    """
    who, form, files = _queuing(slug, member_code), LetterForm(), []
    problems = {} if form.validate() else problems_of(form)
    try:
        files = brought_files((who.debate.id, who.delegation.id))
        if not problems:
            _take(who, form, files)
    except (RuleBroken, Conflict) as refused:
        problems[getattr(refused, "field", "letter")] = refusal(refused)
    if problems:
        return _show(who, form, files, problems)
    flash(gettext("The letter has arrived."))
    return redirect(dossier_url(who.debate, who.delegation), 303)


def _take(who: StandIn, form: LetterForm, files: list[LetterFile]) -> None:
    check_files(tuple(files))
    came = form.received_at.instant or received_at()
    check_came(came, received_at())
    check_may_send(db(), who.debate, who.delegation.id, came)
    take_files(who, Sent([], are_more=False, received_at=came), files)


def _queuing(slug: str, member_code: str) -> StandIn:
    who = get_stand_in(slug, member_code, REGISTERS_ON_BEHALF)
    if is_council_member(db(), who.debate.id, who.delegation.id):
        raise RuleBroken("letter", COUNCIL_MEMBERS_DO_NOT_QUEUE)
    return who


def _show(
    who: StandIn,
    form: LetterForm,
    files: list[LetterFile] | None = None,
    problems: dict[str, str] | None = None,
) -> Response:
    files = [] if "letter" in (problems or {}) else files or []
    present = find_current_letter(db(), who.debate.id, who.delegation.id)
    page = {
        "debate": who.debate,
        "delegation": who.delegation,
        "form": form,
        "files": files,
        "waiting": signed_names((who.debate.id, who.delegation.id), files),
        "replaces": bool(present and present.files),
        "problems": problems or {},
    }
    return respond("console/dossier/letter.html", status=422 if problems else 200, **page)
