"""Forms about the order of the list: swaps, speaking later, the Council, levels, reinstating."""

from __future__ import annotations

from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, SelectField, StringField
from wtforms.fields import SelectChoice
from wtforms.validators import DataRequired, Regexp

from rostrum.domain.order.precedence import LAST_TIER
from rostrum.domain.speakers import LEVEL_LABELS
from rostrum.web.forms.fields import (
    MAX_REASON,
    Fits,
    VersionedForm,
    place_field,
    reason_field,
    text_field,
    tidy,
)
from rostrum.web.language.catalogs import gettext, lazy_gettext

MAX_ORDER = 4000
"""Characters of a pasted order: 15 long names and their numbers take a quarter of it."""


class LaterForm(FlaskForm):
    """To which place behind its own a delegation goes."""

    place = place_field()


class AskSwapForm(FlaskForm):
    """Whom a delegation asks to change places."""

    other = SelectField(
        lazy_gettext("Swap places with"),
        [DataRequired(lazy_gettext("Choose a delegation."))],
        validate_choice=False,
        default="",
    )

    def offer(self, choices: list[tuple[str, str]]) -> None:
        """Puts the delegations to choose from into the list."""
        first = SelectChoice("", gettext("Choose"))
        self.other.choices = [first, *(SelectChoice(value, text) for value, text in choices)]


class RefusalForm(FlaskForm):
    """Why the mission refuses a swap."""

    reason = reason_field(
        lazy_gettext("Reason both delegations read"),
        lazy_gettext("Say why not: both delegations read this."),
    )


class ReinstatementForm(FlaskForm):
    """Why a place is given back."""

    reason = reason_field(
        lazy_gettext("Reason"),
        lazy_gettext("Say why the place is given back: the journal keeps this."),
    )


class CouncilForm(FlaskForm):
    """The Council's order, a member a line."""

    order = text_field(
        lazy_gettext("Order, a member a line"),
        lazy_gettext("Give the order."),
        rows=15,
        longest=MAX_ORDER,
    )
    seen = HiddenField()


class DrawForm(FlaskForm):
    """How the lot is drawn."""

    presidency_last = BooleanField(lazy_gettext("The presidency speaks last"), default=True)
    seen = HiddenField()


class FurtherForm(FlaskForm):
    """Who makes a further statement."""

    delegation = StringField(
        lazy_gettext("Delegation"),
        [DataRequired(lazy_gettext("Choose a delegation.")), Fits(max=MAX_REASON)],
        filters=[tidy],
        render_kw={"list": "delegations", "autocomplete": "off"},
    )


class LevelsForm(VersionedForm):
    """The tier of each level; a field a level, named `tier_<level>`."""

    @property
    def tiers(self) -> dict[str, int]:
        """Tier by level, after `validate`."""
        return {level: int(self[f"tier_{level}"].data) for level in LEVEL_LABELS}


for _level, _text in LEVEL_LABELS.items():
    _wrong = lazy_gettext("Give a number from 1 to %(last)s.", last=LAST_TIER)
    setattr(
        LevelsForm,
        f"tier_{_level}",
        StringField(
            lazy_gettext(_text),
            [DataRequired(_wrong), Regexp(r"^[1-9]$", message=_wrong)],
            filters=[tidy],
            render_kw={"type": "number", "min": 1, "max": LAST_TIER, "inputmode": "numeric"},
        ),
    )
