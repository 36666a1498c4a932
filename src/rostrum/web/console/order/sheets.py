"""Putting the whole list in the order of a file: first whom it would move, then the act."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask import Blueprint, Response, flash, redirect, request, url_for

from rostrum.actions.order.sheets import plan_order, put_in_order, take_back_order
from rostrum.domain.csv_text import NotReadable, read_table
from rostrum.domain.debates.debate import Debate
from rostrum.domain.delegations.table import NOT_A_TABLE
from rostrum.domain.errors import Conflict, RuleBroken
from rostrum.domain.order.places import changes_to, in_order
from rostrum.domain.order.sheets import OrderSheet, whole_order
from rostrum.domain.order.stretches import read_order, written_order
from rostrum.domain.staff.accounts import MOVES_PLACES
from rostrum.domain.texts import whole_number
from rostrum.store import places, registrations
from rostrum.web.access import get_member_and_debate
from rostrum.web.console.forms.order import OrderSheetForm
from rostrum.web.console.order.shifted import tell_conflict
from rostrum.web.console.order.speaking_order import show_order
from rostrum.web.context import db, parts
from rostrum.web.forms.base import problems_of
from rostrum.web.language.catalogs import gettext, ngettext
from rostrum.web.language.formats import refusal, sentence
from rostrum.web.middleware.body_limits import takes_files
from rostrum.web.respond import respond
from rostrum.web.sent_tables import sent_table

blueprint = Blueprint("console_sheets", __name__, url_prefix="/staff/debates/<slug>/order/sheet")


@blueprint.get("")
def choose(slug: str) -> Response:
    """Asks for a file."""
    _, debate = get_member_and_debate(slug, MOVES_PLACES)
    return _show(debate)


@blueprint.post("")
@takes_files
def preview(slug: str) -> Response:
    """Shows whom the order in the file would move; moves nobody yet."""
    _, debate = get_member_and_debate(slug, MOVES_PLACES)
    try:
        table = read_table(sent_table("sheet"), takes_old=True)
    except RuleBroken as refused:
        return _show(debate, problems={"sheet": refusal(refused)}, status=422)
    except (NotReadable, UnicodeDecodeError):
        return _show(debate, problems={"sheet": sentence(NOT_A_TABLE)}, status=422)
    sheet = plan_order(db(), debate, table)
    if sheet.errors:
        return _show(debate, sheet=sheet, status=422)
    return _show(debate, _offered(debate, sheet.by_rows, sheet.by_numbers), sheet)


@blueprint.post("/application")
def apply(slug: str) -> Response:
    """Moves whom the preview showed, unless the list has changed between them."""
    member, debate = get_member_and_debate(slug, MOVES_PLACES)
    form = OrderSheetForm()
    if not form.validate():
        return _show(debate, form, problems=problems_of(form), status=422)
    now, seen, reason = parts().clock.now(), form.seen.data or "", form.reason.data or ""
    try:
        changes = put_in_order(
            db(), now, member.actor, debate, wanted=form.wanted, seen=seen, reason=reason
        )
    except Conflict as refused:
        problems = {"list": tell_conflict(debate, refused)}
        return _show(debate, _offered_again(debate, form), problems=problems, status=409)
    flash(ngettext("%(num)s place changed.", "%(num)s places changed.", len(changes)))
    return redirect(url_for("console_order.show", slug=debate.slug), 303)


@blueprint.post("/taking-back")
def take_back(slug: str) -> Response:
    """Takes the last order from a file back, unless something changed in between."""
    member, debate = get_member_and_debate(slug, MOVES_PLACES)
    act_id = whole_number(request.form.get("act")) or 0
    try:
        back = take_back_order(db(), parts().clock.now(), member.actor, debate, act_id)
    except Conflict as refused:
        return show_order(debate, problem=tell_conflict(debate, refused))
    told = ngettext("%(num)s place changed.", "%(num)s places changed.", len(back))
    restored = gettext("The list is in its earlier order.")
    flash(f"{restored} {told}")
    return redirect(url_for("console_order.show", slug=debate.slug), 303)


def _offered(
    debate: Debate, by_rows: Iterable[int], by_numbers: Iterable[int], **typed: str | None
) -> OrderSheetForm:
    """A form that offers these orders of the list as it is now."""
    present = places.list_places(db(), debate.id)
    orders = {
        "seen": written_order(present),
        "by_rows": _written(whole_order(by_rows, present)),
        "by_numbers": _written(whole_order(by_numbers, present)),
    }
    return OrderSheetForm(formdata=None, data=orders | typed)


def _offered_again(debate: Debate, form: OrderSheetForm) -> OrderSheetForm:
    """The same orders of the list as it has become."""
    orders = (in_order(read_order(each.data or "")) for each in (form.by_rows, form.by_numbers))
    by_rows, by_numbers = orders
    typed = {"taken": form.taken.data, "reason": form.reason.data}
    return _offered(debate, by_rows, by_numbers, **typed)


def _written(order: list[int]) -> str:
    return written_order({each: number for number, each in enumerate(order, start=1)})


def _show(
    debate: Debate,
    form: OrderSheetForm | None = None,
    sheet: OrderSheet | None = None,
    problems: dict[str, str] | None = None,
    status: int = 200,
) -> Response:
    page = {"debate": debate, "form": form, "sheet": sheet, "problems": problems or {}}
    moved = _moved(debate, form) if form else {}
    return respond("console/order/sheet.html", status=status, **page, moved=moved)


def _moved(debate: Debate, form: OrderSheetForm) -> dict[str, list[tuple[Any, int, int]]]:
    """Who would move by each order that is offered: who, from, to; in the new order."""
    names = {held.id: who for held, who in registrations.list_with_delegations(db(), debate.id)}
    shown = read_order(form.seen.data or "")
    found = {}
    for name, written in form.orders.items():
        order = [each for each in in_order(read_order(written)) if each in shown]
        rows = [
            (names[each], *pair) for each, pair in changes_to(shown, order).items() if each in names
        ]
        found[name] = sorted(rows, key=lambda row: row[-1])
    return found
