"""The press, with or without what is prepared for it."""

from __future__ import annotations

from flask import Response, request

from rostrum.actions.registrations.registering import Press, Registered
from rostrum.domain.debates.debate import Phase, Status
from rostrum.domain.errors import Conflict, RuleBroken, TooEarly
from rostrum.domain.registrations.registration import Draft
from rostrum.store.drafts import get_draft
from rostrum.store.registrations import find_active_registration
from rostrum.web.access import Delegate, get_delegate
from rostrum.web.context import clock_now, db, parts, release_db
from rostrum.web.delegates.details import Taken, brings_details, take_details
from rostrum.web.delegates.page import back_to_page, blueprint, dropped_letter, show_page
from rostrum.web.delegates.press_answer import answer_early, answer_press
from rostrum.web.delegates.uploads import PATIENCE, read_letter, sent_files
from rostrum.web.errors import status_of
from rostrum.web.language.catalogs import gettext
from rostrum.web.language.formats import delegation_name, millis_on_day, refusal
from rostrum.web.middleware.body_limits import takes_files


@blueprint.post("/registration")
@takes_files
def register(slug: str, code: str) -> Response:
    """Handles the press. Without JavaScript, speaker and letter may come with it, in one form.

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
        if "letter" in problems and (why := dropped_letter(_draft_of(delegate))):
            problems["letter"] = why
        if taken.unread and (unreadable := read_letter(taken.unread, PATIENCE)):
            problems["letter"] = unreadable
        if request.htmx and isinstance(refused, TooEarly) and not sent_files():
            return answer_early(problems["press"])
        return show_page(delegate, taken.form, problems, status=status_of(refused))
    if taken.unread:
        parts().letter_reader.begin(taken.unread)
        return back_to_page(delegate)
    return _registered(delegate, answer)


def _draft_of(delegate: Delegate) -> Draft:
    return get_draft(db(), delegate.debate.id, delegate.delegation.id)


def _take_with_press(delegate: Delegate) -> Taken:
    """Keeps what came with the press; a retry or a colleague's press changes nothing."""
    if find_active_registration(db(), delegate.debate.id, delegate.delegation.id):
        return Taken()
    is_open = delegate.debate.phase(parts().clock.now()) is Phase.OPEN
    return take_details(delegate, read_now=not is_open)


def _press(delegate: Delegate) -> Press:
    key, _, page = request.form.get("idempotency_key", "")[:64].partition(".")
    return Press(delegate.debate.id, delegate.delegation.id, key, delegate.actor, page)


def _registered(delegate: Delegate, answer: Registered) -> Response:
    """The number or, if it cannot be shown alone, the page."""
    is_anothers = answer.is_repeat and not answer.is_own
    notice = _already_registered(delegate, answer) if is_anothers else ""
    if request.htmx and delegate.debate.status is Status.ACTIVE:
        return answer_press(delegate, answer.registration, notice)
    return back_to_page(delegate, notice)


def _already_registered(delegate: Delegate, answer: Registered) -> str:
    return gettext(
        "%(delegation)s is already registered: number %(number)s, since %(time)s.",
        delegation=delegation_name(delegate.delegation),
        number=answer.registration.place,
        time=millis_on_day(answer.registration.received_at, clock_now()),
    )
