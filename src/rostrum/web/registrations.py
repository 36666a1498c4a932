"""A delegation's page: preparing, pressing, the receipt and the live place, withdrawing."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, abort, flash, make_response, redirect, request, url_for
from jinja2_fragments.flask import render_block

from rostrum.actions.registrations import Press, Registered, withdraw
from rostrum.domain.debates import Phase, Status
from rostrum.domain.errors import Conflict, RuleBroken, TooEarly
from rostrum.domain.registrations import PlaceChanged, Registration
from rostrum.domain.states import State
from rostrum.store.registrations import find_active_registration
from rostrum.web.access import Delegate, get_delegate
from rostrum.web.body_limits import takes_files
from rostrum.web.context import db, parts, release_db
from rostrum.web.details import Taken, brings_details, keep_letter, take_details
from rostrum.web.errors import status_of
from rostrum.web.formats import clock_millis, delegation_name, refusal
from rostrum.web.forms import SpeakerForm
from rostrum.web.live import add_live_routes, for_delegates
from rostrum.web.pages import delegation_page
from rostrum.web.respond import partial, respond
from rostrum.web.telling_form import TellingForm
from rostrum.web.told import answer_early, answer_press
from rostrum.web.uploads import read_letter, sent_files
from rostrum.web.words import gettext, is_changing_language

PAGE = "registrations/show.html"
blueprint = Blueprint("registrations", __name__, url_prefix="/debates/<slug>/delegations/<code>")


def show_page(
    delegate: Delegate,
    form: SpeakerForm | None = None,
    problems: dict[str, str] | None = None,
    notice: str = "",
    status: int = 200,
) -> Response:
    """The delegation's page as it is now, with what was typed and what was wrong with it."""
    values = page_values(delegate, form, problems) | {"notice": notice}
    return respond(PAGE, "page_body", status=status, **values)


def page_values(
    delegate: Delegate, form: SpeakerForm | None = None, problems: dict[str, str] | None = None
) -> dict[str, Any]:
    """Everything the page needs, whichever of its blocks is rendered."""
    values = delegation_page(delegate.debate.id, delegate.delegation.id)
    details = values["details"]
    if form is None and not details.speaker.is_complete:
        form = SpeakerForm.of(details.speaker, details.version)
    return values | {
        "form": form,
        "is_preparing": _is_preparing(values),
        "problems": problems or {},
        "notice": "",
        "tell_before": delegate.session.tell_before,
        "telling": TellingForm.of(delegate.session.tell_before),
    }


def _is_preparing(page: dict[str, Any]) -> bool:
    """Whether speaker and letter are asked for, in one form."""
    match page["state"]:
        case State.PREPARING | State.READY | State.OPEN | State.WITHDRAWN:
            return True
        case State.POSTPONED:
            return not page["held"] and not page["is_member"]
        case State.STRUCK:
            return page["phase"] is Phase.OPEN and page["takes_letters"]
        case _:
            return False


def back_to_page(delegate: Delegate, notice: str = "") -> Response:
    """After a change: the changed page for htmx, else a redirect to it."""
    if request.htmx:
        return show_page(delegate, notice=notice)
    if notice:
        flash(notice)
    where = {"slug": delegate.debate.slug, "code": delegate.delegation.code}
    return redirect(url_for("registrations.show", **where), 303)


@blueprint.get("")
def show(slug: str, code: str) -> Response:
    """What matters to this delegation now."""
    return show_page(get_delegate(slug, code))


@blueprint.get("/held")
def show_held(slug: str, code: str) -> Response:
    """What the answer to a press left out: the receipt and all else, beside the whole hero."""
    delegate = get_delegate(slug, code)
    values = page_values(delegate)
    if not (request.htmx and values["held"]):
        response = respond(PAGE, "page_body", **values)
        response.headers["HX-Retarget"] = "#page_body"
        return response
    hero = partial("standing", render_block(PAGE, "standing", **values))
    return make_response(hero + render_block(PAGE, "held", **values))


add_live_routes(blueprint, delegation_page, for_delegates)


