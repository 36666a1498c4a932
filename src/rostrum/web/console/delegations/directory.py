"""All delegations that may be invited: names in six languages, basis, contacts."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import replace
from operator import itemgetter

from flask import Blueprint, Response, flash, redirect, request, url_for

from rostrum.actions.delegations.directory import add_delegation, apply_table, edit_delegation
from rostrum.domain.delegations.delegation import Delegation, alphabetical_key, is_found
from rostrum.domain.delegations.table import compare, write_table
from rostrum.domain.errors import Conflict, RuleBroken
from rostrum.domain.journal.kinds import EntryKind
from rostrum.domain.staff.accounts import MANAGES_DELEGATIONS
from rostrum.store.delegations import get_delegation_by_id, list_delegations
from rostrum.store.journal import find_change
from rostrum.web.access import get_member
from rostrum.web.console.forms.delegations import DelegationForm, check_addresses, from_base64
from rostrum.web.console.forms.merging import FindAuthor
from rostrum.web.context import db, parts
from rostrum.web.delegates.list import csv_file
from rostrum.web.errors import status_of
from rostrum.web.forms.base import problems_of
from rostrum.web.language.catalogs import gettext, ngettext
from rostrum.web.language.formats import delegation_name, refusal
from rostrum.web.middleware.body_limits import takes_files
from rostrum.web.respond import respond
from rostrum.web.sent_tables import sent_table

blueprint = Blueprint("console_delegations", __name__, url_prefix="/staff/delegations")

ONE = "/<int(max=999999999):delegation_id>"
LONGEST_SEARCH = 80


@blueprint.get("")
def list_all() -> Response:
    """The delegations that match the search, in English alphabetical order."""
    get_member(MANAGES_DELEGATIONS)
    sought = request.args.get("q", "")[:LONGEST_SEARCH]
    everybody = sorted(list_delegations(db()), key=alphabetical_key)
    page = {"sought": sought, "count": len(everybody)}
    found = [each for each in everybody if is_found(each, sought)]
    return respond("console/delegations/list.html", **page, found=found)


@blueprint.get("/new")
def new_delegation() -> Response:
    """An empty form."""
    get_member(MANAGES_DELEGATIONS)
    return _show(None, DelegationForm(formdata=None))


@blueprint.post("/new")
def add() -> Response:
    """Adds a delegation that does not come with Rostrum."""
    member = get_member(MANAGES_DELEGATIONS)
    form = DelegationForm()
    if not form.validate():
        return _show(None, form, problems_of(form))
    try:
        added = add_delegation(db(), parts().clock.now(), member.actor, form.delegation())
    except RuleBroken as refused:
        return _show(None, form, {refused.field: refusal(refused)})
    flash(gettext("%(delegation)s is added.", delegation=delegation_name(added)))
    return redirect(url_for(".list_all"), 303)


@blueprint.get("/delegations.csv")
def export() -> Response:
    """All delegations with their addresses; the import reads this same file."""
    get_member(MANAGES_DELEGATIONS)
    return csv_file(write_table(list_delegations(db())), "delegations.csv")


@blueprint.get("/import")
def choose_table() -> Response:
    """Asks for a file."""
    get_member(MANAGES_DELEGATIONS)
    return respond("console/delegations/import.html", found=None, text="", problems={})


@blueprint.post("/import")
@takes_files
def preview_table() -> Response:
    """Shows what the file would change; changes nothing yet."""
    get_member(MANAGES_DELEGATIONS)
    try:
        content = sent_table("table")
        found = compare(content, list_delegations(db()))
    except RuleBroken as refused:
        return _show_table(refusal(refused))
    except UnicodeDecodeError:
        return _show_table(gettext("Save the file as CSV in UTF-8, then choose it again."))
    wrong = check_addresses(found.changes)
    found = replace(found, errors=tuple(sorted((*found.errors, *wrong), key=itemgetter(0))))
    page = {"found": found, "text": b64encode(content).decode(), "problems": {}}
    return respond("console/delegations/import.html", status=422 if found.errors else 200, **page)


@blueprint.post("/import/application")
def apply() -> Response:
    """Makes the changes that the preview showed."""
    member = get_member(MANAGES_DELEGATIONS)
    content, seen = from_base64(request.form.get("text", "")), request.form.get("seen", "")
    if check_addresses(compare(content, list_delegations(db())).changes):
        seen = ""
    changes = apply_table(db(), parts().clock.now(), member.actor, content, seen)
    count = len(changes)
    flash(ngettext("%(num)s delegation is changed.", "%(num)s delegations are changed.", count))
    return redirect(url_for(".list_all"), 303)


def _show_table(problem: str) -> Response:
    page = {"found": None, "text": "", "problems": {"table": problem}}
    return respond("console/delegations/import.html", status=422, **page)


@blueprint.get(ONE)
def edit(delegation_id: int) -> Response:
    """A form to change one delegation."""
    get_member(MANAGES_DELEGATIONS)
    delegation = get_delegation_by_id(db(), delegation_id)
    return _show(delegation, DelegationForm.of(delegation))


@blueprint.post(ONE)
def save(delegation_id: int) -> Response:
    """Keeps the changes."""
    member = get_member(MANAGES_DELEGATIONS)
    delegation = get_delegation_by_id(db(), delegation_id)
    form = DelegationForm()
    form.code.data = delegation.code
    form.merge(DelegationForm.of(delegation), _author_of(delegation_id))
    if not form.validate():
        return _show(delegation, form, problems_of(form), form.refused_status)
    changed, seen = form.delegation(delegation.id), delegation.fingerprint
    try:
        saved = edit_delegation(db(), parts().clock.now(), member.actor, changed, seen)
    except Conflict as refused:
        return _show(delegation, form, {"seen": refusal(refused)}, status_of(refused))
    flash(gettext("%(delegation)s is saved.", delegation=delegation_name(saved)))
    return redirect(url_for(".list_all"), 303)


def _author_of(delegation_id: int) -> FindAuthor:
    kinds = (EntryKind.DELEGATION_CHANGED,)
    return lambda _name: find_change(db(), kinds, delegation_id=delegation_id)


def _show(
    delegation: Delegation | None,
    form: DelegationForm,
    problems: dict[str, str] | None = None,
    status: int = 422,
) -> Response:
    page = {"delegation": delegation, "form": form, "problems": problems or {}}
    return respond("console/delegations/edit.html", status=status if problems else 200, **page)
