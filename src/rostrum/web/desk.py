"""The values of the verification desk: one letter, what counts about it now, and its neighbours."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from rostrum.domain.debates import Debate
from rostrum.domain.decisions import checklist, decision_version
from rostrum.domain.delegations import Delegation
from rostrum.domain.errors import NotFound
from rostrum.domain.letters import Letter, LetterState
from rostrum.letters.marks import Mark
from rostrum.store import debates, delegations, letters, registrations
from rostrum.web.context import db
from rostrum.web.live import live_block


@dataclass(frozen=True)
class Sighting:
    """Where a file of the letter was seen before."""

    letter: Letter
    delegation: Delegation
    debate: Debate


@live_block("console/letters/show.html", "desk_now")
def desk_now(debate_id: int, letter_id: int | None = None) -> dict[str, Any]:
    """What others may change while a letter is read: what counts, and what is still to be read.

    Without a letter (None) the desk waits for one.
    """
    listed = registrations.list_registrations(db(), debate_id)
    waiting = [r for r in listed if r.is_active and r.letter.state is LetterState.PENDING]
    values = {
        "debate": debates.get_debate_by_id(db(), debate_id),
        "count": len(waiting),
        "letter": None,
        "before": None,
        "after": waiting[0].letter if waiting else None,
    }
    if letter_id is None:
        return values
    letter = letters.get_letter(db(), debate_id, letter_id)
    place = next((r.place for r in listed if r.delegation_id == letter.delegation_id), None) or 0
    others = [r for r in waiting if r.letter.id != letter_id]
    earlier = [r.letter for r in others if r.place < place]
    later = [r.letter for r in others if r.place > place]
    return values | {
        "letter": letter,
        "held": next((r for r in listed if r.is_active and r.letter.id == letter_id), None),
        "newer": next((r for r in listed if _is_newer(r.letter, letter) and r.is_active), None),
        "before": next(iter([*reversed(earlier), *reversed(later)]), None),
        "after": next(iter([*later, *earlier]), None),
    }


def _is_newer(other: Letter, letter: Letter) -> bool:
    return other.delegation_id == letter.delegation_id and other.version > letter.version


def desk_page(debate: Debate, letter: Letter) -> dict[str, Any]:
    """Everything about a letter that staff need to decide."""
    held = registrations.find_active_registration(db(), debate.id, letter.delegation_id)
    delegation = delegations.get_delegation_by_id(db(), letter.delegation_id)
    marks = [mark for mark in Mark if mark in letter.marks]
    return desk_now(debate.id, letter.id) | {
        "registration": held,
        "delegation": delegation,
        "points": checklist(debate, delegation),
        "marks": marks,
        "may_act": any(mark.is_active for mark in marks),
        "sightings": [_sighting(other) for other in letters.list_with_same_files(db(), letter)],
        "versions": letters.list_versions(db(), debate.id, letter.delegation_id),
        "decision": decision_version(letter),
    }


def decided_before(debate_id: int, letter_id: int) -> dict[str, Any] | None:
    """A letter whose decision was told and can be taken back; None when there is no such."""
    try:
        letter = letters.get_letter(db(), debate_id, letter_id)
    except NotFound:
        return None
    if letter.decided_at is None:
        return None
    delegation = delegations.get_delegation_by_id(db(), letter.delegation_id)
    return {"letter": letter, "delegation": delegation, "version": decision_version(letter)}


def _sighting(letter: Letter) -> Sighting:
    return Sighting(
        letter,
        delegations.get_delegation_by_id(db(), letter.delegation_id),
        debates.get_debate_by_id(db(), letter.debate_id),
    )