@blueprint.post("/draft")
@takes_files
def save_draft(slug: str, code: str) -> Response:
    """Keeps speaker and letter for the press."""
    delegate = get_delegate(slug, code)
    if is_changing_language():
        form, problems = SpeakerForm() if "name" in request.form else None, keep_letter(delegate)
        return show_page(delegate, form, problems, status=422 if problems else 200)
    taken = take_details(delegate)
    if taken.problems:
        return show_page(delegate, taken.form, taken.problems, status=422)
    return back_to_page(delegate, gettext("Saved."))


@blueprint.post("/registration")
@takes_files
def register(slug: str, code: str) -> Response:
    """The press. Without JavaScript speaker and letter may come with it, in one form.

    A letter that comes with the press counts as present when it is stored whole and begins
    like a PDF or photo: it is read after the place is given, so that no place depends on how
    long reading takes.
    """
    delegate = get_delegate(slug, code)
    taken = _take_with_press(delegate) if brings_details() else Taken()
    if taken.problems:
        return show_page(delegate, taken.form, taken.problems, status=422)
    release_db()
    try:
        answer = parts().desk.register(_press(delegate))
    except (RuleBroken, Conflict) as refused:
        problems = {getattr(refused, "field", "press"): refusal(refused)}
        if taken.unread and (unreadable := read_letter(delegate.debate, taken.unread)):
            problems["letter"] = unreadable
        if request.htmx and isinstance(refused, TooEarly) and not sent_files():
            return answer_early(problems["press"])
        return show_page(delegate, taken.form, problems, status=status_of(refused))
    if taken.unread:
        read_letter(delegate.debate, taken.unread)
        return back_to_page(delegate)
    return _registered(delegate, answer)


def _take_with_press(delegate: Delegate) -> Taken:
    """A retry or a colleague's press is told the place held; what came with it changes nothing."""
    if find_active_registration(db(), delegate.debate.id, delegate.delegation.id):
        return Taken()
    is_open = delegate.debate.phase(parts().clock.now()) is Phase.OPEN
    return take_details(delegate, read_now=not is_open)


def _press(delegate: Delegate) -> Press:
    key = request.form.get("idempotency_key", "")[:64]
    return Press(delegate.debate.id, delegate.delegation.id, key, delegate.actor)


def _registered(delegate: Delegate, answer: Registered) -> Response:
    """The number; where it cannot be told alone, the page."""
    notice = _already_registered(delegate, answer) if answer.is_repeat else ""
    if request.htmx and delegate.debate.status is Status.ACTIVE:
        return answer_press(delegate, answer.registration, notice)
    return back_to_page(delegate, notice)


def _already_registered(delegate: Delegate, answer: Registered) -> str:
    return gettext(
        "%(delegation)s is already registered: number %(number)s, since %(time)s.",
        delegation=delegation_name(delegate.delegation),
        number=answer.registration.place,
        time=clock_millis(answer.registration.received_at),
    )


def held_place(delegate: Delegate) -> Registration:
    """The delegation's place; where there is none (any more), its own page answers instead."""
    held = find_active_registration(db(), delegate.debate.id, delegate.delegation.id)
    return held or abort(back_to_page(delegate))


@blueprint.get("/withdrawal")
def confirm_withdrawal(slug: str, code: str) -> Response:
    """Asks once more before the place is given up."""
    delegate = get_delegate(slug, code)
    return _show_withdrawal(delegate, held_place(delegate))


def _show_withdrawal(
    delegate: Delegate, held: Registration, problems: dict[str, str] | None = None
) -> Response:
    debate = delegate.debate
    is_open = debate.status == "active" and debate.phase(parts().clock.now()) is Phase.OPEN
    page = {"debate": debate, "delegation": delegate.delegation, "held": held, "is_open": is_open}
    status = 409 if problems else 200
    return respond("registrations/withdrawal.html", status=status, problems=problems or {}, **page)


@blueprint.post("/withdrawal")
def give_up(slug: str, code: str) -> Response:
    """Gives up the place that the page named, and no other."""
    delegate, seen = get_delegate(slug, code), request.form.get("place", type=int)
    where = (delegate.debate, delegate.delegation.id)
    try:
        withdraw(db(), parts().clock.now(), delegate.actor, *where, seen)
    except PlaceChanged as refused:
        return _show_withdrawal(delegate, held_place(delegate), {"place": refusal(refused)})
    return back_to_page(delegate)
