"""One-time links with which a member of staff sets a password. Looking at one changes nothing."""

from __future__ import annotations

from flask import Blueprint, Response, flash, redirect, url_for

from rostrum.actions.staff.accounts import check_repeated, get_link, hash_password, use_link
from rostrum.domain.errors import RuleBroken
from rostrum.domain.staff.accounts import MIN_PASSWORD_LENGTH
from rostrum.web.console.forms.staff import NewPasswordForm
from rostrum.web.context import db, parts, release_db
from rostrum.web.forms.base import problems_of
from rostrum.web.language.catalogs import gettext, untranslated
from rostrum.web.language.formats import refusal
from rostrum.web.offload import hashing
from rostrum.web.respond import respond

blueprint = Blueprint("staff_links", __name__, url_prefix="/staff/links/<link_token>")


@blueprint.get("")
def show(link_token: str) -> Response:
    """The account, and two fields for its password."""
    return _show(link_token, NewPasswordForm(formdata=None))


@blueprint.post("")
def use(link_token: str) -> Response:
    """Sets the password; the link is used up."""
    get_link(db(), parts().clock.now(), link_token)
    form = NewPasswordForm()
    if not form.validate():
        return _show(link_token, form, problems_of(form))
    release_db()
    try:
        check_repeated(form.password.data, form.repeated.data)
        hashed = hashing("password", hash_password, form.password.data, is_known=True)
    except RuleBroken as refused:
        return _show(link_token, form, {refused.field: refusal(refused)})
    who = use_link(db(), parts().clock.now(), link_token, hashed)
    parts().attempts.forget(who.name)
    flash(gettext("The password is set. Sign in as %(name)s.", name=untranslated(who.name)))
    return redirect(url_for("staff.show_sign_in", name=who.name), 303)


def _show(
    link_token: str, form: NewPasswordForm, problems: dict[str, str] | None = None
) -> Response:
    link, who = get_link(db(), parts().clock.now(), link_token)
    page = {"link": link, "who": who, "link_token": link_token, "length": MIN_PASSWORD_LENGTH}
    status = 422 if problems else 200
    return respond(
        "console/sign_in/link.html", status=status, form=form, problems=problems or {}, **page
    )
