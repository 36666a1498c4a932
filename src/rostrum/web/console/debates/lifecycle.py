"""Opening and closing by hand; postponing, cancelling, resuming and archiving a debate."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response, flash, redirect, url_for

from rostrum.actions.debates.lifecycle import NewDates, archive, cancel, postpone, resume
from rostrum.actions.debates.settings import close_now, open_now
from rostrum.domain.debates.debate import Debate
from rostrum.domain.errors import RuleBroken
from rostrum.domain.staff.accounts import MANAGES_DEBATES
from rostrum.store.invitations import list_invitations
from rostrum.web.access import get_member_and_debate
from rostrum.web.console.forms.debates import StepForm
from rostrum.web.context import db, parts
from rostrum.web.forms.base import problems_of
from rostrum.web.language.catalogs import gettext
from rostrum.web.language.formats import refusal
from rostrum.web.respond import respond

blueprint = Blueprint("status", __name__, url_prefix="/status")

Step = Callable[..., Debate]


@blueprint.get("")
def show(slug: str) -> Response:
    """The debate's status, and every step from there."""
    _, debate = get_member_and_debate(slug, MANAGES_DEBATES)
    return _show(debate)


@blueprint.post("/opening")
def open_list(slug: str) -> Response:
    """Opens the list at this instant."""
    return _take_step(
        slug,
        name="opening",
        step=open_now,
        said=gettext("The list is open."),
        with_reason=True,
    )


@blueprint.post("/closing")
def close_list(slug: str) -> Response:
    """Closes the list at this instant; places stay."""
    return _take_step(slug, name="closing", step=close_now, said=gettext("The list is closed."))


@blueprint.post("/postponement")
def put_off(slug: str) -> Response:
    """Postpones the debate: no presses until it is resumed; delegations read why."""
    said = gettext("The debate is postponed.")
    return _take_step(
        slug, name="postponement", step=postpone, said=said, with_reason=True, with_dates=True
    )


@blueprint.post("/cancellation")
def call_off(slug: str) -> Response:
    """Cancels the debate; delegations read why."""
    said = gettext("The debate is cancelled.")
    return _take_step(slug, name="cancellation", step=cancel, said=said, with_reason=True)


@blueprint.post("/resumption")
def go_on(slug: str) -> Response:
    """Resumes the debate, or takes it out of the archive."""
    said = gettext("The debate goes on.")
    return _take_step(
        slug, name="resumption", step=resume, said=said, with_reason=True, with_dates=True
    )


@blueprint.post("/archive")
def put_away(slug: str) -> Response:
    """Archives the debate: everything can be read, nothing can be changed."""
    return _take_step(slug, name="archive", step=archive, said=gettext("The debate is archived."))


def _take_step(
    slug: str,
    *,
    name: str,
    step: Step,
    said: str,
    with_reason: bool = False,
    with_dates: bool = False,
) -> Response:
    """Takes one step with the values of its form; if it is refused, the same form says why."""
    member, debate = get_member_and_debate(slug, MANAGES_DEBATES)
    form = StepForm(prefix=name)
    if not form.validate():
        return _show(debate, {name: form}, problems_of(form))
    given: dict[str, Any] = {"reason": form.reason.data} if with_reason else {}
    if with_dates:
        given["dates"] = NewDates(form.starts_at.instant, form.opens_at.instant, form.sure.data)
    try:
        debate = step(db(), parts().clock.now(), member.actor, debate, **given)
    except RuleBroken as refused:
        field = form[refused.field].name if refused.field in form else name
        return _show(debate, {name: form}, {field: refusal(refused)})
    flash(said)
    return redirect(url_for("console_debates.status.show", slug=debate.slug), 303)


STEPS = ("opening", "postponement", "cancellation", "resumption")
"""Steps whose form has fields to fill in."""
WITH_REASON = ("opening", "postponement", "cancellation")
"""Steps whose form asks for a reason."""


def _show(
    debate: Debate,
    forms: dict[str, StepForm] | None = None,
    problems: dict[str, str] | None = None,
) -> Response:
    shown = {name: StepForm(formdata=None, prefix=name) for name in STEPS} | (forms or {})
    for name in WITH_REASON:
        shown[name].reason.flags.required = True
    page = {
        "debate": debate,
        "phase": debate.phase(parts().clock.now()),
        "is_announced": bool(list_invitations(db(), debate.id)),
        "forms": shown,
        "problems": problems or {},
    }
    return respond("console/debates/status.html", status=422 if problems else 200, **page)
