"""The form in which staff write a note about a delegation."""

from __future__ import annotations

from flask_wtf import FlaskForm

from rostrum.web.forms.fields import MAX_REASON, text_field
from rostrum.web.language.catalogs import lazy_gettext


class NoteForm(FlaskForm):
    """A note for the other staff."""

    text = text_field(
        lazy_gettext("Note"), lazy_gettext("Write the note."), rows=2, longest=MAX_REASON
    )
