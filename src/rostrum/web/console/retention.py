"""Retention of a debate's data; deleting letters and contacts, or the whole debate."""

from __future__ import annotations

from flask import Blueprint, Response, flash, redirect, url_for

from rostrum.actions.retention import Disk, delete_debate, find_remains, purge_debate
from rostrum.domain.debates.debate import Debate
from rostrum.domain.errors import Conflict, RuleBroken
from rostrum.domain.retention.purge import is_due, kept_until, may_purge
from rostrum.domain.sentences import N_
from rostrum.domain.staff.accounts import MANAGES_DEBATES
from rostrum.store.delegations import list_delegations
from rostrum.store.retention import list_purges
from rostrum.web.access import get_member_and_debate
from rostrum.web.console.forms.retention import DeletionForm, PurgeForm
from rostrum.web.context import db, parts
from rostrum.web.errors import status_of
from rostrum.web.forms.base import problems_of
from rostrum.web.language.catalogs import gettext
from rostrum.web.language.formats import refusal
from rostrum.web.offload import offload
from rostrum.web.respond import respond

blueprint = Blueprint("retention", __name__, url_prefix="/staff/debates/<slug>/retention")

IN_USE = N_(
    "The data are deleted. Traces stay in the database file, which is in use: finish later."
)


@blueprint.get("")
def show(slug: str) -> Response:
    """Until when data is kept, and exactly what would be deleted."""
    _, debate = get_member_and_debate(slug, MANAGES_DEBATES)
    return _show(debate)


@blueprint.post("/purge")
def purge(slug: str) -> Response:
    """Deletes letters and contacts; the list stays."""
    member, debate = get_member_and_debate(slug, MANAGES_DEBATES)
    form = PurgeForm()
    if not form.validate():
        return _show(debate, problems_of(form), status=422)
    try:
        is_finished = purge_debate(
            db(),
            parts().clock.now(),
            member.actor,
            debate,
            disk=_disk(),
            seen=form.seen.data or "",
            run=offload,
        )
    except (RuleBroken, Conflict) as refused:
        return _refused(debate, refused)
    flash(gettext("Letters and contacts are deleted.") if is_finished else gettext(IN_USE))
    return redirect(url_for("retention.show", slug=debate.slug), 303)


@blueprint.post("/deletion")
def delete(slug: str) -> Response:
    """Deletes the debate: its letters and contacts, and the debate from every list."""
    member, debate = get_member_and_debate(slug, MANAGES_DEBATES)
    form = DeletionForm()
    if not form.validate():
        return _show(debate, problems_of(form), form, status=422)
    try:
        is_finished = delete_debate(
            db(),
            parts().clock.now(),
            member.actor,
            debate,
            disk=_disk(),
            typed=form.slug.data,
            run=offload,
        )
    except RuleBroken as refused:
        return _refused(debate, refused, form)
    if not is_finished:
        flash(gettext(IN_USE))
        return redirect(url_for("retention.show", slug=debate.slug), 303)
    flash(gettext("The debate %(slug)s is deleted.", slug=debate.slug))
    return redirect(url_for("staff.show"), 303)


def _refused(
    debate: Debate, refused: RuleBroken | Conflict, form: DeletionForm | None = None
) -> Response:
    problems = {getattr(refused, "field", "sure"): refusal(refused)}
    return _show(debate, problems, form, status_of(refused))


def _disk() -> Disk:
    return Disk(parts().files, parts().config.database)


def _show(
    debate: Debate,
    problems: dict[str, str] | None = None,
    deletion: DeletionForm | None = None,
    status: int = 200,
) -> Response:
    now = parts().clock.now()
    remains = find_remains(db(), now, debate, _disk())
    purges = list_purges(db(), debate.id)
    page = {
        "debate": debate,
        "remains": remains,
        "names": {each.code: each for each in list_delegations(db())},
        "until": kept_until(debate),
        "is_due": is_due(debate, now),
        "may_purge": may_purge(debate, now),
        "purges": purges,
        "is_unfinished": any(each.finished_at is None for each in purges),
        "form": PurgeForm(formdata=None, seen=remains.version),
        "deletion": deletion or DeletionForm(formdata=None),
        "problems": problems or {},
    }
    return respond("console/retention/show.html", status=status, **page)
