"""The message on every open page of a debate."""

from __future__ import annotations

from flask import Blueprint, Response, flash, redirect, url_for

from rostrum.actions.debates.messages import send_message, withdraw_message
from rostrum.domain.debates.debate import Debate
from rostrum.domain.errors import Conflict
from rostrum.domain.staff.accounts import SENDS_MESSAGES
from rostrum.store.messages import find_message, list_messages
from rostrum.web.access import get_member_and_debate
from rostrum.web.console.forms.debates import MessageForm
from rostrum.web.context import db, parts
from rostrum.web.errors import status_of
from rostrum.web.forms.base import problems_of
from rostrum.web.language.catalogs import gettext
from rostrum.web.language.formats import refusal
from rostrum.web.respond import respond

blueprint = Blueprint("console_messages", __name__, url_prefix="/staff/debates/<slug>/messages")


@blueprint.get("")
def show(slug: str) -> Response:
    """The current message, and earlier ones."""
    _, debate = get_member_and_debate(slug, SENDS_MESSAGES)
    return _show(debate, MessageForm(formdata=None))


@blueprint.post("")
def send(slug: str) -> Response:
    """Puts a message on every page, in place of any earlier one."""
    member, debate = get_member_and_debate(slug, SENDS_MESSAGES)
    form = MessageForm()
    if not form.validate():
        return _show(debate, form, problems_of(form), 422)
    try:
        send_message(
            db(), parts().clock.now(), member.actor, debate, text=form.text.data, seen=form.seen_id
        )
    except Conflict as refused:
        return _show(debate, form, {"seen": refusal(refused)}, status_of(refused))
    return _back(debate, gettext("Every delegation reads it now."))


@blueprint.post("/withdrawal")
def withdraw(slug: str) -> Response:
    """Removes the current message from all pages."""
    member, debate = get_member_and_debate(slug, SENDS_MESSAGES)
    withdraw_message(db(), parts().clock.now(), member.actor, debate)
    return _back(debate, gettext("There is no message on the pages now."))


def _back(debate: Debate, notice: str) -> Response:
    flash(notice)
    return redirect(url_for("console_messages.show", slug=debate.slug), 303)


def _show(
    debate: Debate, form: MessageForm, problems: dict[str, str] | None = None, status: int = 200
) -> Response:
    current = find_message(db(), debate.id)
    form.seen.data = str(current.id if current else 0)
    page = {
        "debate": debate,
        "current": current,
        "messages": list_messages(db(), debate.id),
        "form": form,
        "problems": problems or {},
    }
    return respond("console/messages/show.html", status=status, **page)
