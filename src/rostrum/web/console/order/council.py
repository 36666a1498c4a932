"""The order of the Council's members, and further statements."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, flash, redirect, url_for

from rostrum.actions.order.council import (
    add_further_statement,
    adjust_council_order,
    draw_council_order,
    enter_council_order,
    move_further_statement_up,
    remove_further_statement,
)
from rostrum.domain.debates.debate import Debate
from rostrum.domain.delegations.delegation import alphabetical_key, by_name, name_key
from rostrum.domain.errors import Conflict, RuleBroken
from rostrum.domain.journal.chain import Entry
from rostrum.domain.journal.kinds import EntryKind
from rostrum.domain.order.council import Member, council_version, exchanged_since, is_drawn
from rostrum.domain.order.protocol import (
    adjusted,
    is_presidency,
    levels_version,
    speaks_presidency_last,
)
from rostrum.domain.staff.accounts import MOVES_PLACES
from rostrum.store import council, delegations
from rostrum.store.journal import find_last_entry
from rostrum.web.access import get_member_and_debate
from rostrum.web.context import db, parts
from rostrum.web.errors import status_of
from rostrum.web.forms.base import problems_of
from rostrum.web.forms.order import AdjustForm, CouncilForm, DrawForm, FurtherForm
from rostrum.web.language.catalogs import gettext
from rostrum.web.language.formats import delegation_name, refusal
from rostrum.web.respond import respond

blueprint = Blueprint("console_council", __name__, url_prefix="/staff/debates/<slug>/council")


@blueprint.get("")
def show(slug: str) -> Response:
    """The present order, how it came about, and ways to change it."""
    _, debate = get_member_and_debate(slug, MOVES_PLACES)
    return _show(debate)


@blueprint.post("")
def enter(slug: str) -> Response:
    """Reads the order from a text, one member per line."""
    member, debate = get_member_and_debate(slug, MOVES_PLACES)
    form = CouncilForm()
    if not form.validate():
        return _show(debate, form, problems=problems_of(form), status=422)
    try:
        now = parts().clock.now()
        typed, seen = form.order.data, form.seen.data or ""
        is_draw = bool(form.is_draw.data)
        enter_council_order(db(), now, member.actor, debate, text=typed, is_draw=is_draw, seen=seen)
    except RuleBroken as refused:
        return _show(debate, form, problems={refused.field: refusal(refused)}, status=422)
    except Conflict as refused:
        return _show_conflict(debate, refused, form)
    return _on(debate, gettext("The order of the Council members is set."))


@blueprint.post("/draw")
def draw(slug: str) -> Response:
    """Draws the order by lot."""
    member, debate = get_member_and_debate(slug, MOVES_PLACES)
    form, now = DrawForm(), parts().clock.now()
    chosen = {name: bool(form[name].data) for name in ("presidency_last", "replaces")}
    seen = form.seen.data or ""
    try:
        draw_council_order(db(), now, member.actor, debate, seen=seen, **chosen)
    except RuleBroken as refused:
        return _show(debate, problems={refused.field: refusal(refused)}, status=422)
    except Conflict as refused:
        return _show_conflict(debate, refused)
    return _on(debate, gettext("Drawn. The seed is below and in the journal."))


@blueprint.post("/adjustment")
def adjust(slug: str) -> Response:
    """Puts levels first, the draw within a level."""
    member, debate = get_member_and_debate(slug, MOVES_PLACES)
    form, now = AdjustForm(), parts().clock.now()
    is_last, seen = bool(form.presidency_last.data), form.levels.data or ""
    try:
        adjust_council_order(db(), now, member.actor, debate, presidency_last=is_last, seen=seen)
    except Conflict as refused:
        return _show_conflict(debate, refused)
    return _on(debate, gettext("Adjusted for protocol. The draw stays as it was."))


@blueprint.post("/further")
def add(slug: str) -> Response:
    """Adds a further statement."""
    member, debate = get_member_and_debate(slug, MOVES_PLACES)
    form = FurtherForm()
    if not form.validate():
        return _show(debate, further=form, problems=problems_of(form), status=422)
    try:
        code = _code_of(form.delegation.data)
        add_further_statement(db(), parts().clock.now(), member.actor, debate, code)
    except RuleBroken as refused:
        problems = {refused.field: refusal(refused)}
        return _show(debate, further=form, problems=problems, status=422)
    return _on(debate, gettext("Added."))


@blueprint.post("/further/<member_code>/removal")
def remove(slug: str, member_code: str) -> Response:
    """Removes a further statement."""
    return _change(slug, member_code, remove_further_statement)


@blueprint.post("/further/<member_code>/move-up")
def move_up(slug: str, member_code: str) -> Response:
    """Moves a further statement one up."""
    return _change(slug, member_code, move_further_statement_up)


def _change(slug: str, code: str, act) -> Response:
    member, debate = get_member_and_debate(slug, MOVES_PLACES)
    try:
        act(db(), parts().clock.now(), member.actor, debate, code)
    except Conflict as refused:
        problems = {"further": refusal(refused)}
        return _show(debate, problems=problems, status=status_of(refused))
    return _on(debate, gettext("Changed."))


def _code_of(typed: str) -> str:
    """The code of the delegation that was typed by its code or its name in any language."""
    named = by_name(delegations.list_delegations(db()))
    found = named.get(name_key(typed))
    return found.code if found else ""


def _on(debate: Debate, notice: str) -> Response:
    flash(notice)
    return redirect(url_for("console_council.show", slug=debate.slug), 303)


def _show_conflict(debate: Debate, refused: Conflict, form: CouncilForm | None = None) -> Response:
    """Says that somebody was faster; the typed text stays, beside the present order."""
    problems = {"members": refusal(refused)}
    return _show(debate, form, problems=problems, status=status_of(refused))


def _show(
    debate: Debate,
    form: CouncilForm | None = None,
    further: FurtherForm | None = None,
    problems: dict[str, str] | None = None,
    status: int = 200,
) -> Response:
    members = council.list_council_members(db(), debate.id)
    last_order = find_last_entry(db(), debate.id, EntryKind.COUNCIL_ORDER_SET)
    page = {
        "debate": debate,
        "members": members,
        "is_drawn": is_drawn(members),
        "last_order": last_order,
        "exchanged": _exchanged(last_order, members),
        "statements": council.list_further_statements(db(), debate.id),
        "everybody": sorted(delegations.list_delegations(db()), key=alphabetical_key),
        "further": further or FurtherForm(formdata=None),
        "problems": problems or {},
    }
    page |= _order_forms(debate, members, form)
    return respond("console/council/show.html", status=status, **page)


def _exchanged(last_order: Entry | None, members: list[Member]) -> list[tuple[str, str]]:
    """The names of members who came after the draw, each with whose number it took."""
    if last_order is None:
        return []
    found = exchanged_since(last_order.facts["after"], members)
    return [
        (
            delegation_name(each.delegation),
            delegation_name(delegations.get_delegation(db(), code)) if code else "",
        )
        for each, code in found
    ]


def _order_forms(debate: Debate, members: list[Member], form: CouncilForm | None) -> dict[str, Any]:
    """The three ways to an order, and whom an adjustment for protocol would move."""
    names = "\n".join(delegation_name(each.delegation) for each in members)
    is_adjusted = any(each.position != each.lot for each in members)
    form = form or CouncilForm(formdata=None, data={"order": names})
    is_last = speaks_presidency_last(debate, members)
    draw = DrawForm(formdata=None)
    adjust = AdjustForm(formdata=None, data={"presidency_last": is_last})
    form.seen.data = draw.seen.data = council_version(members)
    adjust.levels.data = levels_version(debate, members)
    order = adjusted(debate, members, presidency_last=is_last)
    moved = [(each, new) for new, each in enumerate(order, start=1) if each.position != new]
    return {
        "form": form,
        "draw": draw,
        "adjust": adjust,
        "is_adjusted": is_adjusted,
        "has_presidency": any(is_presidency(debate, each) for each in members),
        "moved": moved if is_drawn(members) else [],
    }
