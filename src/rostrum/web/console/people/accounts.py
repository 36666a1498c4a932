"""Accounts of staff: adding, changing the role, resetting, signing out, closing."""

from __future__ import annotations

from flask import Blueprint, Response, flash, redirect, request, url_for

from rostrum.actions.staff import accounts as actions
from rostrum.domain.errors import Conflict
from rostrum.domain.staff.accounts import MANAGES_STAFF, Role, Staff
from rostrum.store import sessions
from rostrum.store import staff as store
from rostrum.web.access import get_member
from rostrum.web.addresses import outside_address
from rostrum.web.console.forms.staff import PersonForm, RoleForm
from rostrum.web.context import db, parts
from rostrum.web.forms.base import problems_of
from rostrum.web.language.catalogs import gettext, ngettext, untranslated
from rostrum.web.language.formats import refusal
from rostrum.web.respond import respond

blueprint = Blueprint("people", __name__, url_prefix="/staff/people")

ONE = "/<int(max=999999999):staff_id>"


@blueprint.get("")
def list_people() -> Response:
    """All accounts, and a form to add one."""
    get_member(MANAGES_STAFF)
    return _show_all(PersonForm(formdata=None))


@blueprint.post("")
def add() -> Response:
    """Adds an account and shows, once, the link that sets its password."""
    member = get_member(MANAGES_STAFF)
    form, now = PersonForm(), parts().clock.now()
    if not form.validate():
        return _show_all(form, problems_of(form), 422)
    try:
        role = Role(form.role.data)
        added = actions.add_staff(
            db(), now, member.actor, name=form.name.data, role=role, password=None
        )
    except Conflict as refused:
        return _show_all(form, {"name": refusal(refused)}, 409)
    token = actions.make_link(db(), now, member.actor, added.id)
    return _show(added, link=_address(token))


@blueprint.get(ONE)
def show(staff_id: int) -> Response:
    """One account, and the ways to change it."""
    get_member(MANAGES_STAFF)
    return _show(store.get_staff(db(), staff_id))


@blueprint.post(f"{ONE}/role")
def change_role(staff_id: int) -> Response:
    """Changes the account's role."""
    member = get_member(MANAGES_STAFF)
    form, who = RoleForm(), store.get_staff(db(), staff_id)
    if not form.validate():
        return _show(who, form, problems_of(form), 422)
    now, role = parts().clock.now(), Role(form.role.data)
    try:
        actions.change_role(db(), now, member.actor, staff_id, role)
    except Conflict as refused:
        return _show(who, form, {"role": refusal(refused)}, 409)
    return _on(who, gettext("The role of %(name)s is changed.", name=untranslated(who.name)))


@blueprint.post(f"{ONE}/link")
def reset(staff_id: int) -> Response:
    """Makes a one-time link and shows it, once; nothing changes until it is used."""
    member = get_member(MANAGES_STAFF)
    resets_totp = "authenticator" in request.form
    token = actions.make_link(
        db(), parts().clock.now(), member.actor, staff_id, resets_totp=resets_totp
    )
    return _show(store.get_staff(db(), staff_id), link=_address(token))


@blueprint.post(f"{ONE}/sign-out")
def sign_out(staff_id: int) -> Response:
    """Ends every session of the account."""
    member = get_member(MANAGES_STAFF)
    count = actions.sign_out_everywhere(db(), parts().clock.now(), member.actor, staff_id)
    said = ngettext("%(num)s browser is signed out.", "%(num)s browsers are signed out.", count)
    return _on(store.get_staff(db(), staff_id), said)


@blueprint.post(f"{ONE}/deactivation")
def deactivate(staff_id: int) -> Response:
    """Closes the account."""
    member = get_member(MANAGES_STAFF)
    try:
        who = actions.deactivate(db(), parts().clock.now(), member.actor, staff_id)
    except Conflict as refused:
        found = store.get_staff(db(), staff_id)
        return _show(found, problems={"active": refusal(refused)}, status=409)
    return _on(who, gettext("The account of %(name)s is closed.", name=untranslated(who.name)))


@blueprint.post(f"{ONE}/reactivation")
def reactivate(staff_id: int) -> Response:
    """Opens the account again."""
    member = get_member(MANAGES_STAFF)
    who = actions.reactivate(db(), parts().clock.now(), member.actor, staff_id)
    return _on(who, gettext("The account of %(name)s is open again.", name=untranslated(who.name)))


def _address(token: str) -> str:
    return outside_address().url + url_for("staff_links.show", link_token=token)


def _on(who: Staff, notice: str) -> Response:
    flash(notice)
    return redirect(url_for(".show", staff_id=who.id), 303)


def _show_all(
    form: PersonForm, problems: dict[str, str] | None = None, status: int = 200
) -> Response:
    page = {"people": store.list_staff(db()), "form": form, "problems": problems or {}}
    return respond("console/people/list.html", status=status, **page)


def _show(
    who: Staff,
    form: RoleForm | None = None,
    problems: dict[str, str] | None = None,
    status: int = 200,
    link: str = "",
) -> Response:
    page = {
        "who": who,
        "form": form or RoleForm(formdata=None, data={"role": who.role.value}),
        "problems": problems or {},
        "link": link,
        "count": len(sessions.list_staff_sessions(db(), who.id, parts().clock.now())),
    }
    return respond("console/people/show.html", status=status, **page)
