"""Trying the button before the opening: goes the way of a press, and registers nobody."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask import Blueprint, Response, flash, redirect, request, url_for

from rostrum.domain.errors import RuleBroken
from rostrum.domain.registrations.trials import Trial, trial_of, tries_end
from rostrum.store.registrations import find_active_registration
from rostrum.web.access import Delegate, get_delegate
from rostrum.web.context import db, parts
from rostrum.web.language.catalogs import gettext
from rostrum.web.language.formats import gap, refusal, when_exactly
from rostrum.web.respond import respond

PAGE = "delegates/trials/show.html"
blueprint = Blueprint("trials", __name__, url_prefix="/debates/<slug>/delegations/<code>/trial")


@blueprint.get("")
def show(slug: str, code: str) -> Response:
    """A button to try, or why there is none."""
    return _show(get_delegate(slug, code))


@blueprint.post("")
def press(slug: str, code: str) -> Response:
    """Says when the trial press arrived; reads, and writes nothing."""
    now = parts().clock.now()
    delegate = get_delegate(slug, code)
    if _trial(delegate, now) is not Trial.OFFERED:
        return _show(delegate, status=409)
    try:
        parts().tries.count(delegate.session.id, now)
    except RuleBroken as refused:
        return _show(delegate, status=422, problems={refused.field: refusal(refused)})
    if request.htmx:
        return _show(delegate, arrived=now)
    arrived = gettext("Your trial press arrived %(when)s.", when=when_exactly(now, now))
    flash(f"{arrived}{gap()}{gettext('You are not registered.')}")
    return redirect(url_for(".show", slug=slug, code=code), 303)


def _show(delegate: Delegate, *, status: int = 200, **told: Any) -> Response:
    now, debate = parts().clock.now(), delegate.debate
    page = {
        "debate": debate,
        "delegation": delegate.delegation,
        "trial": _trial(delegate, now),
        "until": tries_end(debate),
        "arrived": None,
        "problems": {},
    }
    return respond(PAGE, "trial", status=status, **page | told)


def _trial(delegate: Delegate, now: datetime) -> Trial:
    debate = delegate.debate
    held = find_active_registration(db(), debate.id, delegate.delegation.id)
    awaits_press = held is None and not delegate.is_council_member
    return trial_of(debate, now, awaits_press=awaits_press)
