"""The concept note: one PDF, which admins upload and remove."""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, Response, request
from werkzeug.datastructures import FileStorage

from rostrum.actions.debates.concept_notes import keep_note, remove_note
from rostrum.domain.debates.concept_notes import ConceptNote
from rostrum.domain.debates.debate import Debate
from rostrum.domain.debates.lifecycle import check_may_change
from rostrum.domain.errors import NotFound, RuleBroken
from rostrum.domain.sentences import N_, Plural
from rostrum.domain.staff.accounts import MANAGES_DEBATES
from rostrum.letters.files import StoredFile
from rostrum.letters.inspection import InspectionFailed, inspect
from rostrum.letters.kinds import Kind
from rostrum.letters.limits import LIMITS
from rostrum.letters.refusals import LetterRefused, Refusal
from rostrum.store.concept_notes import find_note
from rostrum.web.access import get_member_and_debate
from rostrum.web.console.debates.settings import back_to_settings, show_settings
from rostrum.web.context import db, parts, release_db
from rostrum.web.delegates.uploads import tidy_name
from rostrum.web.documents import send_note
from rostrum.web.language.catalogs import gettext
from rostrum.web.language.formats import refusal
from rostrum.web.middleware.body_limits import takes_files
from rostrum.web.offload import offload

blueprint = Blueprint("concept_note", __name__, url_prefix="/concept-note")

LIMITS_OF_A_NOTE = replace(LIMITS, pages=40, cpu_seconds=40, wall_seconds=80)
"""A concept note has two to eight pages, with annexes more."""
_REFUSED = {
    Refusal.EMPTY: N_("This file is empty. Choose it again."),
    Refusal.TOO_LARGE: N_("This file is %(size)s; the limit is %(limit)s. Save it smaller."),
    Refusal.ENCRYPTED: N_("This PDF is protected with a password. Save it without one."),
    Refusal.TOO_MANY_PAGES: Plural(
        "This PDF has more than %(limit)s page. Leave annexes out.",
        "This PDF has more than %(limit)s pages. Leave annexes out.",
        "limit",
    ),
}
_NO_PDF = N_("We could not open this file as a PDF. Save the note as a PDF and choose that.")


@blueprint.get("")
def download(slug: str) -> Response:
    """The PDF as it was uploaded."""
    _, debate = get_member_and_debate(slug, MANAGES_DEBATES)
    note = find_note(db(), debate.id)
    if note is None:
        raise NotFound
    return send_note(note)


@blueprint.post("")
@takes_files
def keep(slug: str) -> Response:
    """Replaces the PDF; a file that cannot be read is refused."""
    member, debate = get_member_and_debate(slug, MANAGES_DEBATES)
    check_may_change(debate)
    file = request.files.get("note")
    release_db()
    try:
        note = _taken(debate, file)
    except RuleBroken as refused:
        return show_settings(debate, problems={refused.field: refusal(refused)})
    _discard(keep_note(db(), parts().clock.now(), member.actor, note))
    return back_to_settings(debate, gettext("Delegations can download the concept note."))


@blueprint.post("/removal")
def remove(slug: str) -> Response:
    """Removes the concept note."""
    member, debate = get_member_and_debate(slug, MANAGES_DEBATES)
    _discard(remove_note(db(), parts().clock.now(), member.actor, debate))
    return back_to_settings(debate, gettext("There is no concept note now."))


def _taken(debate: Debate, file: FileStorage | None) -> ConceptNote:
    if file is None or not file.filename:
        raise RuleBroken("note", N_("Choose the PDF first."))
    try:
        stored = offload(parts().files.store, file.stream)
    except LetterRefused as refused:
        raise _broken(refused) from refused
    try:
        pages = _count_pages(stored)
    except RuleBroken:
        _discard({stored.stored_name})
        raise
    name = tidy_name(file.filename) or stored.stored_name
    return ConceptNote(
        debate.id,
        stored.stored_name,
        name,
        stored.size,
        stored.sha256,
        pages=pages,
        uploaded_at=parts().clock.now(),
    )


def _count_pages(stored: StoredFile) -> int:
    """Reads the file in a child process; RuleBroken if it is not a PDF that can be shown."""
    if stored.kind is not Kind.PDF:
        raise RuleBroken("note", _NO_PDF)
    files = parts().files
    try:
        return inspect(
            files.path(stored.stored_name),
            stored.kind,
            files.pages_folder(stored.stored_name),
            LIMITS_OF_A_NOTE,
        ).pages
    except LetterRefused as refused:
        raise _broken(refused) from refused
    except InspectionFailed as trouble:
        raise RuleBroken(
            "note", N_("The file could not be read just now. Send it again.")
        ) from trouble


def _broken(refused: LetterRefused) -> RuleBroken:
    return RuleBroken("note", _REFUSED.get(refused.reason, _NO_PDF), **refused.values)


def _discard(names: set[str]) -> None:
    for name in names:
        parts().files.discard(name)
