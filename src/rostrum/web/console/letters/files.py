"""The files of a letter, as staff read them; pictures of its pages are drawn where none are."""

from __future__ import annotations

from flask import Response, flash, redirect, request

from rostrum.actions.letters.receiving import open_letter
from rostrum.domain.errors import NotFound
from rostrum.domain.staff.accounts import READS_LETTERS
from rostrum.letters.marks import Mark
from rostrum.store import delegations, letters
from rostrum.web.access import get_member_and_debate
from rostrum.web.console.letters.verification import (
    LETTER,
    address_of,
    blueprint,
)
from rostrum.web.context import db, parts
from rostrum.web.delegates.uploads import read_letter
from rostrum.web.documents import DELETED, send_document, send_original, send_preview
from rostrum.web.respond import respond


@blueprint.get(f"{LETTER}/original")
def download(slug: str, letter_id: int) -> Response:
    """A file as it was sent; the journal records the first opening.

    An active file is sent only after a warning: the address then says `warned`.
    """
    member, debate = get_member_and_debate(slug, READS_LETTERS)
    position = request.args.get("file", 1, type=int)
    letter = letters.get_letter(db(), debate.id, letter_id)
    if not 1 <= position <= len(letter.files):
        raise NotFound
    file = letter.files[position - 1]
    marks = [mark for mark in Mark if mark in file.marks and mark.is_active]
    if marks and "warned" not in request.args:
        page = {"debate": debate, "letter": letter, "file": file, "position": position}
        who = delegations.get_delegation_by_id(db(), letter.delegation_id)
        return respond("console/letters/warning.html", **page, marks=marks, delegation=who)
    letter = open_letter(db(), parts().clock.now(), member.actor, debate, letter_id)
    return send_original(letter, position)


@blueprint.get(f"{LETTER}/document")
def download_document(slug: str, letter_id: int) -> Response:
    """The whole letter as one PDF; the journal records the first opening."""
    member, debate = get_member_and_debate(slug, READS_LETTERS)
    return send_document(open_letter(db(), parts().clock.now(), member.actor, debate, letter_id))


@blueprint.get(f"{LETTER}/pages/<int(max=999):page>")
def show_page(slug: str, letter_id: int, page: int) -> Response:
    """A picture of one page, made by the inspection.

    If the letter was never opened before, this opens it.
    """
    member, debate = get_member_and_debate(slug, READS_LETTERS)
    letter = letters.get_letter(db(), debate.id, letter_id)
    if letter.opened_at is None:
        letter = open_letter(db(), parts().clock.now(), member.actor, debate, letter_id)
    return send_preview(letter, page)


@blueprint.post(f"{LETTER}/inspection")
def inspect(slug: str, letter_id: int) -> Response:
    """Makes the pictures of a letter that was accepted while none could be made."""
    _, debate = get_member_and_debate(slug, READS_LETTERS)
    letter = letters.get_letter(db(), debate.id, letter_id)
    if letter.is_purged:
        raise NotFound(DELETED)
    if letter.pages is None and (unreadable := read_letter(letter)):
        flash(unreadable)
    return redirect(address_of(debate, letter), 303)
