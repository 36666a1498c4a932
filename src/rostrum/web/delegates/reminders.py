"""A phone's reminder: when only a chosen number of speakers are before its delegation."""

from __future__ import annotations

from flask import Blueprint, Response, flash, redirect, request, url_for

from rostrum.actions.access.sessions import choose_telling
from rostrum.web.access import Delegate, get_delegate
from rostrum.web.context import db
from rostrum.web.delegates.page import PAGE, page_values
from rostrum.web.forms.base import problems_of
from rostrum.web.forms.reminders import TellingForm
from rostrum.web.language.catalogs import gettext, is_changing_language
from rostrum.web.respond import respond

blueprint = Blueprint("tellings", __name__, url_prefix="/debates/<slug>/delegations/<code>/telling")


@blueprint.post("")
def save(slug: str, code: str) -> Response:
    """Keeps the number for this phone, or forgets it."""
    delegate = get_delegate(slug, code)
    form, is_off = TellingForm(), "off" in request.form
    if is_changing_language():
        return _show(delegate, form, {}, 200)
    if not is_off and not form.validate():
        return _show(delegate, form, problems_of(form), 422)
    choose_telling(db(), delegate.session, None if is_off else form.before.data)
    flash(gettext("Switched off.") if is_off else gettext("Saved. Keep this page open."))
    return redirect(url_for("registrations.show", slug=slug, code=code), 303)


def _show(delegate: Delegate, form: TellingForm, problems: dict[str, str], status: int) -> Response:
    values = page_values(delegate, problems=problems) | {"telling": form}
    return respond(PAGE, "page_body", status=status, **values)
