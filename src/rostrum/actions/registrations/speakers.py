"""Saving the speaker, whole or field by field: in the draft before the press, in the registration
after it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from rostrum.actions.journal import Event, record
from rostrum.actions.order.places import follow_level
from rostrum.domain.actors import Actor
from rostrum.domain.debates.debate import Debate
from rostrum.domain.debates.lifecycle import check_may_prepare
from rostrum.domain.errors import Conflict
from rostrum.domain.journal.chain import canonical_json
from rostrum.domain.journal.kinds import EntryKind
from rostrum.domain.letters.letter import LetterState
from rostrum.domain.registrations.registration import (
    OVERTAKEN,
    Draft,
    Registration,
    check_version,
)
from rostrum.domain.registrations.typed import (
    Fields,
    is_overtaken,
    left_over,
    merged,
    with_fields,
)
from rostrum.domain.seen import Seen
from rostrum.domain.speakers import Speaker
from rostrum.store import drafts, letters, registrations
from rostrum.store.database import writing
from rostrum.store.journal import list_last_entries

READ_IN_THE_LETTER = ("title", "name", "functional_title", "level", "on_behalf_of")
"""Fields that staff compare with the letter: if one changes, they must check the letter again."""

LETTER_MAY_DIFFER = "letter_may_differ"
"""The fact of a change in one of these fields after the press."""


def save_speaker(
    db: Database,
    now: datetime,
    actor: Actor,
    debate: Debate,
    *,
    delegation_id: int,
    speaker: Speaker,
    version: int,
    page: str = "",
    seen: Seen | None = None,
    is_last: bool = False,
) -> None:
    """Writes the speaker into the registration, or else the draft; the place never changes.

    `version` is the one that the page showed: Conflict if another phone was faster. With `seen`,
    fields that the page left as it showed them keep their present values, and only a field that
    both changed is a conflict; with `is_last`, not even that one in a draft. `page` names the
    page: if it saved the newer version itself and lost the answer, the change is not refused.
    Saving without any change writes nothing.
    """
    check_may_prepare(debate)
    with writing(db):
        held = registrations.find_active_registration(db, debate.id, delegation_id)
        details = held or drafts.get_draft(db, debate.id, delegation_id)
        sent, texts = speaker, {} if held else details.typed
        if seen:
            speaker = merged(details.speaker, sent, seen, texts)
        is_good = is_last and not held
        if not (is_good or speaker == details.speaker or _is_of_page(db, details, page)):
            _check_not_overtaken(details, sent, version, seen)
        if held:
            _correct_if_changed(db, now, actor, debate, held=held, speaker=speaker, page=page)
        else:
            typed = texts if seen is None else left_over(details, sent, seen)
            kept = replace(details, speaker=speaker, typed=typed)
            _keep(db, now, actor, draft=details, kept=kept, page=page)


def keep_fields(
    db: Database,
    now: datetime,
    actor: Actor,
    debate: Debate,
    *,
    delegation_id: int,
    fields: Fields,
    are_left: bool,
    page: str,
) -> Draft | None:
    """Keeps what is typed into the draft, field by field (`with_fields`), valid or not.

    The journal tells the speaker once it is complete; what is typed later it tells with the next
    save or the press. Nothing is written for a delegation with a place (returns None), or without
    any change.
    """
    check_may_prepare(debate)
    with writing(db):
        if registrations.find_active_registration(db, debate.id, delegation_id):
            return None
        draft = drafts.get_draft(db, debate.id, delegation_id)
        kept = with_fields(draft, fields, are_left=are_left)
        if kept.speaker.is_complete and not draft.speaker.is_complete:
            _keep(db, now, actor, draft=draft, kept=kept, page=page)
        elif kept != draft:
            is_news = kept.speaker.is_complete and kept.speaker != draft.speaker
            recorded = draft.recorded or draft.speaker
            drafts.replace_draft(
                db,
                replace(
                    kept,
                    recorded=None if recorded == kept.speaker else recorded,
                    version=draft.version + is_news,
                    updated_at=now,
                ),
            )
        return kept


def _check_not_overtaken(
    details: Draft | Registration, sent: Speaker, version: int, seen: Seen | None
) -> None:
    if seen is None:
        check_version(version, details.version)
    elif is_overtaken(details.speaker, sent, seen):
        raise Conflict(OVERTAKEN)


def _keep(
    db: Database, now: datetime, actor: Actor, *, draft: Draft, kept: Draft, page: str
) -> None:
    """Writes the draft and tells the journal, if its speaker is not the one told last."""
    before = draft.recorded or draft.speaker
    is_change = kept.speaker != before
    if kept == draft and not is_change:
        return
    told = {"recorded": None, "version": draft.version + is_change, "updated_at": now}
    drafts.replace_draft(db, replace(kept, **told))
    if is_change:
        record(db, now, actor, _event(replace(draft, speaker=before), kept.speaker, page))


def _correct_if_changed(
    db: Database,
    now: datetime,
    actor: Actor,
    debate: Debate,
    *,
    held: Registration,
    speaker: Speaker,
    page: str,
) -> None:
    if held.speaker == speaker:
        return
    facts = {} if agree(held.speaker, speaker) else {LETTER_MAY_DIFFER: True}
    _correct(db, held, speaker)
    facts |= follow_level(db, now, actor, debate, held=held, level=speaker.level)
    event = _event(held, speaker, page)
    record(db, now, actor, replace(event, facts=event.facts | facts))


def agree(one: Speaker, other: Speaker) -> bool:
    """Whether a letter that names the one names the other too."""
    return all(getattr(one, name) == getattr(other, name) for name in READ_IN_THE_LETTER)


def _is_of_page(db: Database, details: Draft | Registration, page: str) -> bool:
    """Whether the current speaker was saved on this same page."""
    if not page:
        return False
    saved = (EntryKind.SPEAKER_SAVED,)
    last = list_last_entries(db, details.debate_id, details.delegation_id, saved, limit=1)
    return bool(last) and _origin(page, details.version).items() <= last[0].facts.items()


def _origin(page: str, version: int) -> dict[str, Any]:
    return {"page": page, "version": version} if page else {}


def _correct(db: Database, held: Registration, speaker: Speaker) -> None:
    registrations.update_details(db, held.id, speaker, held.letter.id, held.version + 1)
    if held.letter.state is LetterState.ACCEPTED and not agree(held.speaker, speaker):
        undecided = {"state": LetterState.PENDING, "decided_by": "", "decided_at": None}
        letters.update_decision(db, replace(held.letter, **undecided))


def _event(details: Draft | Registration, speaker: Speaker, page: str) -> Event:
    facts = {"registered": isinstance(details, Registration)}
    return Event(
        kind=EntryKind.SPEAKER_SAVED,
        debate_id=details.debate_id,
        delegation_id=details.delegation_id,
        facts=facts | _origin(page, details.version + 1),
        personal={
            "before": canonical_json(details.speaker.as_dict()),
            "after": canonical_json(speaker.as_dict()),
        },
    )
