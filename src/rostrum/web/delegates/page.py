"""A delegation's page: preparation, the number and live place, the state of the letter."""

from __future__ import annotations

import hashlib
import secrets
import zlib
from datetime import datetime
from functools import lru_cache
from typing import Any

from flask import (
    Blueprint,
    Response,
    abort,
    current_app,
    flash,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from jinja2_fragments.flask import render_block

from rostrum.actions.registrations.speakers import LETTER_MAY_DIFFER
from rostrum.domain.debates.debate import Debate, Phase
from rostrum.domain.delegations.delegation import Delegation
from rostrum.domain.journal.kinds import EntryKind
from rostrum.domain.order.delayed import DelayedChange
from rostrum.domain.order.swaps import Swap
from rostrum.domain.registrations.deadlines import deadline_of, more_time, takes_letters
from rostrum.domain.registrations.page_states import State, state_of
from rostrum.domain.registrations.receipts import receipt_code
from rostrum.domain.registrations.registration import Draft, Registration, idempotency_key
from rostrum.domain.registrations.trials import trial_of
from rostrum.domain.times import to_micros
from rostrum.store import (
    debates,
    delegations,
    drafts,
    messages,
    registrations,
    swaps,
)
from rostrum.store.delayed import find_last_change
from rostrum.store.journal import list_last_entries
from rostrum.web.access import Delegate, get_delegate
from rostrum.web.context import clock_now, db, parts
from rostrum.web.delegates.council_member import member_values
from rostrum.web.delegates.number import find_way_back, number_of
from rostrum.web.forms.base import SpeakerForm
from rostrum.web.forms.reminders import TellingForm
from rostrum.web.language.formats import unread_reasons
from rostrum.web.live.blocks import add_live_routes, for_delegates, live_block
from rostrum.web.public.announced import told_to
from rostrum.web.public.forecasts import place_forecast
from rostrum.web.respond import partial, respond

PAGE = "delegates/page/show.html"
LOOKED_AT = 20
"""How many changes of the speaker are looked at, the latest first."""
blueprint = Blueprint("registrations", __name__, url_prefix="/debates/<slug>/delegations/<code>")


@live_block(PAGE, "standing")
def delegation_page(debate_id: int, delegation_id: int) -> dict[str, Any]:
    """Everything a delegation's page shows, as of now."""
    debate = debates.get_debate_by_id(db(), debate_id)
    delegation = delegations.get_delegation_by_id(db(), delegation_id)
    held = registrations.find_active_registration(db(), debate_id, delegation_id)
    now = parts().clock.now()
    values = _registered(debate, held) if held else _unregistered(debate, delegation.id, now)
    details = values["details"]
    return values | {
        "debate": debate,
        "delegation": delegation,
        "phase": debate.phase(now),
        "held": held,
        "mission_messages": messages.list_read_by(db(), debate.id, delegation.id, now),
        "told": told_to(debate, held, is_member=values["is_member"]),
        "deadline": deadline_of(debate, held),
        "more_time": more_time(debate, held, now),
        "takes_letters": takes_letters(debate, held, now),
        "fingerprint": _fingerprint(values["state"], debate, held, details),
    }


def _registered(debate: Debate, held: Registration) -> dict[str, Any]:
    number = number_of(held, find_way_back(held))
    asks = swaps.list_open_swaps_of(db(), held.id)
    return number | {
        "asks": asks,
        "ask_names": {ask.id: _partner(ask, held) for ask in asks},
        "change": find_told_change(held),
        "state": state_of(
            phase=Phase.OPEN,
            is_council_member=False,
            held=held,
            draft=held,
            gone=None,
            status=debate.status,
        ),
        "details": held,
        "receipt": receipt_code(current_app.secret_key, held.id),
        "is_member": False,
        "forecast": place_forecast(debate, number["standing"]),
    }


def find_told_change(held: Registration) -> DelayedChange | None:
    """The change of this place that waits, or that was dropped not long ago."""
    change = find_last_change(db(), held.debate_id, held.delegation_id)
    if change is None or not (change.is_waiting or change.is_told(parts().clock.now())):
        return None
    return change


def _partner(ask: Swap, held: Registration) -> Delegation:
    """The other delegation of a swap."""
    other_id = ask.asked_id if ask.asking_id == held.id else ask.asking_id
    delegation_id = registrations.get_registration(db(), other_id).delegation_id
    return delegations.get_delegation_by_id(db(), delegation_id)


def _unregistered(debate: Debate, delegation_id: int, now: datetime) -> dict[str, Any]:
    gone = registrations.find_last_withdrawn(db(), debate.id, delegation_id)
    draft = drafts.get_draft(db(), debate.id, delegation_id)
    is_member = debates.is_council_member(db(), debate.id, delegation_id)
    return (member_values(debate, delegation_id) if is_member else {}) | {
        "state": state_of(
            phase=debate.phase(now),
            is_council_member=is_member,
            held=None,
            draft=draft,
            gone=gone,
            status=debate.status,
            takes_letters=takes_letters(debate, None, now),
        ),
        "is_member": is_member,
        "details": draft,
        "draft": draft,
        "gone": gone,
        "receipt": gone and receipt_code(current_app.secret_key, gone.id),
        "given_up_on": gone and last_browser(debate.id, delegation_id, EntryKind.WITHDRAWN),
        "key": idempotency_key(len(registrations.list_used_keys(db(), debate.id, delegation_id))),
    }


def last_browser(debate_id: int, delegation_id: int, kind: str) -> str:
    """The phone of the delegation that last did this; empty if unknown."""
    entries = list_last_entries(db(), debate_id, delegation_id, (kind,), 1)
    return entries[0].facts.get("browser", "") if entries else ""


_WAITING = (State.PREPARING, State.READY, State.OPEN)
"""One state for the fingerprint: a page knows the opening by its own clock, and thousands of
pages must not all ask at that second."""


def _fingerprint(
    state: State, debate: Debate, held: Registration | None, details: Draft | Registration
) -> str:
    """A text that changes if more than the live block changed and the page must be reloaded."""
    letter = details.letter
    files = letter and [(file.stored_name, file.pages) for file in letter.files]
    about = letter and (letter.id, files, letter.state, letter.decided_at)
    settings = (_digest(debate), deadline_of(debate, held))
    seen = (state not in _WAITING and state, settings, details.version, about)
    return f"{zlib.crc32(repr(seen).encode()):08x}"


@lru_cache(maxsize=32)
def _digest(debate: Debate) -> str:
    """A hash of the debate that is the same in every process and after every restart."""
    return hashlib.sha256(repr(debate).encode()).hexdigest()


def show_page(
    delegate: Delegate,
    form: SpeakerForm | None = None,
    problems: dict[str, str] | None = None,
    notice: str = "",
    status: int = 200,
) -> Response:
    """The delegation's page as it is now, with the typed values and their problems."""
    values = page_values(delegate, form, problems) | {"notice": notice}
    return respond(PAGE, "page_body", status=status, **values)


def page_values(
    delegate: Delegate, form: SpeakerForm | None = None, problems: dict[str, str] | None = None
) -> dict[str, Any]:
    """Everything that the page needs, whichever of its blocks is rendered."""
    values = delegation_page(delegate.debate.id, delegate.delegation.id)
    details = values["details"]
    if form is None and not (details.speaker.is_complete and _is_settled(details)):
        form = SpeakerForm.of(details)
    return values | {
        "form": form,
        "is_preparing": (is_preparing := _is_preparing(values)),
        "trial": trial_of(delegate.debate, clock_now(), awaits_press=is_preparing),
        "asks_of_letter": bool(values["held"]) and _may_differ(values["held"]),
        "problems": problems or {},
        "letter_problems": _problems_of_letter(details, problems or {}),
        "page_id": secrets.token_hex(2),
        "notice": "",
        "tell_before": delegate.session.tell_before,
        "telling": TellingForm.of(delegate.session.tell_before),
    }


def _problems_of_letter(details: Draft | Registration, problems: dict[str, str]) -> dict[str, str]:
    """What is wrong with the letter just sent; or with the last one, which was read later and
    dropped, until another comes."""
    said = problems.get("letter", "")
    if not said and isinstance(details, Draft):
        said = dropped_letter(details)
    return {"letter": said} if said else {}


def dropped_letter(draft: Draft) -> str:
    """Why the draft's last letter was dropped; empty if it was not."""
    kinds = (EntryKind.LETTER_DROPPED, EntryKind.LETTER_RECEIVED)
    entries = list_last_entries(db(), draft.debate_id, draft.delegation_id, kinds, 1)
    if not entries or entries[0].kind != EntryKind.LETTER_DROPPED:
        return ""
    return " ".join(unread_reasons(entries[0].facts.get("reasons", ())))


def _may_differ(held: Registration) -> bool:
    """Whether the speaker changed after the letter was sent, and nobody has accepted it since."""
    letter = held.letter
    since = to_micros(max(filter(None, (letter.uploaded_at, letter.decided_at))))
    saved = (EntryKind.SPEAKER_SAVED,)
    last = list_last_entries(db(), held.debate_id, held.delegation_id, saved, LOOKED_AT)
    return any(each.at > since and LETTER_MAY_DIFFER in each.facts for each in last)


def _is_settled(details: Draft | Registration) -> bool:
    """Whether nobody left something in a field that is not in the speaker."""
    return not (isinstance(details, Draft) and details.typed)


def _is_preparing(page: dict[str, Any]) -> bool:
    """Whether the page asks for speaker and letter in one form."""
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


def held_place(delegate: Delegate) -> Registration:
    """The delegation's place; without one, the delegation's page answers instead."""
    held = registrations.find_active_registration(db(), delegate.debate.id, delegate.delegation.id)
    return held or abort(back_to_page(delegate))


@blueprint.get("")
def show(slug: str, code: str) -> Response:
    """The delegation's page. A page that is read anew gets the day of the meeting too."""
    delegate = get_delegate(slug, code)
    response = show_page(delegate)
    if request.htmx:
        head = partial("kicker", render_template("_kicker.html", debate=delegate.debate))
        response.set_data(head + response.get_data(as_text=True))
    return response


add_live_routes(blueprint, delegation_page, for_delegates)


@blueprint.get("/held")
def show_held(slug: str, code: str) -> Response:
    """The parts that the answer to a press left out, such as the receipt, with the page's top."""
    delegate = get_delegate(slug, code)
    values = page_values(delegate)
    if not (request.htmx and values["held"]):
        response = respond(PAGE, "page_body", **values)
        response.headers["HX-Retarget"] = "#page_body"
        return response
    hero = partial("standing", render_block(PAGE, "standing", **values))
    return make_response(hero + render_block(PAGE, "held", **values))
