"""Saving the speaker: in the draft before the press, in the registration after it."""

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
from rostrum.domain.journal.chain import canonical_json
from rostrum.domain.journal.kinds import EntryKind
from rostrum.domain.letters.letter import LetterState
from rostrum.domain.registrations.registration import Draft, Registration, check_version
from rostrum.domain.speakers import Speaker
from rostrum.store import drafts, letters, registrations
from rostrum.store.database import writing
from rostrum.store.journal import list_last_entries

READ_IN_THE_LETTER = ("title", "name", "functional_title", "level", "on_behalf_of")
"""Fields that staff compare with the letter: if one changes, they must check the letter again."""


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
) -> None:
    """Writes the speaker into the registration, or else the draft; the place never changes.

    `version` is the one that the page showed: Conflict if another phone was
    faster. `page` names that page: if it saved the newer version itself and lost the answer, the
    change is not refused. Saving without any change writes nothing.
    """
    check_may_prepare(debate)
    with writing(db):
        held = registrations.find_active_registration(db, debate.id, delegation_id)
        details = held or drafts.get_draft(db, debate.id, delegation_id)
        if details.speaker == speaker:
            return
        if not _is_of_page(db, details, page):
            check_version(version, details.version)
        if held:
            _correct(db, held, speaker)
            moved = follow_level(db, now, actor, debate, held=held, level=speaker.level)
        else:
            moved = {}
            changed = {"speaker": speaker, "version": details.version + 1, "updated_at": now}
            drafts.replace_draft(db, replace(details, **changed))
        event = _event(debate, details, speaker, page)
        record(db, now, actor, replace(event, facts=event.facts | moved))


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
    agrees = all(
        getattr(held.speaker, name) == getattr(speaker, name) for name in READ_IN_THE_LETTER
    )
    if held.letter.state is LetterState.ACCEPTED and not agrees:
        undecided = {"state": LetterState.PENDING, "decided_by": "", "decided_at": None}
        letters.update_decision(db, replace(held.letter, **undecided))


def _event(debate: Debate, details: Draft | Registration, speaker: Speaker, page: str) -> Event:
    facts = {"registered": isinstance(details, Registration)}
    return Event(
        kind=EntryKind.SPEAKER_SAVED,
        debate_id=debate.id,
        delegation_id=details.delegation_id,
        facts=facts | _origin(page, details.version + 1),
        personal={
            "before": canonical_json(details.speaker.as_dict()),
            "after": canonical_json(speaker.as_dict()),
        },
    )
