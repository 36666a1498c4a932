"""Forms about the order of the list: swaps, speaking later, the Council, reinstating."""

from __future__ import annotations

from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, SelectField, StringField
from wtforms.fields import SelectChoice
from wtforms.validators import DataRequired

from rostrum.web.forms.fields import (
    MAX_REASON,
    Fits,
    place_field,
    reason_field,
    text_field,
    tidy,
)
from rostrum.web.language.catalogs import gettext, lazy_gettext

MAX_ORDER = 4000
"""Characters of a pasted order: 15 long names with their numbers take a quarter of this."""


class LaterForm(FlaskForm):
    """The place behind its own to which a delegation moves."""

    place = place_field()


class AskSwapForm(FlaskForm):
    """The delegation that is asked to swap places."""

    other = SelectField(
        lazy_gettext("Swap places with"),
        [DataRequired(lazy_gettext("Choose a delegation."))],
        validate_choice=False,
        default="",
        render_kw={"translate": "no"},
    )

    def offer(self, choices: list[tuple[str, str]]) -> None:
        """Fills the list with the delegations to choose from."""
        first = SelectChoice("", gettext("Choose"))
        self.other.choices = [first, *(SelectChoice(value, text) for value, text in choices)]


class RefusalForm(FlaskForm):
    """The mission's reason for refusing a swap."""

    reason = reason_field(
        lazy_gettext("Reason both delegations read"),
        lazy_gettext("Say why not: both delegations read this."),
    )


class ReinstatementForm(FlaskForm):
    """The reason for reinstating a place."""

    reason = reason_field(
        lazy_gettext("Reason the delegation reads"),
        lazy_gettext("Say why the place is given back: the delegation reads this."),
    )


class CouncilForm(FlaskForm):
    """The Council's order, one member per line."""

    order = text_field(
        lazy_gettext("Order, a member a line"),
        lazy_gettext("Give the order."),
        rows=15,
        longest=MAX_ORDER,
    )
    is_draw = BooleanField()
    seen = HiddenField()


class DrawForm(FlaskForm):
    """How to draw the lot."""

    presidency_last = BooleanField(lazy_gettext("The presidency speaks last"), default=True)
    replaces = BooleanField()
    seen = HiddenField()


class AdjustForm(FlaskForm):
    """How to adjust the order for protocol; `levels` is the `levels_version` of the page."""

    presidency_last = BooleanField()
    levels = HiddenField()


class FurtherForm(FlaskForm):
    """The delegation that makes a further statement."""

    delegation = StringField(
        lazy_gettext("Delegation"),
        [DataRequired(lazy_gettext("Choose a delegation.")), Fits(max=MAX_REASON)],
        filters=[tidy],
        render_kw={"list": "delegations", "autocomplete": "off"},
    )
