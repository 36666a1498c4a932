"""Making a new debate, empty or copied from an earlier one."""

from __future__ import annotations

from flask import Blueprint, Response, request

from rostrum.actions.debates.settings import create_debate
from rostrum.domain.debates.debate import Debate
from rostrum.domain.errors import NotFound, RuleBroken
from rostrum.domain.staff.accounts import MANAGES_DEBATES
from rostrum.store.debates import get_debate
from rostrum.web.access import get_member
from rostrum.web.console.debates.settings import back_to_settings
from rostrum.web.console.forms.debates import DebateForm
from rostrum.web.context import db, parts
from rostrum.web.forms.base import problems_of
from rostrum.web.language.catalogs import gettext
from rostrum.web.language.formats import refusal
from rostrum.web.respond import respond

blueprint = Blueprint("new_debates", __name__, url_prefix="/staff/new-debate")

USUAL = {
    "speaking_limit": "3",
    "briefer_limit": "10",
    "changeover": "60",
    "meeting_hours": "10:00–13:00, 15:00–18:00",
    "order_policy": "arrival",
    "visibility": "delegations",
    "swaps_need_approval": True,
    "venue": "Security Council Chamber, United Nations Headquarters, New York",
}
"""The defaults of a new debate's form."""


@blueprint.get("")
def show() -> Response:
    """An empty form, or one filled from an earlier debate (`?from=`) without its times."""
    get_member(MANAGES_DEBATES)
    source = _source()
    if source:
        return _show(DebateForm.of(source, is_copy=True), source)
    return _show(DebateForm(formdata=None, data=USUAL), None)


@blueprint.post("")
def create() -> Response:
    """Adds the debate and shows its settings."""
    member, source = get_member(MANAGES_DEBATES), _source()
    form = DebateForm()
    if not form.validate():
        return _show(form, source, problems_of(form))
    try:
        debate = create_debate(
            db(),
            parts().clock.now(),
            member.actor,
            form.new_debate(source),
            source=source,
            is_sure=form.sure.data,
        )
    except RuleBroken as refused:
        return _show(form, source, {refused.field: refusal(refused)})
    notice = gettext("The debate has been created. Council members and invitations come next.")
    return back_to_settings(debate, notice)


def _source() -> Debate | None:
    slug = request.values.get("from", "")
    try:
        return get_debate(db(), slug) if slug else None
    except NotFound:
        return None


def _show(
    form: DebateForm, source: Debate | None, problems: dict[str, str] | None = None
) -> Response:
    page = {"form": form, "problems": problems or {}, "source": source.slug if source else ""}
    return respond("console/debates/edit.html", status=422 if problems else 200, **page)
