"""What a delegation prepares before the press: speaker and letter, kept as they are."""

from __future__ import annotations

from flask import Response, make_response, render_template, request

from rostrum.actions.registrations.speakers import keep_fields
from rostrum.domain.debates.lifecycle import check_may_change
from rostrum.domain.errors import RuleBroken
from rostrum.domain.registrations.registration import COUNCIL_MEMBERS_DO_NOT_QUEUE, Draft
from rostrum.domain.registrations.typed import MAX_TYPED, Fields
from rostrum.domain.seen import Seen
from rostrum.web.access import Delegate, get_delegate
from rostrum.web.context import db, parts
from rostrum.web.delegates.details import keep_letter, take_details
from rostrum.web.delegates.page import back_to_page, blueprint, show_page
from rostrum.web.forms.base import SpeakerForm, problems_of
from rostrum.web.language.catalogs import gettext, is_changing_language
from rostrum.web.middleware.body_limits import takes_files


@blueprint.post("/draft")
@takes_files
def save_draft(slug: str, code: str) -> Response:
    """Keeps speaker and letter for the press."""
    delegate = get_delegate(slug, code)
    if is_changing_language():
        form, problems = SpeakerForm() if "name" in request.form else None, keep_letter(delegate)
        return show_page(delegate, form, problems, status=422 if problems else 200)
    taken = take_details(delegate)
    if taken.problems:
        return show_page(delegate, taken.form, taken.problems, status=422)
    return back_to_page(delegate, gettext("Saved."))


@blueprint.put("/draft/typing")
def keep_typing(slug: str, code: str) -> Response:
    """Keeps the fields as somebody types, whatever is in them: a page sends them at each pause."""
    return _keep(get_delegate(slug, code), are_left=False)


@blueprint.put("/draft/fields")
def keep_left(slug: str, code: str) -> Response:
    """Keeps the fields as a page sends them when one is left: what can stand on the list counts
    from now on, and what cannot is told at its field."""
    return _keep(get_delegate(slug, code), are_left=True)


def _keep(delegate: Delegate, *, are_left: bool) -> Response:
    check_may_change(delegate.debate)
    if delegate.is_council_member:
        raise RuleBroken("speaker", COUNCIL_MEMBERS_DO_NOT_QUEUE)
    now = parts().clock.now()
    parts().typing.count((delegate.debate.id, delegate.delegation.id), now)
    form = SpeakerForm()
    form.validate()
    problems, texts = problems_of(form), form.texts
    seen = form.marks or Seen.of(dict.fromkeys(texts, ""))
    good = {name: text for name, text in texts.items() if name not in problems}
    draft = keep_fields(
        db(),
        now,
        delegate.actor,
        delegate.debate,
        delegation_id=delegate.delegation.id,
        fields=Fields(texts, good, seen),
        are_left=are_left,
        page=form.page.data,
    )
    told = seen.told & problems.keys()
    if are_left and draft:
        told |= {name for name in problems.keys() & texts if _is_kept(draft, name, texts[name])}
    form.show(texts, told)
    return make_response(
        render_template(
            "delegates/speakers/_kept.html",
            form=form,
            problems={name: problems[name] for name in told},
            corrected=seen.told - told,
            was_told=seen.told,
            is_kept=draft is not None,
            is_complete=bool(draft and draft.speaker.is_complete and not draft.typed),
        )
    )


def _is_kept(draft: Draft, name: str, text: str) -> bool:
    """Whether the field's problem is this text, kept or too long for that."""
    return draft.typed.get(name) == text or len(text) > MAX_TYPED
