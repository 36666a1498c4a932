"""Why a letter that was accepted is to be read again."""

from __future__ import annotations

from collections.abc import Iterable

from rostrum.domain.journal.kinds import EntryKind
from rostrum.domain.journal.lines import Line


def changes_since_acceptance(lines: Iterable[Line], letter_id: int) -> list[Line]:
    """The changes of the speaker since this letter was last accepted, in order.

    `lines` are about its delegation, the latest first. Empty if it was never accepted, or if staff
    took the acceptance back.
    """
    changes: list[Line] = []
    for line in lines:
        kind, is_of_letter = line.entry.kind, line.entry.facts.get("letter_id") == letter_id
        if kind == EntryKind.SPEAKER_SAVED:
            changes.insert(0, line)
        elif is_of_letter and kind == EntryKind.LETTER_ACCEPTED:
            return changes
        elif is_of_letter and kind in (EntryKind.DECISION_TAKEN_BACK, EntryKind.LETTER_RECEIVED):
            return []
    return []
