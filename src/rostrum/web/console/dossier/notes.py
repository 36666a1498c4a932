"""Notes about a delegation: written by staff for staff, removed after a question."""

from __future__ import annotations

from flask import Response, redirect

from rostrum.actions.delegations.staff_notes import remove_note, write_note
from rostrum.domain.errors import NotFound
from rostrum.domain.staff.accounts import WRITES_NOTES
from rostrum.store.staff_notes import find_note
from rostrum.web.access import StandIn, get_stand_in
from rostrum.web.console.dossier.page import blueprint, show_dossier
from rostrum.web.console.forms.notes import NoteForm
from rostrum.web.console.nav import dossier_url
from rostrum.web.context import db, parts
from rostrum.web.forms.base import problems_of
from rostrum.web.respond import respond

ONE = "/notes/<int(max=999999999):note_id>"


@blueprint.post("/notes")
def write(slug: str, member_code: str) -> Response:
    """Keeps a note."""
    who, form = get_stand_in(slug, member_code, WRITES_NOTES), NoteForm()
    if not form.validate():
        return show_dossier(who, form, problems_of(form))
    write_note(
        db(),
        parts().clock.now(),
        who.actor,
        who.debate,
        delegation_id=who.delegation.id,
        text=form.text.data,
    )
    return _back_to_notes(who)


@blueprint.get(ONE)
def confirm_removal(slug: str, member_code: str, note_id: int) -> Response:
    """The note, and the question whether to remove it."""
    who = get_stand_in(slug, member_code, WRITES_NOTES)
    note = find_note(db(), note_id)
    if note is None or (note.debate_id, note.delegation_id) != (who.debate.id, who.delegation.id):
        raise NotFound
    page = {"debate": who.debate, "delegation": who.delegation, "note": note}
    return respond("console/dossier/note.html", **page)


@blueprint.post(ONE)
def remove(slug: str, member_code: str, note_id: int) -> Response:
    """Removes a note; the journal keeps it until the purge."""
    who = get_stand_in(slug, member_code, WRITES_NOTES)
    remove_note(db(), parts().clock.now(), who.actor, who.debate, note_id)
    return _back_to_notes(who)


def _back_to_notes(who: StandIn) -> Response:
    return redirect(f"{dossier_url(who.debate, who.delegation)}#notes_title", 303)
