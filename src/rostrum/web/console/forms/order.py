"""The form for the rule of the order: the policy, the levels, and what a change of them keeps."""

from __future__ import annotations

from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, StringField
from wtforms.validators import DataRequired, Regexp

from rostrum.domain.debates.debate import Debate, OrderPolicy
from rostrum.domain.debates.settings import ORDER_LABELS
from rostrum.domain.order.precedence import LAST_TIER, tiers_of
from rostrum.domain.speakers import LEVEL_LABELS
from rostrum.web.forms.fields import reason_field, select_field, tidy
from rostrum.web.language.catalogs import lazy_gettext


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
