"""Which level speaks before which in a debate."""

from __future__ import annotations

from flask import Blueprint, Response, flash, redirect, url_for

from rostrum.actions.order.levels import set_tiers
from rostrum.domain.debates.debate import Debate
from rostrum.domain.errors import Conflict
from rostrum.domain.order.precedence import tiers_of
from rostrum.domain.staff.accounts import MANAGES_DEBATES
from rostrum.web.access import get_member_and_debate
from rostrum.web.context import db, parts
from rostrum.web.errors import status_of
from rostrum.web.forms.base import problems_of
from rostrum.web.forms.order import LevelsForm
from rostrum.web.language.catalogs import gettext, ngettext
from rostrum.web.language.formats import refusal
from rostrum.web.respond import respond

blueprint = Blueprint("console_levels", __name__, url_prefix="/staff/debates/<slug>/levels")


@blueprint.get("")
def show(slug: str) -> Response:
    """The table of levels."""
    _, debate = get_member_and_debate(slug, MANAGES_DEBATES)
    tiers = {f"tier_{level}": str(tier) for level, tier in tiers_of(debate).items()}
    return _show(debate, LevelsForm(formdata=None, data=tiers | {"version": str(debate.version)}))


@blueprint.post("")
def save(slug: str) -> Response:
    """Writes the table; if levels decide the order, the list follows at once."""
    member, debate = get_member_and_debate(slug, MANAGES_DEBATES)
    form = LevelsForm()
    if not form.validate():
        return _show(debate, form, problems_of(form), 422)
    try:
        moved = set_tiers(
            db(),
            parts().clock.now(),
            member.actor,
            debate,
            tiers=form.tiers,
            seen=form.seen_version,
        )
    except Conflict as refused:
        form.version.data = str(debate.version)
        return _show(debate, form, {"version": refusal(refused)}, status_of(refused))
    changed = ngettext("%(num)s place changed.", "%(num)s places changed.", moved)
    flash(f"{gettext('Saved.')} {changed}" if moved else gettext("Saved."))
    return redirect(url_for("console_order.show", slug=debate.slug), 303)


def _show(
    debate: Debate, form: LevelsForm, problems: dict[str, str] | None = None, status: int = 200
) -> Response:
    page = {"debate": debate, "form": form, "problems": problems or {}}
    return respond("console/levels/show.html", status=status, **page)
