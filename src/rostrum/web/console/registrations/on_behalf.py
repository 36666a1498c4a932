"""Registering a delegation that cannot do so itself."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from flask import Blueprint, Response, flash, redirect, request, url_for

from rostrum.actions.registrations.on_behalf import Entry
from rostrum.actions.registrations.registering import Press, Registered
from rostrum.domain.debates.debate import Debate
from rostrum.domain.delegations.delegation import Delegation, alphabetical_key, is_found
from rostrum.domain.errors import Conflict, RuleBroken
from rostrum.domain.letters.letter import LetterFile
from rostrum.domain.registrations.on_behalf import check_is_free, check_takes_entries
from rostrum.domain.registrations.registration import idempotency_key
from rostrum.domain.staff.accounts import REGISTERS_ON_BEHALF
from rostrum.store import debates, delegations, registrations
from rostrum.store.council import list_council_members
from rostrum.store.drafts import get_draft
from rostrum.web.access import get_member_and_debate
from rostrum.web.console.forms.on_behalf import EntryForm, is_blank
from rostrum.web.context import db, parts, release_db
from rostrum.web.delegates.uploads import discard_unused, read_letter, sent_files
from rostrum.web.delegates.waiting_letters import brought_files, signed_names
from rostrum.web.errors import status_of
from rostrum.web.forms.base import SpeakerForm, problems_of
from rostrum.web.language.catalogs import gettext
from rostrum.web.language.formats import delegation_name, refusal
from rostrum.web.live.blocks import add_live_routes, for_staff, live_block
from rostrum.web.middleware.body_limits import takes_files
from rostrum.web.respond import respond

blueprint = Blueprint("console_on_behalf", __name__, url_prefix="/staff/debates/<slug>/on-behalf")

LONGEST_SEARCH = 80


@dataclass
class Typed:
    """The form as typed, and the letter that came with it."""

    entry: EntryForm
    speaker: SpeakerForm
    files: list[LetterFile] = field(default_factory=list)


def _sought() -> str:
    return request.args.get("q", "")[:LONGEST_SEARCH]


@live_block("console/on_behalf/list.html", "choice_list")
def choice_page(debate_id: int, sought: str) -> dict[str, Any]:
    """Delegations that may be entered, alphabetically: no Council member, none with a place."""
    debate = debates.get_debate_by_id(db(), debate_id)
    held = registrations.list_registrations(db(), debate_id)
    out = {each.delegation_id for each in held if each.is_active}
    out |= {member.delegation.id for member in list_council_members(db(), debate_id)}
    left = [each for each in delegations.list_delegations(db()) if each.id not in out]
    found = [each for each in left if is_found(each, sought)]
    return {
        "debate": debate,
        "sought": sought,
        "refusal": _why_not(debate, is_member=False),
        "count": len(left),
        "found": sorted(found, key=alphabetical_key),
    }


def _why_not(debate: Debate, *, is_member: bool) -> str:
    """Why nobody (or no Council member) can be entered now; empty if they can."""
    try:
        check_takes_entries(debate, is_member, parts().clock.now())
    except RuleBroken as refused:
        return refusal(refused)
    return ""


def may_be_entered(debate: Debate, delegation_id: int) -> bool:
    """Whether staff may enter this delegation now."""
    if registrations.find_active_registration(db(), debate.id, delegation_id):
        return False
    return not _why_not(debate, is_member=debates.is_council_member(db(), debate.id, delegation_id))


@blueprint.get("")
def choose(slug: str) -> Response:
    """The delegations that may be entered."""
    _, debate = get_member_and_debate(slug, REGISTERS_ON_BEHALF)
    values = choice_page(debate.id, _sought())
    return respond("console/on_behalf/list.html", "choice_list", **values)


add_live_routes(blueprint, choice_page, for_staff(REGISTERS_ON_BEHALF, _sought))


@blueprint.get("/delegations/<member_code>")
def show(slug: str, member_code: str) -> Response:
    """A form for one delegation's request; back to the list if none can be accepted."""
    _, debate = get_member_and_debate(slug, REGISTERS_ON_BEHALF)
    who = delegations.get_delegation(db(), member_code)
    check_is_free(registrations.find_active_registration(db(), debate.id, who.id))
    is_member = debates.is_council_member(db(), debate.id, who.id)
    if reason := _why_not(debate, is_member=is_member):
        flash(reason)
        return redirect(url_for(".choose", slug=debate.slug), 303)
    return _show(debate, who, Typed(EntryForm(formdata=None), SpeakerForm(formdata=None)))


