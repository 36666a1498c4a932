"""Registering a delegation that cannot do so itself."""

from __future__ import annotations

from contextlib import nullcontext

from flask import Blueprint, Response, flash, redirect, request, url_for

from rostrum.actions.on_behalf import Entry
from rostrum.actions.registrations import Press, Registered
from rostrum.domain.debates import Debate
from rostrum.domain.delegations import Delegation
from rostrum.domain.errors import Conflict, RuleBroken
from rostrum.domain.on_behalf import Request, check_is_free
from rostrum.domain.registrations import idempotency_key
from rostrum.domain.staff import REGISTERS_ON_BEHALF
from rostrum.store.debates import is_council_member
from rostrum.store.delegations import get_delegation
from rostrum.store.drafts import get_draft
from rostrum.store.registrations import find_active_registration, list_used_keys
from rostrum.web.access import Member, get_member_and_debate
from rostrum.web.context import db, parts, release_db
from rostrum.web.errors import status_of
from rostrum.web.formats import delegation_name, refusal
from rostrum.web.forms import SpeakerForm, problems_of
from rostrum.web.forms_on_behalf import EntryForm, is_blank
from rostrum.web.live import state, stream
from rostrum.web.on_behalf import choice_page, why_not
from rostrum.web.respond import respond
from rostrum.web.uploads import discard_unused, read_letter, sent_files, stored_files
from rostrum.web.words import gettext

blueprint = Blueprint("console_on_behalf", __name__, url_prefix="/staff/debates/<slug>/on-behalf")

LONGEST_SEARCH = 80


def _sought() -> str:
    return request.args.get("q", "")[:LONGEST_SEARCH]


@blueprint.get("")
def choose(slug: str) -> Response:
    """Who may be entered."""
    _, debate = get_member_and_debate(slug, REGISTERS_ON_BEHALF)
    values = choice_page(debate.id, _sought())
    return respond("console/on_behalf/list.html", "choice_list", **values)


@blueprint.get("/stream")
def listen(slug: str) -> Response:
    """The same, pushed."""
    member, debate = get_member_and_debate(slug, REGISTERS_ON_BEHALF)
    return stream(("on behalf", debate.id, _sought()), member.session)


@blueprint.get("/state")
def poll(slug: str) -> Response:
    """The same once."""
    _, debate = get_member_and_debate(slug, REGISTERS_ON_BEHALF)
    return state(("on behalf", debate.id, _sought()))


@blueprint.get("/delegations/<member_code>")
def show(slug: str, member_code: str) -> Response:
    """A form for the request of one delegation; the way back where none can be taken."""
    _, debate = get_member_and_debate(slug, REGISTERS_ON_BEHALF)
    who = get_delegation(db(), member_code)
    check_is_free(find_active_registration(db(), debate.id, who.id))
    is_member = is_council_member(db(), debate.id, who.id)
    if reason := why_not(debate, is_member=is_member):
        flash(reason)
        return redirect(url_for(".choose", slug=debate.slug), 303)
    return _show(debate, who, EntryForm(formdata=None), SpeakerForm(formdata=None))


@blueprint.post("/delegations/<member_code>")
def enter(slug: str, member_code: str) -> Response:
    """Gives the delegation its number and its place.

    The letter is taken as that of a press: stored, and read after the place is given.
    """
    member, debate = get_member_and_debate(slug, REGISTERS_ON_BEHALF)
    who = get_delegation(db(), member_code)
    form, speaker = EntryForm(), SpeakerForm()
    is_prepared = is_blank(speaker) and get_draft(db(), debate.id, who.id).speaker.is_complete
    if problems := _problems(form, None if is_prepared else speaker):
        return _show(debate, who, form, speaker, problems)
    said = Request(
        form.channel.data,
        form.reason.data,
        form.received_at.instant,
        None if is_prepared else speaker.speaker(),
    )
    try:
        answer = _enter(member, debate, who, form, said)
    except (RuleBroken, Conflict) as refused:
        problems = {getattr(refused, "field", "press"): refusal(refused)}
        return _show(debate, who, form, speaker, problems, status_of(refused))
    return _on(debate, who, answer)


def _problems(form: EntryForm, speaker: SpeakerForm | None) -> dict[str, str]:
    """What is wrong by field, in the order of the page."""
    problems = {} if form.validate() else problems_of(form)
    if speaker is not None and not speaker.validate():
        problems |= problems_of(speaker)
    if problems and sent_files():
        problems["letter"] = gettext("Choose the letter again: a page cannot keep a file.")
    return problems


def _enter(
    member: Member, debate: Debate, who: Delegation, form: EntryForm, said: Request
) -> Registered:
    sent = sent_files()
    press = Press(debate.id, who.id, (form.idempotency_key.data or "")[:64], member.actor)
    release_db()
    with stored_files(sent) if sent else nullcontext([]) as files:
        answer = parts().desk.enter(Entry(press, said, tuple(files)))
        discard_unused(files, answer.registration.letter)
    return answer


def _on(debate: Debate, who: Delegation, answer: Registered) -> Response:
    """The list as it is now; a letter that nobody can read went back by itself."""
    held = answer.registration
    is_unread = sent_files() and not answer.is_repeat
    problem = read_letter(debate, held.letter) if is_unread else None
    told = {"delegation": delegation_name(who), "place": held.place, "number": held.arrival_number}
    flash(
        gettext("%(delegation)s is on the list: number %(place)s, arrived as %(number)s.", **told)
    )
    if problem:
        flash(gettext("The letter went back, the place is held: %(problem)s", problem=problem))
    return redirect(url_for("console.list_registrations", slug=debate.slug), 303)


def _show(
    debate: Debate,
    who: Delegation,
    form: EntryForm,
    speaker: SpeakerForm,
    problems: dict[str, str] | None = None,
    status: int = 422,
) -> Response:
    """The form; one that was refused keeps its attempt, unless that is what was refused."""
    draft = get_draft(db(), debate.id, who.id)
    form.channel.flags.required = True  # or else their own words: the page asks for one of the two
    if form.idempotency_key.data is None or status == status_of(Conflict("")):
        form.idempotency_key.data = idempotency_key(len(list_used_keys(db(), debate.id, who.id)))
    page = {
        "debate": debate,
        "delegation": who,
        "entry": form,
        "form": speaker,
        "has_speaker": draft.speaker.is_complete,
        "has_letter": draft.letter is not None,
        "problems": problems or {},
    }
    return respond("console/on_behalf/show.html", status=status if problems else 200, **page)
