"""What the debate is about, for delegations: the notice, and the concept note."""

from __future__ import annotations

from flask import Blueprint, Response

from rostrum.domain.errors import NotFound
from rostrum.domain.registrations.deadlines import deadline_of
from rostrum.store.concept_notes import find_note
from rostrum.store.registrations import find_active_registration
from rostrum.web.access import get_delegate
from rostrum.web.context import db
from rostrum.web.documents import send_note
from rostrum.web.respond import respond

blueprint = Blueprint("notes", __name__, url_prefix="/debates/<slug>/delegations/<code>")


@blueprint.get("/about")
def show(slug: str, code: str) -> Response:
    """The notice, on a page of its own because it is long."""
    delegate = get_delegate(slug, code)
    debate, delegation = delegate.debate, delegate.delegation
    held = find_active_registration(db(), debate.id, delegation.id)
    page = {
        "debate": debate,
        "delegation": delegation,
        "is_member": delegate.is_council_member,
        "deadline": deadline_of(debate, held),
        "note": find_note(db(), debate.id),
    }
    return respond("delegates/about/show.html", **page)


@blueprint.get("/concept-note")
def download(slug: str, code: str) -> Response:
    """The PDF as the mission uploaded it."""
    note = find_note(db(), get_delegate(slug, code).debate.id)
    if note is None:
        raise NotFound
    return send_note(note)