@blueprint.post("/delegations/<member_code>")
@takes_files
def enter(slug: str, member_code: str) -> Response:
    """Gives the delegation its number and its place.

    The letter is treated as with a press: stored first, and read after the place is given.
    """
    member, debate = get_member_and_debate(slug, REGISTERS_ON_BEHALF)
    who = delegations.get_delegation(db(), member_code)
    typed = Typed(EntryForm(), SpeakerForm())
    is_prepared = is_blank(typed.speaker) and get_draft(db(), debate.id, who.id).has_speaker
    problems = _take(typed, debate, who, is_prepared=is_prepared)
    if problems:
        return _show(debate, who, typed, _taken_place(debate, who) or problems)
    key = (typed.entry.idempotency_key.data or "")[:64]
    press = Press(debate.id, who.id, key, member.actor)
    said = typed.entry.request(None if is_prepared else typed.speaker.speaker())
    release_db()
    try:
        follows = typed.entry.letter_follows.data
        answer = parts().desk.enter(Entry(press, said, tuple(typed.files), follows))
    except (RuleBroken, Conflict) as refused:
        problems = {getattr(refused, "field", "press"): refusal(refused)}
        return _show(debate, who, typed, problems, status_of(refused))
    return _on(debate, who, answer, typed.files)


def _take(typed: Typed, debate: Debate, who: Delegation, *, is_prepared: bool) -> dict[str, str]:
    """The problems by field, in the order of the page, so that all are said at once; a form that
    lacks nothing but the letter may be one sent twice, which the desk finds out."""
    problems = {} if typed.entry.validate() else problems_of(typed.entry)
    if not is_prepared and not typed.speaker.validate():
        problems |= problems_of(typed.speaker)
    try:
        typed.files = brought_files((debate.id, who.id))
    except RuleBroken as refused:
        problems[refused.field] = refusal(refused)
    is_there = typed.files or typed.entry.letter_follows.data
    if problems and not (is_there or get_draft(db(), debate.id, who.id).letter):
        missing = gettext("Add the letter: a PDF, or photos of its pages.")
        problems.setdefault("letter", missing)
    return problems


def _taken_place(debate: Debate, who: Delegation) -> dict[str, str]:
    """That a colleague was faster, which matters more than what is wrong with the form."""
    try:
        check_is_free(registrations.find_active_registration(db(), debate.id, who.id))
    except Conflict as refused:
        return {"press": refusal(refused)}
    return {}


def _on(debate: Debate, who: Delegation, answer: Registered, files: list[LetterFile]) -> Response:
    """The list as it is now; an unreadable letter has been returned automatically."""
    held, problem = answer.registration, None
    if answer.is_repeat and sent_files():
        discard_unused(files, held.letter)
    elif files and not answer.is_repeat:
        problem = read_letter(held.letter)
    told = {"delegation": delegation_name(who), "place": held.place, "number": held.arrival_number}
    flash(
        gettext("%(delegation)s is on the list: number %(place)s, arrived as %(number)s.", **told)
    )
    if problem:
        flash(gettext("The letter was returned; the place is held: %(problem)s", problem=problem))
    return redirect(url_for("console.list_registrations", slug=debate.slug), 303)


def _show(
    debate: Debate,
    who: Delegation,
    typed: Typed,
    problems: dict[str, str] | None = None,
    status: int = 422,
) -> Response:
    """The form; after a refusal it keeps its attempt, unless the attempt itself was refused."""
    draft, entry = get_draft(db(), debate.id, who.id), typed.entry
    entry.channel.flags.required = True  # or their own words: the page asks for one of the two
    if entry.idempotency_key.data is None or status == status_of(Conflict("")):
        entry.idempotency_key.data = idempotency_key(
            len(registrations.list_used_keys(db(), debate.id, who.id))
        )
    page = {
        "debate": debate,
        "delegation": who,
        "entry": entry,
        "form": typed.speaker,
        "files": typed.files,
        "waiting": signed_names((debate.id, who.id), typed.files),
        "draft": draft,
        "problems": problems or {},
    }
    return respond("console/on_behalf/show.html", status=status if problems else 200, **page)
