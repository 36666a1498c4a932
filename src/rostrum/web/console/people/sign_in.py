"""How staff sign in and out."""

from __future__ import annotations

from flask import Response, redirect, request, url_for

from rostrum.actions.access.sessions import end_session
from rostrum.domain.errors import RuleBroken
from rostrum.domain.staff.accounts import SEES_LIST
from rostrum.web import signed_in
from rostrum.web.access import get_member
from rostrum.web.console.forms.staff import CodeForm, RecoveryForm
from rostrum.web.console.home import blueprint
from rostrum.web.console.people.proofs import (
    half_signed_in,
    let_in,
    prove_code,
    prove_password,
    prove_recovery_code,
)
from rostrum.web.context import db, parts
from rostrum.web.errors import status_of
from rostrum.web.forms.base import SignInForm, problems_of
from rostrum.web.language.formats import refusal
from rostrum.web.respond import respond


@blueprint.get("/sign-in")
def show_sign_in() -> Response:
    """Asks for name and password; after a one-time link, the name is already filled in."""
    return _show_form(SignInForm(formdata=None, name=request.args.get("name")))


@blueprint.post("/sign-in")
def sign_in() -> Response:
    """Checks the password; the answer never reveals whether the name exists."""
    form = SignInForm()
    if not form.validate():
        return _show_form(form, problems_of(form), 422)
    try:
        found = prove_password(form.name.data, form.password.data)
    except RuleBroken as refused:
        return _show_form(form, {refused.field: refusal(refused)}, status_of(refused))
    target = _inside(request.form.get("next", ""))
    if let_in(found):
        return redirect(target, 303)
    return redirect(url_for("staff.show_code", next=target), 303)


@blueprint.get("/sign-in/code")
def show_code() -> Response:
    """Asks for the authenticator's code, after the password."""
    if half_signed_in() is None:
        return redirect(url_for("staff.show_sign_in"), 303)
    return _show_code()


@blueprint.post("/sign-in/code")
def take_code() -> Response:
    """Begins a session by the code, or by a recovery code."""
    found = half_signed_in()
    if found is None:
        return redirect(url_for("staff.show_sign_in"), 303)
    is_recovery = "recovery_code" in request.form
    form = RecoveryForm() if is_recovery else CodeForm()
    if not form.validate():
        return _show_code(problems_of(form), 422)
    try:
        if is_recovery:
            prove_recovery_code(found, form.recovery_code.data)
        else:
            prove_code(found, form.code.data)
    except RuleBroken as refused:
        return _show_code({refused.field: refusal(refused)}, status_of(refused))
    return redirect(_inside(request.form.get("next", "")), 303)


@blueprint.post("/sign-out")
def sign_out() -> Response:
    """Ends the session; its cookie stops working."""
    member = get_member(SEES_LIST, before_set_up=True)
    end_session(db(), parts().clock.now(), member.actor, member.session)
    signed_in.forget_staff()
    return redirect(url_for("staff.show_sign_in"), 303)


def _inside(target: str) -> str:
    """A path within the console, whatever was asked for: never an address elsewhere."""
    home = url_for("staff.show")
    is_plain = target.isprintable() and "\\" not in target and "//" not in target
    is_ours = is_plain and target.startswith(f"{home}/")
    return target if is_ours else home


def _show_form(
    form: SignInForm, problems: dict[str, str] | None = None, status: int = 200
) -> Response:
    target = request.values.get("next", "")
    page = {"form": form, "problems": problems or {}, "target": _inside(target)}
    return respond("console/sign_in/sign_in.html", status=status, **page)


def _show_code(problems: dict[str, str] | None = None, status: int = 200) -> Response:
    target = _inside(request.values.get("next", ""))
    forms = {"form": CodeForm(formdata=None), "recovery": RecoveryForm(formdata=None)}
    page = {"problems": problems or {}, "target": target}
    return respond("console/sign_in/code.html", status=status, **forms, **page)
