"""The form for a phone's reminder."""

from __future__ import annotations

from flask_wtf import FlaskForm
from wtforms import IntegerField
from wtforms.validators import InputRequired, NumberRange

from rostrum.domain.access.sessions import MOST_BEFORE
from rostrum.web.language.catalogs import lazy_gettext

SUGGESTED = 5


class TellingForm(FlaskForm):
    """How many speakers are before the delegation when the phone reminds."""

    before = IntegerField(
        lazy_gettext("How many are before you"),
        [
            InputRequired(lazy_gettext("Give a number from 0 to %(last)s.", last=MOST_BEFORE)),
            NumberRange(
                0, MOST_BEFORE, lazy_gettext("Give a number from 0 to %(last)s.", last=MOST_BEFORE)
            ),
        ],
        render_kw={"inputmode": "numeric", "autocomplete": "off"},
    )

    @classmethod
    def of(cls, tell_before: int | None) -> TellingForm:
        """The form with the chosen number, or a suggestion."""
        chosen = SUGGESTED if tell_before is None else tell_before
        return cls(formdata=None, before=chosen)
