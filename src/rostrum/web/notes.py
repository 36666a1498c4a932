"""The concept note, for delegations."""

from __future__ import annotations

from flask import Blueprint, Response

from rostrum.domain.errors import NotFound
from rostrum.store.notes import find_note
from rostrum.web.access import get_delegate
from rostrum.web.context import db
from rostrum.web.documents import send_note

blueprint = Blueprint(
    "notes", __name__, url_prefix="/debates/<slug>/delegations/<code>/concept-note"
)


@blueprint.get("")
def download(slug: str, code: str) -> Response:
    """The PDF as the mission put it there."""
    note = find_note(db(), get_delegate(slug, code).debate.id)
    if note is None:
        raise NotFound
    return send_note(note)
