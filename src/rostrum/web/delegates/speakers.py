"""Correcting the speaker, before or after the press."""

from __future__ import annotations

from flask import Blueprint, Response

from rostrum.domain.debates.lifecycle import check_may_change
from rostrum.domain.errors import RuleBroken
from rostrum.domain.registrations.registration import COUNCIL_MEMBERS_DO_NOT_QUEUE
from rostrum.web.access import Delegate, get_delegate
from rostrum.web.delegates.details import take_details
from rostrum.web.delegates.page import back_to_page, delegation_page
from rostrum.web.forms.base import SpeakerForm
from rostrum.web.language.catalogs import gettext, is_changing_language
from rostrum.web.respond import respond

blueprint = Blueprint("speakers", __name__, url_prefix="/debates/<slug>/delegations/<code>/speaker")


@blueprint.get("")
def edit(slug: str, code: str) -> Response:
    """The speaker as a form of its own."""
    return _show(_queuing(slug, code))


@blueprint.post("")
def save(slug: str, code: str) -> Response:
    """Keeps the corrected speaker; the place stays."""
    delegate = _queuing(slug, code)
    if is_changing_language():
        return _show(delegate, SpeakerForm())
    taken = take_details(delegate)
    if taken.problems or taken.form is None:
        return _show(delegate, taken.form, taken.problems, status=422)
    return back_to_page(delegate, gettext("Saved."))


def _queuing(slug: str, code: str) -> Delegate:
    delegate = get_delegate(slug, code)
    if delegate.is_council_member:
        raise RuleBroken("speaker", COUNCIL_MEMBERS_DO_NOT_QUEUE)
    check_may_change(delegate.debate)
    return delegate


def _show(
    delegate: Delegate,
    form: SpeakerForm | None = None,
    problems: dict[str, str] | None = None,
    status: int = 200,
) -> Response:
    values = delegation_page(delegate.debate.id, delegate.delegation.id)
    details = values["details"]
    form = form or SpeakerForm.of(details)
    return respond(
        "delegates/speakers/edit.html",
        "speaker_page",
        status=status,
        form=form,
        problems=problems or {},
        **values,
    )
