"""Swaps for a delegation: asking another, answering, taking one's word back; live."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, flash, redirect, request, url_for

from rostrum.actions.order.swaps import answer_swap, ask_swap, take_back_swap
from rostrum.domain.checks import version_of
from rostrum.domain.debates.debate import Debate, Visibility
from rostrum.domain.delegations.delegation import Delegation
from rostrum.domain.errors import Conflict, NotAllowed, NotFound, RuleBroken
from rostrum.domain.order.swaps import Swap, SwapState, places_version
from rostrum.domain.registrations.registration import Registration
from rostrum.domain.sentences import N_
from rostrum.domain.texts import whole_number
from rostrum.store import debates, delegations, registrations, swaps
from rostrum.store.delayed import list_waiting_swaps
from rostrum.web.access import Delegate, get_delegate
from rostrum.web.context import db, parts
from rostrum.web.delegates.page import find_told_change, held_place
from rostrum.web.errors import status_of
from rostrum.web.forms.base import problems_of
from rostrum.web.forms.order import AskSwapForm
from rostrum.web.language.catalogs import gettext, is_changing_language
from rostrum.web.language.formats import delegation_name, refusal, wall_time
from rostrum.web.live.blocks import add_live_routes, for_delegates, live_block
from rostrum.web.public.forecasts import console_forecast, place_shift
from rostrum.web.respond import respond

blueprint = Blueprint("swaps", __name__, url_prefix="/debates/<slug>/delegations/<code>/swaps")

SWAP = "/<int(max=999999999):swap_id>"
PAGE = "delegates/swaps/list.html"
Listed = dict[int, tuple[Registration, Delegation]]
"""Everybody who has a place, by registration id, in order."""


@live_block(PAGE, "swaps")
def swaps_page(debate_id: int, delegation_id: int) -> dict[str, Any]:
    """Every swap of a delegation, and what each means.

    The fingerprint changes with those who can be asked: the page then reloads its form.
    """
    debate = debates.get_debate_by_id(db(), debate_id)
    is_shown = debate.visibility is not Visibility.OWN
    listed = _listed(debate) if is_shown else {}
    own = next((held for held, who in listed.values() if who.id == delegation_id), None)
    told = _tell_all(debate, own, listed) if own else []
    change = find_told_change(own) if own else None
    is_waiting = change is not None and change.is_waiting
    has_asked = any(each["is_own"] and each["is_open"] for each in told)
    may_ask = own is not None and not (has_asked or is_waiting)
    places = [(held.id, held.place) for held, _ in listed.values()]
    has_answers = may_ask or any(each["is_open"] for each in told)
    return {
        "debate": debate,
        "delegation": delegations.get_delegation_by_id(db(), delegation_id),
        "held": own,
        "swaps": told,
        "may_ask": may_ask,
        "has_answers": has_answers,
        "change": change,
        "fingerprint": version_of(may_ask, has_answers, own and own.id, places),
    }


def _listed(debate: Debate) -> Listed:
    pairs = registrations.list_with_delegations(db(), debate.id)
    return {held.id: (held, who) for held, who in pairs if held.is_active}


def _tell_all(debate: Debate, own: Registration, listed: Listed) -> list[dict[str, Any]]:
    waiting = list_waiting_swaps(db(), debate.id)
    order = {held.id: held.place for held, _ in listed.values()}
    found = swaps.list_swaps_of(db(), own.id)
    return [_told(debate, swap, own, listed) | _decided(swap, order, waiting) for swap in found]


def _decided(swap: Swap, order: dict[int, int], waiting: dict[int, Any]) -> dict[str, Any]:
    return {"seen": places_version(swap, order), "due_at": waiting.get(swap.id)}


def _told(debate: Debate, swap: Swap, own: Registration, listed: Listed) -> dict[str, Any]:
    """A swap with the other delegation, and what its place means while both have places."""
    other = swap.asked_id if swap.asking_id == own.id else swap.asking_id
    held, name = listed.get(other, (None, None))
    is_open = held is not None and swap.is_open
    return {
        "swap": swap,
        "is_own": swap.asking_id == own.id,
        "other": held,
        "name": name,
        "is_open": is_open,
        "shift": place_shift(debate, own.place, held.place) if is_open else None,
    }


@blueprint.get("")
def list_swaps(slug: str, code: str) -> Response:
    """Requests made, requests to answer, and a form to ask."""
    return _show(_registered(slug, code)[0], AskSwapForm(formdata=None))


add_live_routes(blueprint, swaps_page, for_delegates)


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
    return _on(delegate)


@blueprint.get(f"{SWAP}/question")
def confirm(slug: str, code: str, swap_id: int) -> Response:
    """What agreeing means, asked before it is done."""
    delegate, held = _registered(slug, code)
    told = swaps_page(delegate.debate.id, delegate.delegation.id)
    asked = [each for each in told["swaps"] if each["swap"].id == swap_id and not each["is_own"]]
    if not asked:
        raise NotFound
    if not asked[0]["is_open"] or asked[0]["swap"].state is not SwapState.ASKED:
        return _on(delegate)
    return respond("delegates/swaps/question.html", **told | {"held": held, "ask": asked[0]})


@blueprint.post(f"{SWAP}/taking-back")
def take_back(slug: str, code: str, swap_id: int) -> Response:
    """Takes the request, or the consent to it, back."""
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
        problems = {"swaps": refusal(refused)}
        return _show(delegate, AskSwapForm(formdata=None), problems, status_of(refused))
    # Of all else the live part says how it stands; a notice would stay when that is over.
    is_open_again = swap.state is SwapState.ASKED
    return _on(delegate, gettext("Your consent is taken back.") if is_open_again else "")


def _registered(slug: str, code: str) -> tuple[Delegate, Registration]:
    delegate = get_delegate(slug, code)
    if delegate.debate.visibility is Visibility.OWN:
        raise NotAllowed(N_("In this debate each delegation sees only its own place."))
    return delegate, held_place(delegate)


def _on(delegate: Delegate, notice: str = "") -> Response:
    if notice:
        flash(notice)
    where = {"slug": delegate.debate.slug, "code": delegate.delegation.code}
    return redirect(url_for("swaps.list_swaps", **where), 303)


def _show(
    delegate: Delegate,
    form: AskSwapForm,
    problems: dict[str, str] | None = None,
    status: int = 200,
) -> Response:
    values = swaps_page(delegate.debate.id, delegate.delegation.id)
    form.offer(_offers(delegate.debate, values["held"]))
    values |= {"form": form, "problems": problems or {}}
    return respond(PAGE, "page_body", status=status, **values)


def _offers(debate: Debate, own: Registration) -> list[tuple[str, str]]:
    """Those who can be asked: number, name, and when that number is likely to speak."""
    listed = _listed(debate)
    forecast = console_forecast(debate, len(listed))
    offers = []
    for held, who in listed.values():
        offer = f"{held.place} · {delegation_name(who)}"
        if forecast:
            at = forecast.begins[held.place - 1].rounded().at
            offer += " · " + gettext("about %(time)s", time=wall_time(at, debate.starts_at))
        if held.id != own.id:
            offers.append((str(held.id), offer))
    return offers
