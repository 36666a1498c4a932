"""Keeps what a delegation's form brought: the speaker, the letter, both or neither.

Each valid part is kept, even if the other is refused.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from flask import request

from rostrum.actions.registrations.speakers import save_speaker
from rostrum.domain.debates.lifecycle import check_may_change
from rostrum.domain.errors import Conflict, RuleBroken
from rostrum.domain.letters.letter import Letter
from rostrum.domain.registrations.registration import COUNCIL_MEMBERS_DO_NOT_QUEUE
from rostrum.store.drafts import get_draft
from rostrum.store.registrations import find_active_registration
from rostrum.web.access import Delegate, Sender
from rostrum.web.context import db, parts
from rostrum.web.delegates.page import delegation_page
from rostrum.web.delegates.uploads import check_in_time, sent_files, take_letter, take_letter_unread
from rostrum.web.forms.base import SpeakerForm, problems_of
from rostrum.web.language.catalogs import gettext, untranslated
from rostrum.web.language.formats import refusal
from rostrum.web.language.names import joined

NO_VERSION = 0
"""That of a form without marks, which no page of ours sends: it changes no speaker saved before."""


@dataclass
class Taken:
    """The form as typed, the problems by field, and a letter still to be read."""

    form: SpeakerForm | None = None
    problems: dict[str, str] = field(default_factory=dict)
    unread: Letter | None = None


def brings_details() -> bool:
    """Whether the request carries more than a press: a speaker or a letter."""
    return "name" in request.form or bool(sent_files())


def take_details(delegate: Delegate, *, read_now: bool = True) -> Taken:
    """Keeps what the request brought; without `read_now`, a letter may be read after the press."""
    check_may_change(delegate.debate)
    if delegate.is_council_member:
        return Taken(problems={"press": gettext(COUNCIL_MEMBERS_DO_NOT_QUEUE)})
    taken = Taken()
    if "name" in request.form:
        taken.form = SpeakerForm()
        taken.problems = take_speaker(delegate, taken.form)
    if sent := sent_files():
        try:
            check_in_time(delegate)
            if read_now or taken.problems:
                take_letter(delegate, sent)
            else:
                taken.unread = take_letter_unread(delegate, sent)
        except RuleBroken as refused:
            taken.problems["letter"] = refusal(refused)
    return taken


def keep_letter(delegate: Delegate) -> dict[str, str]:
    """Keeps a letter that comes with a mere change of language; returns its problems.

    Browsers do not take a chosen file to another page; with scripts it is sent when chosen.
    """
    sent = sent_files()
    if sent is None or delegate.is_council_member:
        return {}
    try:
        check_in_time(delegate)
        take_letter(delegate, sent)
    except RuleBroken as refused:
        return {"letter": refusal(refused)}
    return {}


def take_speaker(sender: Sender, form: SpeakerForm) -> dict[str, str]:
    """Keeps the speaker as typed; returns the problems by field, and then keeps nothing."""
    debate_id, delegation_id = sender.debate.id, sender.delegation.id
    held = find_active_registration(db(), debate_id, delegation_id)
    form.take_over(held or get_draft(db(), debate_id, delegation_id))
    if not form.validate():
        problems = problems_of(form)
        if form.marks:
            form.seen.data = replace(form.marks, told=frozenset(problems)).written()
        return problems
    try:
        save_speaker(
            db(),
            parts().clock.now(),
            sender.actor,
            sender.debate,
            delegation_id=delegation_id,
            speaker=form.speaker(),
            version=NO_VERSION,
            page=form.page.data,
            seen=form.marks,
            # Where htmx runs, each field was saved as it was typed, and the last one counts.
            is_last=bool(request.htmx),
        )
    except Conflict as refused:
        return {"speaker": _overtaken(sender, form, refused)}
    return {}


def _overtaken(sender: Sender, form: SpeakerForm, refused: Conflict) -> str:
    """Shows what a colleague saved meanwhile; the form, as typed, can now be saved over it."""
    details = delegation_page(sender.debate.id, sender.delegation.id)["details"]
    form.show(details.speaker.as_dict(), ())
    speaker = untranslated(details.speaker.full_name)
    there = gettext("The speaker saved there: %(speaker)s.", speaker=speaker)
    return joined(" ", (refusal(refused), there))
