"""The form for an outside address."""

from __future__ import annotations

from flask_wtf import FlaskForm
from wtforms import StringField
from wtforms.validators import DataRequired, Optional

from rostrum.web.forms.fields import MAX_LINE, Fits, tidy
from rostrum.web.language.catalogs import lazy_gettext


class AddressForm(FlaskForm):
    """The address with which links begin."""

    base_url = StringField(
        lazy_gettext("Outside address"),
        [DataRequired(lazy_gettext("Give the address.")), Fits(max=MAX_LINE)],
        filters=[tidy],
        render_kw={
            "type": "url",
            "autocomplete": "off",
            "autocapitalize": "none",
            "spellcheck": "false",
            "dir": "ltr",
        },
    )
    tried = StringField(validators=[Optional()])
    """The address that the person has tried, and says leads here."""
