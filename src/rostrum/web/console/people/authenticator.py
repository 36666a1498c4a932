"""A member of staff's own second factor: set up, renew recovery codes, remove."""

from __future__ import annotations

import segno
from flask import Blueprint, Response, current_app, flash, redirect, url_for
from markupsafe import Markup

from rostrum.actions.access.attempts import proof
from rostrum.actions.staff.totp import next_secret, remove_totp, renew_recovery_codes, set_up_totp
from rostrum.domain.errors import Conflict, RuleBroken
from rostrum.domain.sentences import N_
from rostrum.domain.staff.accounts import SEES_LIST, Staff
from rostrum.domain.staff.totp import totp_address
from rostrum.store.totp import count_recovery_codes
from rostrum.web.access import Member, get_member
from rostrum.web.console.forms.staff import CodeForm, OldPasswordForm
from rostrum.web.console.people.proofs import prove_again
from rostrum.web.context import db, parts
from rostrum.web.errors import status_of
from rostrum.web.forms.base import problems_of
from rostrum.web.language.catalogs import gettext
from rostrum.web.language.formats import refusal
from rostrum.web.respond import respond

blueprint = Blueprint("authenticator", __name__, url_prefix="/staff/account/authenticator")


@blueprint.get("")
def show() -> Response:
    """The QR code to set up a second factor, or, if there is one, the ways to change it."""
    return _show(get_member(SEES_LIST, before_set_up=True).staff)


@blueprint.post("")
def set_up() -> Response:
    """Turns the authenticator on and shows the recovery codes, once."""
    member, form = get_member(SEES_LIST, before_set_up=True), CodeForm()
    if member.staff.has_totp:
        raise Conflict(N_("An authenticator is set up already."))
    if not form.validate():
        return _show(member.staff, problems_of(form), 422)
    now, attempts = parts().clock.now(), parts().attempts
    proving = proof("set up", member.staff.name, str(member.session.id))
    try:
        attempts.begin(proving, "code", now)
        codes = set_up_totp(
            db(),
            now,
            member.actor,
            secret_key=current_app.secret_key,
            staff_id=member.staff.id,
            code=form.code.data,
        )
    except RuleBroken as refused:
        return _show(member.staff, {refused.field: refusal(refused)}, status_of(refused))
    attempts.succeed(proving)
    return _show_codes(codes)


@blueprint.post("/recovery-codes")
def renew_codes() -> Response:
    """Makes new recovery codes and shows them, once."""
    member = _with_totp()
    if refused := _unproved(member):
        return refused
    now = parts().clock.now()
    return _show_codes(renew_recovery_codes(db(), now, member.actor, member.staff.id))


@blueprint.post("/removal")
def remove() -> Response:
    """Removes the authenticator, so that another phone can replace it."""
    member = _with_totp()
    if refused := _unproved(member):
        return refused
    remove_totp(db(), parts().clock.now(), member.actor, member.staff.id)
    flash(gettext("The authenticator is taken away. Set up the new one now."))
    return redirect(url_for(".show"), 303)


def _unproved(member: Member) -> Response | None:
    """The page again after a wrong password; None after a right one."""
    form = OldPasswordForm()
    if not form.validate():
        return _show(member.staff, problems_of(form), 422)
    try:
        prove_again(member, form.old.data)
    except RuleBroken as refused:
        return _show(member.staff, {refused.field: refusal(refused)}, status_of(refused))
    return None


def _with_totp() -> Member:
    member = get_member(SEES_LIST)
    if not member.staff.has_totp:
        raise Conflict(N_("No authenticator is set up."))
    return member


def _show_codes(codes: list[str]) -> Response:
    return respond("console/account/codes.html", codes=codes)


def _show(who: Staff, problems: dict[str, str] | None = None, status: int = 200) -> Response:
    secret = "" if who.has_totp else next_secret(current_app.secret_key, who)
    address = totp_address(secret, who.name) if secret else ""
    page = {
        "who": who,
        "problems": problems or {},
        "secret": " ".join(secret[at : at + 4] for at in range(0, len(secret), 4)),
        "address": address,
        "picture": _picture(address) if address else "",
        "codes_left": count_recovery_codes(db(), who.id),
        "form": CodeForm(formdata=None),
        "old": OldPasswordForm(formdata=None),
    }
    return respond("console/account/authenticator.html", status=status, **page)


def _picture(address: str) -> Markup:
    """The address as a QR code, as SVG for the page."""
    options = {"border": 2, "omitsize": True, "dark": "#000", "svgclass": None, "lineclass": None}
    code = segno.make(address, micro=False)
    return Markup(code.svg_inline(**options))  # noqa: S704  segno's own
