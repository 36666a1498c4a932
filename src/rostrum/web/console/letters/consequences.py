"""What accepting a letter does to the order, before and after, and why an accepted one is back."""

from __future__ import annotations

from rostrum.domain.debates.debate import Debate
from rostrum.domain.journal.back_at_staff import changes_since_acceptance
from rostrum.domain.journal.changed_parts import World
from rostrum.domain.journal.kinds import EntryKind, tell
from rostrum.domain.journal.lines import Search
from rostrum.domain.letters.letter import Letter, LetterState
from rostrum.domain.order.precedence import place_once_counted
from rostrum.domain.registrations.registration import Registration
from rostrum.store import delegations, journal, places
from rostrum.web.context import db
from rostrum.web.language.formats import sentence

LOOKED_THROUGH = 100
"""Entries about a delegation in which its last acceptance is looked for."""


def place_once_accepted(debate: Debate, held: Registration | None) -> int | None:
    """The place that accepting the letter gives, by the level it confirms; None if it stays."""
    if held is None or held.letter.state is not LetterState.PENDING:
        return None
    if held.speaker.level == held.ranked_level:
        return None
    ranks = places.list_ranks(db(), debate.id)
    place = place_once_counted(debate, ranks, held.id, held.speaker.level)
    return None if place == held.place else place


def place_change(letter: Letter) -> tuple[int, int] | None:
    """The place before and after accepting this letter; None if it stayed."""
    if letter.state is not LetterState.ACCEPTED:
        return None
    accepted = (EntryKind.LETTER_ACCEPTED,)
    entries = journal.list_last_entries(
        db(), letter.debate_id, letter.delegation_id, accepted, limit=1
    )
    for entry in entries:
        before, after = entry.facts.get("place_before"), entry.facts.get("place_after")
        if entry.facts["letter_id"] == letter.id and before != after:
            return before, after
    return None


def changes_to_check(letter: Letter) -> list[str]:
    """What changed about the speaker since this pending letter was accepted, in words."""
    if letter.state is not LetterState.PENDING:
        return []
    search = Search(debate_id=letter.debate_id, delegation_id=letter.delegation_id)
    lines = journal.list_lines(db(), search, LOOKED_THROUGH)
    changes = changes_since_acceptance(lines, letter.id)
    if not changes:
        return []
    whose = delegations.get_delegation_by_id(db(), letter.delegation_id)
    world = World({whose.id: whose})
    return [sentence(said) for line in changes for said in tell(line, world)]
