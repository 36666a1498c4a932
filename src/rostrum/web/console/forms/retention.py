"""The two confirmations of a deletion."""

from __future__ import annotations

from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, StringField
from wtforms.validators import DataRequired

from rostrum.web.forms.fields import tidy
from rostrum.web.language.catalogs import lazy_gettext


class PurgeForm(FlaskForm):
    """Confirms deleting the letters and contacts of a debate."""

    sure = BooleanField(
        lazy_gettext("Delete this for ever"),
        [DataRequired(lazy_gettext("Tick this to delete."))],
    )
    seen = HiddenField()
    """The `version` of what the page lists."""


class DeletionForm(FlaskForm):
    """Confirms deleting a whole debate."""

    slug = StringField(
        lazy_gettext("Name of the debate in addresses"),
        [DataRequired(lazy_gettext("Type the name to delete the debate."))],
        filters=[tidy],
        render_kw={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"},
    )
