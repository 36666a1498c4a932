"""Forms that change the whole order: its rule, and an order in a file."""

from __future__ import annotations

from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, StringField
from wtforms.validators import AnyOf, DataRequired, Optional, Regexp

from rostrum.domain.debates.debate import Debate, OrderPolicy
from rostrum.domain.debates.settings import ORDER_LABELS
from rostrum.domain.order.precedence import LAST_TIER, tiers_of
from rostrum.domain.speakers import LEVEL_LABELS
from rostrum.web.forms.fields import reason_field, select_field, tidy
from rostrum.web.language.catalogs import gettext, lazy_gettext

TAKEN = ("numbers", "rows")


class RuleForm(FlaskForm):
    """The policy and the tier of each level; one field per level, named `tier_<level>`."""

    order_policy = select_field(lazy_gettext("Order of the list"), ORDER_LABELS)
    keeps = BooleanField(lazy_gettext("Moves, swaps and wishes to speak later keep their numbers"))
    reason = reason_field(lazy_gettext("Reason the delegations read"), rows=2)
    seen = HiddenField()
    """The version of the `RuleChange` that the page shows; empty until it showed one."""

    @classmethod
    def of(cls, debate: Debate) -> RuleForm:
        """The form filled from a debate."""
        tiers = {f"tier_{level}": str(tier) for level, tier in tiers_of(debate).items()}
        return cls(formdata=None, data=tiers | {"order_policy": debate.order_policy, "keeps": True})

    @property
    def policy(self) -> OrderPolicy:
        """The policy, after `validate`."""
        return OrderPolicy(self.order_policy.data)

    @property
    def tier_names(self) -> list[str]:
        """The names of the fields of the table."""
        return [f"tier_{level}" for level in LEVEL_LABELS]

    @property
    def tiers(self) -> dict[str, int]:
        """Tier by level, after `validate`."""
        return {level: int(self[f"tier_{level}"].data) for level in LEVEL_LABELS}


class OrderSheetForm(FlaskForm):
    """The orders that a file gives, as a preview carries them, and why the list gets one of them.

    All three orders are `written_order`: the list that the page showed, and the file's two.
    """

    seen = HiddenField()
    by_rows = HiddenField()
    by_numbers = HiddenField()
    taken = StringField(lazy_gettext("The order that counts"), [Optional(), AnyOf(TAKEN)])
    reason = reason_field(
        lazy_gettext("Reason the delegations read"),
        lazy_gettext("Say why: every delegation that moves reads this."),
        rows=2,
    )

    @property
    def is_disputed(self) -> bool:
        """Whether rows and numbers say different orders."""
        return self.by_rows.data != self.by_numbers.data

    @property
    def orders(self) -> dict[str, str]:
        """The orders to choose from, by their name in `taken`."""
        names = TAKEN if self.is_disputed else TAKEN[-1:]
        return {name: self[f"by_{name}"].data or "" for name in names}

    @property
    def wanted(self) -> str:
        """The order that was chosen, after `validate`."""
        return self.orders.get(self.taken.data or TAKEN[-1], "")

    def validate(self, **extra: object) -> bool:
        """Also refuses to choose between two orders by itself."""
        is_good = super().validate(**extra)
        if self.is_disputed and not self.taken.data:
            self.taken.errors = [gettext("Choose which of the two orders counts.")]
            return False
        return is_good


for _level, _text in LEVEL_LABELS.items():
    _wrong = lazy_gettext("Give a number from 1 to %(last)s.", last=LAST_TIER)
    setattr(
        RuleForm,
        f"tier_{_level}",
        StringField(
            lazy_gettext(_text),
            [DataRequired(_wrong), Regexp(r"^[1-9]$", message=_wrong)],
            filters=[tidy],
            render_kw={"type": "number", "min": 1, "max": LAST_TIER, "inputmode": "numeric"},
        ),
    )
