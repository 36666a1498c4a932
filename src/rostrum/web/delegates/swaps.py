"""Swaps for a delegation: asking another, answering, taking a request back."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, flash, redirect, request, url_for

from rostrum.actions.order.swaps import answer_swap, ask_swap, take_back_swap
from rostrum.domain.debates.debate import Visibility
from rostrum.domain.delegations.delegation import Delegation
from rostrum.domain.errors import Conflict, NotAllowed, NotFound, RuleBroken
from rostrum.domain.order.swaps import Swap, SwapState, places_version
from rostrum.domain.registrations.registration import Registration
from rostrum.domain.sentences import N_
from rostrum.domain.texts import whole_number
from rostrum.store import places, registrations, swaps
from rostrum.web.access import Delegate, get_delegate
from rostrum.web.context import db, parts
from rostrum.web.delegates.page import held_place
from rostrum.web.errors import status_of
from rostrum.web.forms.base import problems_of
from rostrum.web.forms.order import AskSwapForm
from rostrum.web.language.catalogs import gettext, is_changing_language
from rostrum.web.language.formats import delegation_name, refusal
from rostrum.web.respond import respond

blueprint = Blueprint("swaps", __name__, url_prefix="/debates/<slug>/delegations/<code>/swaps")

SWAP = "/<int(max=999999999):swap_id>"


@blueprint.get("")
def list_swaps(slug: str, code: str) -> Response:
    """Requests made, requests to answer, and a form to ask."""
    return _show(_registered(slug, code)[0], AskSwapForm(formdata=None))


@blueprint.post("")
def ask(slug: str, code: str) -> Response:
    """Asks another delegation."""
    delegate, _ = _registered(slug, code)
    form = AskSwapForm()
    if is_changing_language():
        return _show(delegate, form)
    if not form.validate():
        return _show(delegate, form, problems_of(form), 422)
    asked_id = whole_number(form.other.data) or 0
    try:
        ask_swap(
            db(),
            parts().clock.now(),
            delegate.actor,
            delegate.debate,
            delegation_id=delegate.delegation.id,
            asked_id=asked_id,
        )
    except (NotFound, Conflict, RuleBroken) as refused:
        said = gettext("Choose a delegation.") if asked_id == 0 else refusal(refused)
        return _show(delegate, form, {"other": said}, 409 if isinstance(refused, Conflict) else 422)
    return _on(delegate, gettext("Sent. The other delegation can see it now."))


@blueprint.post(f"{SWAP}/taking-back")
def take_back(slug: str, code: str, swap_id: int) -> Response:
    """Takes the request back."""
    delegate, _ = _registered(slug, code)
    return _do(delegate, take_back_swap, swap_id, seen=request.form.get("state", ""))


@blueprint.post(f"{SWAP}/yes")
def accept(slug: str, code: str, swap_id: int) -> Response:
    """Agrees to the two places that the page showed."""
    return _answer(slug, code, swap_id, is_yes=True)


@blueprint.post(f"{SWAP}/no")
def decline(slug: str, code: str, swap_id: int) -> Response:
    """Declines; the delegation keeps its place."""
    return _answer(slug, code, swap_id, is_yes=False)


def _answer(slug: str, code: str, swap_id: int, *, is_yes: bool) -> Response:
    delegate, _ = _registered(slug, code)
    seen = request.form.get("seen", "")
    return _do(delegate, answer_swap, swap_id, is_yes=is_yes, seen=seen)


def _do(delegate: Delegate, act: Any, swap_id: int, **answer: Any) -> Response:
    try:
        swap = act(
            db(),
            parts().clock.now(),
            delegate.actor,
            delegate.debate,
            delegation_id=delegate.delegation.id,
            swap_id=swap_id,
            **answer,
        )
    except (Conflict, RuleBroken) as refused:
        problems = {"asked": refusal(refused)}
        return _show(delegate, AskSwapForm(formdata=None), problems, status_of(refused))
    said = {
        SwapState.DONE: gettext("The places are swapped."),
        SwapState.ACCEPTED: gettext("You agree. The Presidency decides."),
        SwapState.DECLINED: gettext("You keep your place."),
    }
    return _on(delegate, said.get(swap.state, gettext("The request is cancelled.")))


def _registered(slug: str, code: str) -> tuple[Delegate, Registration]:
    delegate = get_delegate(slug, code)
    if delegate.debate.visibility is Visibility.OWN:
        raise NotAllowed(N_("In this debate each delegation sees only its own place."))
    return delegate, held_place(delegate)


def _on(delegate: Delegate, notice: str) -> Response:
    flash(notice)
    where = {"slug": delegate.debate.slug, "code": delegate.delegation.code}
    return redirect(url_for("swaps.list_swaps", **where), 303)


def _show(
    delegate: Delegate,
    form: AskSwapForm,
    problems: dict[str, str] | None = None,
    status: int = 200,
) -> Response:
    listed = {
        held.id: (held, who)
        for held, who in registrations.list_with_delegations(db(), delegate.debate.id)
        if held.is_active
    }
    own = next(held for held, who in listed.values() if who.id == delegate.delegation.id)
    form.offer(
        [
            (str(held.id), f"{held.place} · {delegation_name(who)}")
            for held, who in listed.values()
            if held.id != own.id
        ]
    )
    order = places.list_places(db(), delegate.debate.id)
    page = {
        "debate": delegate.debate,
        "delegation": delegate.delegation,
        "held": own,
        "listed": listed,
        "swaps": [_told(swap, own, listed, order) for swap in swaps.list_swaps_of(db(), own.id)],
        "form": form,
        "problems": problems or {},
    }
    return respond("delegates/swaps/list.html", status=status, **page)


def _told(
    swap: Swap,
    own: Registration,
    listed: dict[int, tuple[Registration, Delegation]],
    order: dict[int, int],
) -> dict[str, Any]:
    """A swap with the other delegation, and whether both still have places to swap."""
    other = swap.asked_id if swap.asking_id == own.id else swap.asking_id
    held = registrations.get_registration(db(), other)
    name = next((who for one, who in listed.values() if one.id == other), None)
    return {
        "swap": swap,
        "is_own": swap.asking_id == own.id,
        "other": held,
        "name": name,
        "seen": places_version(swap, order),
        "is_open": name is not None and swap.is_open,
    }
