"""Staff sign in and out."""

from __future__ import annotations

from flask import Blueprint, Response, redirect, request, url_for

from rostrum.actions.sessions import end_session, start_staff_session
from rostrum.actions.staff import is_password
from rostrum.domain.debates import Status
from rostrum.domain.staff import MANAGES_DEBATES, SEES_LIST
from rostrum.store.debates import list_debates
from rostrum.store.retention import list_deleted_debates
from rostrum.store.staff import find_staff
from rostrum.web import cookies
from rostrum.web.access import get_member
from rostrum.web.context import db, parts, release_db
from rostrum.web.forms import SignInForm, problems_of
from rostrum.web.offload import offload
from rostrum.web.respond import respond
from rostrum.web.words import gettext

blueprint = Blueprint("staff", __name__, url_prefix="/staff")


@blueprint.get("")
def show() -> Response:
    """The debates this mission runs."""
    member = get_member(SEES_LIST)
    deleted = list_deleted_debates(db())
    found = [debate for debate in list_debates(db()) if debate.id not in deleted]
    return respond(
        "staff/show.html",
        current=[each for each in found if each.status is not Status.ARCHIVED],
        archived=[each for each in found if each.status is Status.ARCHIVED],
        may_manage=member.staff.role in MANAGES_DEBATES,
    )


@blueprint.get("/sign-in")
def show_sign_in() -> Response:
    """Name and password."""
    return _show_form(SignInForm(formdata=None))


@blueprint.post("/sign-in")
def sign_in() -> Response:
    """Begins a session; the answer never tells whether the name exists."""
    form = SignInForm()
    if not form.validate():
        return _show_form(form, problems_of(form), 422)
    found = find_staff(db(), form.name.data)
    release_db()
    if not offload(is_password, found, form.password.data):
        wrong = gettext("Name and password do not belong together.")
        return _show_form(form, {"password": wrong}, 422)
    cookies.remember_staff(start_staff_session(db(), parts().clock.now(), found))
    return redirect(_inside(request.form.get("next", "")), 303)


@blueprint.post("/sign-out")
def sign_out() -> Response:
    """Ends the session; its cookie is worth nothing from now on."""
    member = get_member(SEES_LIST)
    end_session(db(), parts().clock.now(), member.actor, member.session)
    cookies.forget_staff()
    return redirect(url_for("staff.show_sign_in"), 303)


def _inside(target: str) -> str:
    """A path of the console, whatever was asked for: never an address elsewhere."""
    home = url_for("staff.show")
    is_plain = target.isprintable() and "\\" not in target and "//" not in target
    is_ours = is_plain and target.startswith(f"{home}/")
    return target if is_ours else home


def _show_form(
    form: SignInForm, problems: dict[str, str] | None = None, status: int = 200
) -> Response:
    target = request.values.get("next", "")
    page = {"form": form, "problems": problems or {}, "target": _inside(target)}
    return respond("staff/sign_in.html", status=status, **page)
