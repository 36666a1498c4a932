"""The speaker of one Council member, as staff enter it."""

from __future__ import annotations

from flask import Blueprint, Response, flash, redirect, url_for

from rostrum.actions.order.council_speakers import get_member, save_council_speaker
from rostrum.domain.debates.debate import Debate
from rostrum.domain.errors import Conflict
from rostrum.domain.journal.kinds import EntryKind
from rostrum.domain.order.council import Member
from rostrum.domain.staff.accounts import MOVES_PLACES
from rostrum.store.journal import find_change
from rostrum.web.access import get_member_and_debate
from rostrum.web.console.forms.council import CouncilSpeakerForm
from rostrum.web.console.forms.merging import FindAuthor
from rostrum.web.context import db, parts
from rostrum.web.errors import status_of
from rostrum.web.forms.base import problems_of
from rostrum.web.language.catalogs import gettext
from rostrum.web.language.formats import delegation_name, refusal
from rostrum.web.respond import respond

blueprint = Blueprint(
    "council_speakers",
    __name__,
    url_prefix="/staff/debates/<slug>/council/<member_code>/speaker",
)


@blueprint.get("")
def edit(slug: str, member_code: str) -> Response:
    """The speaker as a form."""
    _, debate = get_member_and_debate(slug, MOVES_PLACES)
    member = get_member(db(), debate, member_code)
    return _show(debate, member, CouncilSpeakerForm.of(member))


@blueprint.post("")
def save(slug: str, member_code: str) -> Response:
    """Keeps the speaker as far as it is known."""
    staff, debate = get_member_and_debate(slug, MOVES_PLACES)
    member, form = get_member(db(), debate, member_code), CouncilSpeakerForm()
    form.merge(CouncilSpeakerForm.of(member), _author_of(debate, member))
    if not form.validate():
        return _show(debate, member, form, problems_of(form), form.refused_status)
    now, speaker, seen = parts().clock.now(), form.speaker(), member.speaker_version
    try:
        save_council_speaker(
            db(), now, staff.actor, debate, code=member_code, speaker=speaker, seen=seen
        )
    except Conflict as refused:
        return _show(debate, member, form, {"speaker": refusal(refused)}, status_of(refused))
    flash(gettext("Speaker of %(name)s saved.", name=delegation_name(member.delegation)))
    return redirect(url_for("console_council.show", slug=debate.slug), 303)


def _author_of(debate: Debate, member: Member) -> FindAuthor:
    kinds, about = (EntryKind.COUNCIL_SPEAKER_SAVED,), member.delegation.id
    return lambda _name: find_change(db(), kinds, debate_id=debate.id, delegation_id=about)


def _show(
    debate: Debate,
    member: Member,
    form: CouncilSpeakerForm,
    problems: dict[str, str] | None = None,
    status: int = 200,
) -> Response:
    page = {"debate": debate, "member": member, "form": form, "problems": problems or {}}
    return respond("console/council/speaker.html", status=status, **page)
