"""A member of staff's own account: the password, and the browsers that are signed in."""

from __future__ import annotations

from flask import Blueprint, Response, flash, redirect, request, url_for

from rostrum.actions.staff import accounts as actions
from rostrum.domain.errors import NotFound, RuleBroken
from rostrum.domain.staff.accounts import MIN_PASSWORD_LENGTH, SEES_LIST
from rostrum.store import sessions
from rostrum.store.totp import count_recovery_codes
from rostrum.web.access import Member, get_member
from rostrum.web.console.forms.staff import ChangePasswordForm
from rostrum.web.console.people.proofs import prove_again
from rostrum.web.context import db, parts, release_db
from rostrum.web.errors import status_of
from rostrum.web.forms.base import problems_of
from rostrum.web.language.catalogs import gettext, ngettext
from rostrum.web.language.formats import refusal
from rostrum.web.offload import hashing
from rostrum.web.respond import respond

blueprint = Blueprint("account", __name__, url_prefix="/staff/account")


@blueprint.get("")
def show() -> Response:
    """The account of the signed-in member of staff."""
    return _show(get_member(SEES_LIST), ChangePasswordForm(formdata=None))


@blueprint.post("/password")
def change_password() -> Response:
    """Sets a new password; other browsers of this account are signed out."""
    member, form = get_member(SEES_LIST), ChangePasswordForm()
    if not form.validate():
        return _show(member, form, problems_of(form), 422)
    try:
        prove_again(member, form.old.data)
        actions.check_repeated(form.password.data, form.repeated.data)
        hashed = hashing("password", actions.hash_password, form.password.data, is_known=True)
    except RuleBroken as refused:
        return _show(member, form, {refused.field: refusal(refused)}, status_of(refused))
    release_db()
    actions.change_password(
        db(),
        parts().clock.now(),
        member.actor,
        staff=member.staff,
        session_id=member.session.id,
        password_hash=hashed,
    )
    flash(gettext("The password is changed. Your other browsers are signed out."))
    return redirect(url_for(".show"), 303)


@blueprint.post("/sessions")
def end_sessions() -> Response:
    """Signs out one other browser, or all of them."""
    member = get_member(SEES_LIST)
    only = request.form.get("session", type=int)
    if "session" in request.form and not 0 < (only or 0) < 1 << 31:
        raise NotFound
    count = actions.end_own_sessions(
        db(),
        parts().clock.now(),
        member.actor,
        staff=member.staff,
        own=member.session.id,
        only=only,
    )
    said = ngettext("%(num)s browser is signed out.", "%(num)s browsers are signed out.", count)
    flash(said if count else gettext("No other browser is signed in."))
    return redirect(url_for(".show"), 303)


def _show(
    member: Member,
    form: ChangePasswordForm,
    problems: dict[str, str] | None = None,
    status: int = 200,
) -> Response:
    now = parts().clock.now()
    page = {
        "who": member.staff,
        "own": member.session,
        "browsers": sessions.list_staff_sessions(db(), member.staff.id, now),
        "codes_left": count_recovery_codes(db(), member.staff.id),
        "length": MIN_PASSWORD_LENGTH,
    }
    return respond(
        "console/account/show.html", status=status, form=form, problems=problems or {}, **page
    )
