"""The rule of the order: the policy and which level speaks before which.

A change shows first whom it would move. Only the second press, with a reason, makes it.
"""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, flash, redirect, request, url_for

from rostrum.actions.order.rule import change_rule, plan, take_back_rule
from rostrum.domain.debates.debate import Debate
from rostrum.domain.errors import Conflict, RuleBroken
from rostrum.domain.order.rule_changes import RuleChange
from rostrum.domain.staff.accounts import MANAGES_DEBATES
from rostrum.domain.texts import whole_number
from rostrum.store import registrations
from rostrum.web.access import Member, get_member_and_debate
from rostrum.web.console.forms.order import RuleForm
from rostrum.web.console.order.shifted import tell_conflict
from rostrum.web.console.order.speaking_order import show_order
from rostrum.web.context import db, parts
from rostrum.web.forms.base import problems_of
from rostrum.web.language.catalogs import gettext, ngettext
from rostrum.web.language.formats import refusal
from rostrum.web.respond import respond

blueprint = Blueprint("console_levels", __name__, url_prefix="/staff/debates/<slug>/levels")


@blueprint.get("")
def show(slug: str) -> Response:
    """The policy and the table of levels."""
    _, debate = get_member_and_debate(slug, MANAGES_DEBATES)
    return _show(debate, RuleForm.of(debate))


@blueprint.post("")
def save(slug: str) -> Response:
    """Shows what the change would move; once that was seen, makes it."""
    member, debate = get_member_and_debate(slug, MANAGES_DEBATES)
    form = RuleForm()
    if not form.validate():
        return _show(debate, form, problems_of(form), status=422)
    if not form.seen.data or "look" in request.form:
        return _show(debate, form, change=_plan(debate, form))
    try:
        change = _change(debate, form, member)
    except RuleBroken as refused:
        problems = {refused.field: refusal(refused)}
        return _show(debate, form, problems, change=_plan(debate, form), status=422)
    except Conflict as refused:
        problems = {"change": refusal(refused)}
        return _show(debate, form, problems, change=_plan(debate, form), status=409)
    moved = len(change.changes)
    told = ngettext("%(num)s place changed.", "%(num)s places changed.", moved)
    flash(f"{gettext('Saved.')} {told}" if moved else gettext("Saved."))
    return redirect(url_for("console_order.show", slug=debate.slug), 303)


@blueprint.post("/taking-back")
def take_back(slug: str) -> Response:
    """Takes the last change of the rule back, unless something changed in between."""
    member, debate = get_member_and_debate(slug, MANAGES_DEBATES)
    act_id = whole_number(request.form.get("act")) or 0
    try:
        back = take_back_rule(db(), parts().clock.now(), member.actor, debate, act_id)
    except Conflict as refused:
        return show_order(debate, problem=tell_conflict(debate, refused))
    told = ngettext("%(num)s place changed.", "%(num)s places changed.", len(back))
    restored = gettext("The rule of the order is as it was before.")
    flash(f"{restored} {told}")
    return redirect(url_for("console_order.show", slug=debate.slug), 303)


def _plan(debate: Debate, form: RuleForm) -> RuleChange:
    return plan(db(), debate, policy=form.policy, tiers=form.tiers, keeps=form.keeps.data)


def _change(debate: Debate, form: RuleForm, member: Member) -> RuleChange:
    return change_rule(
        db(),
        parts().clock.now(),
        member.actor,
        debate,
        policy=form.policy,
        tiers=form.tiers,
        keeps=form.keeps.data,
        reason=form.reason.data or "",
        seen=form.seen.data or "",
    )


def _show(
    debate: Debate,
    form: RuleForm,
    problems: dict[str, str] | None = None,
    *,
    change: RuleChange | None = None,
    status: int = 200,
) -> Response:
    form.seen.data = change.version if change else ""
    page = {"debate": debate, "form": form, "problems": problems or {}, "change": change}
    return respond("console/levels/show.html", status=status, **page | _rows(debate, change))


def _rows(debate: Debate, change: RuleChange | None) -> dict[str, Any]:
    """Who moves, in the new order, and who stands where a decision put it."""
    if change is None:
        return {"moved": [], "decided": []}
    pairs = registrations.list_with_delegations(db(), debate.id)
    listed = [(held, who) for held, who in pairs if held.is_active]
    moved = [(who, *change.changes[held.id]) for held, who in listed if held.id in change.changes]
    decided = [
        (who, held.place, change.decided[held.id])
        for held, who in listed
        if held.id in change.decided
    ]
    return {"moved": sorted(moved, key=lambda row: row[-1]), "decided": decided}
