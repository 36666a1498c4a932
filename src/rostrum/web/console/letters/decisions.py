"""How a letter is accepted, returned, taken back."""

from __future__ import annotations

from datetime import datetime

from flask import Response, flash, redirect, request

from rostrum.actions.letters.decisions import accept_letter, return_letter, undo_decision
from rostrum.domain.debates.debate import Debate
from rostrum.domain.errors import Conflict, RuleBroken
from rostrum.domain.letters.letter import Letter
from rostrum.domain.registrations.deadlines import takes_letters
from rostrum.domain.sentences import N_
from rostrum.domain.staff.accounts import READS_LETTERS
from rostrum.store import letters, registrations
from rostrum.web.access import get_member_and_debate
from rostrum.web.console.letters.verification import (
    LETTER,
    address_of,
    blueprint,
    show_letter,
    turn_to_next,
)
from rostrum.web.context import db, parts
from rostrum.web.errors import status_of
from rostrum.web.forms.base import DecisionForm, problems_of
from rostrum.web.language.catalogs import gettext
from rostrum.web.language.formats import refusal


@blueprint.post(f"{LETTER}/acceptance")
def accept(slug: str, letter_id: int) -> Response:
    """Accepts the letter and shows the next one."""
    return _decide(slug, letter_id, accept=True)


@blueprint.post(f"{LETTER}/return")
def give_back(slug: str, letter_id: int) -> Response:
    """Returns the letter with its reasons and shows the next one; the place is kept."""
    return _decide(slug, letter_id, accept=False)


@blueprint.post(f"{LETTER}/undo")
def take_back(slug: str, letter_id: int) -> Response:
    """Takes a decision back: the letter is pending again."""
    member, debate = get_member_and_debate(slug, READS_LETTERS)
    now, seen = parts().clock.now(), request.form.get("seen", "")
    try:
        letter = undo_decision(db(), now, member.actor, debate, letter_id=letter_id, seen=seen)
    except Conflict as refused:
        return _show_refused(debate, letter_id, DecisionForm(formdata=None), refused)
    flash(gettext("The decision is taken back."))
    return redirect(address_of(debate, letter), 303)


def _decide(slug: str, letter_id: int, *, accept: bool) -> Response:
    member, debate = get_member_and_debate(slug, READS_LETTERS)
    form = DecisionForm()
    letter = letters.get_letter(db(), debate.id, letter_id)
    if not form.validate():
        return show_letter(debate, letter, form, problems_of(form), 422)
    try:
        if accept:
            letter = accept_letter(
                db(),
                parts().clock.now(),
                member.actor,
                debate,
                letter_id=letter_id,
                marked=form.marked,
            )
        else:
            letter = return_letter(
                db(),
                parts().clock.now(),
                member.actor,
                debate,
                letter_id=letter_id,
                reasons=form.marked,
                remark=form.remark.data,
                until=_new_deadline(debate, letter, form),
            )
    except (Conflict, RuleBroken) as refused:
        return _show_refused(debate, letter_id, form, refused)
    following = turn_to_next(member, debate, letter_id)["after"]
    return redirect(address_of(debate, following, letter), 303)


def _new_deadline(debate: Debate, letter: Letter, form: DecisionForm) -> datetime | None:
    """Until when the delegation may send a new letter, once the time for all is over.

    RuleBroken if that time ended while the page was open, so that it did not ask.
    """
    held = registrations.find_active_by_letter(db(), debate.id, letter.id)
    if held is None or takes_letters(debate, held, parts().clock.now()):
        return None
    if "until" not in request.form:
        raise RuleBroken(
            "until", N_("The time for letters is over. Say until when a new one may come.")
        )
    return form.until.instant


def _show_refused(
    debate: Debate, letter_id: int, form: DecisionForm, refused: Conflict | RuleBroken
) -> Response:
    """The letter as it is now, with the reason for the refusal, and the marks and text kept."""
    letter = letters.get_letter(db(), debate.id, letter_id)
    problems = {getattr(refused, "field", "verification_now"): refusal(refused)}
    return show_letter(debate, letter, form, problems, status_of(refused))
