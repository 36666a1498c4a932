"""Moving a delegation to another place of the list."""

from __future__ import annotations

from functools import partial

from flask import Blueprint, Response, redirect, request, url_for

from rostrum.actions.order.places import get_listed, move_place
from rostrum.domain.debates.debate import Debate
from rostrum.domain.delegations.delegation import Delegation
from rostrum.domain.errors import Conflict, RuleBroken
from rostrum.domain.order.stretches import written_order
from rostrum.domain.registrations.registration import Registration
from rostrum.domain.staff.accounts import MOVES_PLACES
from rostrum.domain.texts import whole_number
from rostrum.store.delegations import get_delegation_by_id
from rostrum.store.registrations import list_with_delegations
from rostrum.web.access import get_member_and_debate
from rostrum.web.console.order.shifted import tell_conflict
from rostrum.web.context import db, parts
from rostrum.web.forms.base import MoveForm, problems_of
from rostrum.web.language.formats import refusal
from rostrum.web.respond import respond

blueprint = Blueprint(
    "console_places",
    __name__,
    url_prefix="/staff/debates/<slug>/registrations/<int(max=999999999):registration_id>/move",
)


@blueprint.get("")
def show(slug: str, registration_id: int) -> Response:
    """The delegation's place, and a form for a new one."""
    _, debate = get_member_and_debate(slug, MOVES_PLACES)
    wanted = whole_number(request.args.get("place", "")[:4])
    form = MoveForm(formdata=None, data={"place": "" if wanted is None else str(wanted)})
    return _show(debate, registration_id=registration_id, form=form)


@blueprint.post("")
def move(slug: str, registration_id: int) -> Response:
    """Moves the delegation, unless the list has changed in between since the page was made; or
    only shows the list as it would be."""
    member, debate = get_member_and_debate(slug, MOVES_PLACES)
    form = MoveForm()
    show_again = partial(_show, debate, registration_id=registration_id, form=form)
    is_good = form.validate()
    if "look" in request.form:
        form.order.data = None
        return show_again()
    if not is_good:
        return show_again(problems=problems_of(form), status=422)
    try:
        move_place(
            db(),
            parts().clock.now(),
            member.actor,
            debate,
            registration_id=registration_id,
            place=int(form.place.data),
            reason=form.reason.data,
            seen_order=form.order.data or "",
            ground=form.ground.data,
        )
    except RuleBroken as refused:
        return show_again(problems={refused.field: refusal(refused)}, status=422)
    except Conflict as refused:
        form.order.data = None
        return show_again(problems={"list": tell_conflict(debate, refused)}, status=409)
    return redirect(url_for("console_order.show", slug=debate.slug), 303)


def _show(
    debate: Debate,
    *,
    registration_id: int,
    form: MoveForm,
    problems: dict[str, str] | None = None,
    status: int = 200,
) -> Response:
    """The form above the list as it is now.

    The form names the order on which it was begun, so that correcting a mistake hides no change of
    the list. After the page reported a change, and in a new form, it names the present order.
    """
    held = get_listed(db(), debate, registration_id)
    listed = [pair for pair in list_with_delegations(db(), debate.id) if pair[0].is_active]
    present = written_order({each.id: each.place for each, _ in listed})
    form.order.data = form.order.data or present
    page = {
        "debate": debate,
        "held": held,
        "delegation": get_delegation_by_id(db(), held.delegation_id),
        "listed": _once_moved(listed, held, whole_number((form.place.data or "")[:4])),
        "form": form,
        "problems": problems or {},
    }
    return respond("console/places/move.html", status=status, **page)


def _once_moved(
    listed: list[tuple[Registration, Delegation]], held: Registration, place: int | None
) -> list[tuple[int, int, Registration, Delegation]]:
    """The list as it would be: place then, place now, who. As it is without a place to move to."""
    order = [each.id for each, _ in listed]
    if place is not None and 1 <= place <= len(order):
        order.remove(held.id)
        order.insert(place - 1, held.id)
    then = {each: number for number, each in enumerate(order, start=1)}
    rows = [(then[each.id], each.place, each, who) for each, who in listed]
    return sorted(rows, key=lambda row: row[0])
