"""The settings of a debate: all of them on one page, and a form to change them."""

from __future__ import annotations

from flask import Blueprint, Response, flash, redirect, url_for

from rostrum.actions.debates.settings import change_debate
from rostrum.domain.debates.debate import Debate
from rostrum.domain.debates.lifecycle import may_change
from rostrum.domain.debates.settings import COUNCIL_SIZE
from rostrum.domain.delegations.delegation import LANGUAGES, alphabetical_key
from rostrum.domain.errors import Conflict, RuleBroken
from rostrum.domain.journal.kinds import kinds_shown_on
from rostrum.domain.journal.watched_pages import Page
from rostrum.domain.registrations.pretending import PretendState
from rostrum.domain.staff.accounts import MANAGES_DEBATES
from rostrum.store import (
    concept_notes,
    debates,
    delegations,
    invitations,
    journal,
    pretending,
    rehearsals,
)
from rostrum.web.access import get_member_and_debate
from rostrum.web.console.debates.way import standing_of
from rostrum.web.console.forms.debates import DebateForm, PretendForm, RehearsalForm
from rostrum.web.console.forms.merging import FindAuthor
from rostrum.web.context import db, parts
from rostrum.web.errors import status_of
from rostrum.web.forms.base import problems_of
from rostrum.web.language.catalogs import gettext
from rostrum.web.language.formats import refusal
from rostrum.web.respond import respond

blueprint = Blueprint("console_debates", __name__, url_prefix="/staff/debates/<slug>/settings")


@blueprint.get("")
def show(slug: str) -> Response:
    """All settings of a debate, with links to change them."""
    _, debate = get_member_and_debate(slug, MANAGES_DEBATES)
    return show_settings(debate)


def show_settings(
    debate: Debate, rehearsal: RehearsalForm | None = None, problems: dict[str, str] | None = None
) -> Response:
    """The settings page, with the problems of one of its small forms."""
    members = debates.list_council_members(db(), debate.id)
    everybody = sorted(delegations.list_delegations(db()), key=alphabetical_key)
    page = {
        "debate": debate,
        "phase": debate.phase(parts().clock.now()),
        "standing": standing_of(debate),
        "languages": [language for language in LANGUAGES if language != "en"],
        "members": [each for each in everybody if each.id in members],
        "council_size": COUNCIL_SIZE,
        "invited": len(invitations.list_invitations(db(), debate.id)),
        "note": concept_notes.find_note(db(), debate.id),
        "rehearsals": rehearsals.list_rehearsals(db(), debate.id),
        "original": debate.rehearsal_of and debates.get_debate_by_id(db(), debate.rehearsal_of),
        "rehearsal": rehearsal
        or RehearsalForm(formdata=None, data={"minutes": "10", "pretend": "0"}),
        "pretend": PretendForm(formdata=None),
        "pretending": _pretending(debate),
        "problems": problems or {},
    }
    return respond("console/debates/show.html", status=422 if problems else 200, **page)


def _pretending(debate: Debate) -> dict[str, int]:
    """How many delegations have registered by themselves, and how many are still to come."""
    states = list(pretending.list_states(db(), debate.id).values())
    done = states.count(PretendState.REGISTERED)
    return {"done": done, "to_come": len(states) - done - states.count(PretendState.DROPPED)}


@blueprint.get("/edit")
def edit(slug: str) -> Response:
    """Times, notice and rules as one form; of an archived debate there is only the page to read."""
    _, debate = get_member_and_debate(slug, MANAGES_DEBATES)
    if not may_change(debate):
        return redirect(url_for(".show", slug=slug), 303)
    return _show_form(debate, DebateForm.of(debate))


@blueprint.post("/edit")
def save(slug: str) -> Response:
    """Keeps the changes beside those that others saved meanwhile. The rule of the order is not
    among them: its own page shows first whom a change moves."""
    member, debate = get_member_and_debate(slug, MANAGES_DEBATES)
    form = DebateForm()
    form.order_policy.data = debate.order_policy
    form.merge(DebateForm.of(debate), author_in(debate))
    if not form.validate():
        return _show_form(debate, form, problems_of(form), form.refused_status)
    try:
        changed = change_debate(
            db(),
            parts().clock.now(),
            member.actor,
            changed=form.applied_to(debate),
            seen=debate.version,
            reason=form.reason.data,
            is_sure=form.sure.data,
        )
    except RuleBroken as refused:
        return _show_form(debate, form, {refused.field: refusal(refused)}, 422)
    except Conflict as refused:
        return _show_form(debate, form, {"seen": refusal(refused)}, status_of(refused))
    return back_to_settings(changed, gettext("Saved."))


def author_in(debate: Debate, *, part: str = "") -> FindAuthor:
    """Who last changed a setting of this debate, or this part of its notice."""
    kinds = kinds_shown_on(Page.SETTINGS)
    return lambda name: journal.find_change(db(), kinds, debate_id=debate.id, part=part or name)


def back_to_settings(debate: Debate, notice: str) -> Response:
    """After a change: back to the settings, with a notice about it."""
    flash(notice)
    return redirect(url_for("console_debates.show", slug=debate.slug), 303)


def _show_form(
    debate: Debate, form: DebateForm, problems: dict[str, str] | None = None, status: int = 200
) -> Response:
    page = {"debate": debate, "form": form, "problems": problems or {}, "source": ""}
    return respond("console/debates/edit.html", status=status, **page)
