"""Messages to delegations: writing one, those that stand, and withdrawing them."""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple

from flask import Blueprint, Response, flash, redirect, url_for

from rostrum.actions.debates.messages import send_message, withdraw_message
from rostrum.domain.debates.debate import Debate, Visibility
from rostrum.domain.delegations.delegation import Delegation, name_key
from rostrum.domain.errors import Conflict, RuleBroken
from rostrum.domain.registrations.messages import Message
from rostrum.domain.registrations.roll import count_parts
from rostrum.domain.staff.accounts import SENDS_MESSAGES
from rostrum.store import invitations, messages
from rostrum.store.delegations import list_delegations
from rostrum.store.roll import list_roll
from rostrum.web.access import get_member_and_debate
from rostrum.web.console.forms.messages import MessageForm, SentenceForm
from rostrum.web.context import db, parts
from rostrum.web.errors import status_of
from rostrum.web.forms.base import problems_of
from rostrum.web.forms.fields import wall_time
from rostrum.web.language.catalogs import get_locale, gettext, ngettext
from rostrum.web.language.formats import refusal
from rostrum.web.respond import respond

blueprint = Blueprint("console_messages", __name__, url_prefix="/staff/debates/<slug>/messages")


@blueprint.get("")
def show(slug: str) -> Response:
    """A form, the messages that stand, and earlier ones."""
    _, debate = get_member_and_debate(slug, SENDS_MESSAGES)
    return _show(debate, MessageForm(formdata=None))


@blueprint.post("")
def send(slug: str) -> Response:
    """Puts a message on the pages of those to whom it is addressed."""
    member, debate = get_member_and_debate(slug, SENDS_MESSAGES)
    form, now = MessageForm(), parts().clock.now()
    if not form.validate():
        return _show(debate, form, problems_of(form), 422)
    wanted, seen = form.to_part(), form.seen_changes
    try:
        sent = send_message(db(), now, member.actor, debate, wanted=wanted, seen=seen)
    except (RuleBroken, Conflict) as refused:
        problems = {getattr(refused, "field", "seen"): refusal(refused)}
        return _show(debate, form, problems, status_of(refused))
    return _back(debate, _sent(sent))


def _sent(message: Message) -> str:
    if message.is_to_all:
        return gettext("Sent to all delegations.")
    return ngettext(
        "Sent to %(num)s delegation.", "Sent to %(num)s delegations.", len(message.recipients)
    )


@blueprint.post("/<int(max=999999999):message_id>/withdrawal")
def withdraw(slug: str, message_id: int) -> Response:
    """Removes a message from all pages."""
    member, debate = get_member_and_debate(slug, SENDS_MESSAGES)
    withdraw_message(db(), parts().clock.now(), member.actor, debate, message_id)
    return _back(debate, gettext("The message is withdrawn."))


def _back(debate: Debate, notice: str) -> Response:
    flash(notice)
    return redirect(url_for("console_messages.show", slug=debate.slug), 303)


class Reach(NamedTuple):
    """A message, and whom it reaches now."""

    message: Message
    readers: list[Delegation]
    """By name."""
    unreached: list[Delegation]
    """Those of them on whose link no phone is signed in."""


def _show(
    debate: Debate, form: MessageForm, problems: dict[str, str] | None = None, status: int = 200
) -> Response:
    now, found = parts().clock.now(), messages.list_messages(db(), debate.id)
    page = {
        "debate": debate,
        "standing": _reaches(debate, [each for each in found if each.stands(now)], now),
        "earlier": [each for each in found if not each.stands(now)],
        "names": {each.id: each for each in list_delegations(db())},
        "form": form.offer(count_parts(list_roll(db(), debate, now))),
        "has_public_list": debate.visibility is Visibility.PUBLIC,
    }
    page |= values_of_form(debate, form, problems)
    return respond("console/messages/show.html", status=status, **page)


def values_of_form(
    debate: Debate, form: SentenceForm, problems: dict[str, str] | None
) -> dict[str, Any]:
    """What the fields of a message need: with which changes they were made, and what happens later,
    by the wall time that the end of a message may be."""
    form.seen.data = str(messages.count_changes(db(), debate.id))
    labels = {
        debate.opens_at: gettext("The list opens"),
        debate.letter_deadline: gettext("Letters are due"),
        debate.closed_from: gettext("The list closes"),
        debate.starts_at: gettext("The meeting starts"),
    }
    now = parts().clock.now()
    later = sorted(at for at in labels if at is not None and at > now)
    return {
        "form": form,
        "problems": problems or {},
        "moments": {} if debate.dates_are_open else {wall_time(at): labels[at] for at in later},
    }


def _reaches(debate: Debate, standing: list[Message], now: datetime) -> list[Reach]:
    openings = invitations.list_openings(db(), debate.id, now)
    invited = [
        each for each in invitations.list_invitations(db(), debate.id) if each.revoked_at is None
    ]
    signed_in = {
        each.delegation_id for each in invited if each.id in openings and openings[each.id].phones
    }
    language = get_locale().language
    names = sorted(list_delegations(db()), key=lambda each: name_key(each.name(language)))
    at_debate = {each.delegation_id for each in invited}
    found = []
    for message in standing:
        to = at_debate if message.is_to_all else set(message.recipients)
        readers = [each for each in names if each.id in to]
        unreached = [each for each in readers if each.id not in signed_in]
        found.append(Reach(message, readers, unreached))
    return found
