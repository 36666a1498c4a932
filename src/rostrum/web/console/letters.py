"""A letter as staff see it: read beside the form, accepted or returned."""

from __future__ import annotations

from flask import Blueprint, Response, flash, redirect, send_file, url_for

from rostrum.actions.letters import accept_letter, open_letter, return_letter
from rostrum.domain.debates import Debate
from rostrum.domain.errors import NotFound
from rostrum.domain.letters import Letter
from rostrum.domain.staff import READS_LETTERS
from rostrum.store import delegations, letters, registrations
from rostrum.web.access import get_member_and_debate
from rostrum.web.context import db, parts
from rostrum.web.documents import send_original
from rostrum.web.forms import ReturnForm, problems_of
from rostrum.web.respond import respond
from rostrum.web.words import gettext

blueprint = Blueprint("console_letters", __name__, url_prefix="/staff/debates/<slug>/letters")

LETTER = "/<int(max=999999999):letter_id>"
"""A number that a database can look up; a longer one is no letter of ours."""


@blueprint.get(LETTER)
def show(slug: str, letter_id: int) -> Response:
    """The letter and what the delegation said; the opening is in the journal."""
    member, debate = get_member_and_debate(slug, READS_LETTERS)
    letter = open_letter(db(), parts().clock.now(), member.actor, debate, letter_id)
    return _show(debate, letter, ReturnForm(formdata=None))


@blueprint.get(f"{LETTER}/original")
def download(slug: str, letter_id: int) -> Response:
    """The file as it was sent; the opening is in the journal."""
    member, debate = get_member_and_debate(slug, READS_LETTERS)
    return send_original(open_letter(db(), parts().clock.now(), member.actor, debate, letter_id))


@blueprint.get(f"{LETTER}/pages/<int(max=999):page>")
def show_page(slug: str, letter_id: int, page: int) -> Response:
    """A picture of one page, made by the inspection."""
    _, debate = get_member_and_debate(slug, READS_LETTERS)
    letter = letters.get_letter(db(), debate.id, letter_id)
    picture = parts().files.preview(letter.stored_name, page)
    if picture is None:
        raise NotFound
    response = send_file(picture, mimetype="image/webp", conditional=False, etag=False)
    response.headers["Cache-Control"] = "no-store"
    return response


@blueprint.post(f"{LETTER}/acceptance")
def accept(slug: str, letter_id: int) -> Response:
    """The letter is in order."""
    member, debate = get_member_and_debate(slug, READS_LETTERS)
    accept_letter(db(), parts().clock.now(), member.actor, debate, letter_id)
    return _on(debate, gettext("The letter is accepted."))


@blueprint.post(f"{LETTER}/return")
def give_back(slug: str, letter_id: int) -> Response:
    """The letter goes back with a reason; the place is held."""
    member, debate = get_member_and_debate(slug, READS_LETTERS)
    form = ReturnForm()
    if not form.validate():
        letter = letters.get_letter(db(), debate.id, letter_id)
        return _show(debate, letter, form, problems_of(form), 422)
    now = parts().clock.now()
    return_letter(db(), now, member.actor, debate, letter_id, form.reason.data)
    return _on(debate, gettext("The letter went back; the delegation reads the reason now."))


def _on(debate: Debate, notice: str) -> Response:
    flash(notice)
    return redirect(url_for("console.list_registrations", slug=debate.slug), 303)


def _show(
    debate: Debate,
    letter: Letter,
    form: ReturnForm,
    problems: dict[str, str] | None = None,
    status: int = 200,
) -> Response:
    held = registrations.find_active_by_letter(db(), debate.id, letter.id)
    current = held or registrations.find_active_registration(db(), debate.id, letter.delegation_id)
    page = {
        "debate": debate,
        "letter": letter,
        "held": current,
        "is_current": held is not None,
        "delegation": delegations.get_delegation_by_id(db(), letter.delegation_id),
        "form": form,
        "problems": problems or {},
    }
    return respond("console/letters/show.html", status=status, **page)
