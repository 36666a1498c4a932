"""What a delegation prepares before the press: speaker and letter, kept as they are."""

from __future__ import annotations

from flask import Response, request

from rostrum.web.access import get_delegate
from rostrum.web.delegates.details import keep_letter, take_details
from rostrum.web.delegates.page import back_to_page, blueprint, show_page
from rostrum.web.forms.base import SpeakerForm
from rostrum.web.language.catalogs import gettext, is_changing_language
from rostrum.web.middleware.body_limits import takes_files


@blueprint.post("/draft")
@takes_files
def save_draft(slug: str, code: str) -> Response:
    """Keeps speaker and letter for the press."""
    delegate = get_delegate(slug, code)
    if is_changing_language():
        form, problems = SpeakerForm() if "name" in request.form else None, keep_letter(delegate)
        return show_page(delegate, form, problems, status=422 if problems else 200)
    taken = take_details(delegate)
    if taken.problems:
        return show_page(delegate, taken.form, taken.problems, status=422)
    return back_to_page(delegate, gettext("Saved."))
