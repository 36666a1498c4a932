"""What the phones of one delegation did, and staff for it: each phone shows it."""

from __future__ import annotations

import json
from datetime import datetime

from rostrum.domain.journal.chain import Entry
from rostrum.domain.journal.kinds import EntryKind
from rostrum.domain.journal.lines import Line
from rostrum.domain.sentences import N_, Sentence

CHANGE_LABELS = {
    EntryKind.SIGNED_IN: N_("Signed in"),
    EntryKind.PHONE_SIGNED_OUT: N_("Another phone signed out"),
    EntryKind.SIGNED_OUT: N_("Signed out"),
    EntryKind.SPEAKER_SAVED: N_("Speaker changed"),
    EntryKind.LETTER_RECEIVED: N_("Letter changed"),
    EntryKind.REGISTERED: N_("Registered"),
    EntryKind.WITHDRAWAL_DECIDED: N_("Decided to give up the place"),
    EntryKind.WITHDRAWN: N_("Place given up"),
    EntryKind.LATER_DECIDED: N_("Decided to speak later"),
    EntryKind.SPEAKS_LATER: N_("Moved back to speak later"),
    EntryKind.CHANGE_TAKEN_BACK: N_("Decision taken back"),
    EntryKind.CHANGE_DROPPED: N_("Decision not carried out"),
    EntryKind.SWAP_ASKED: N_("Swap asked"),
    EntryKind.SWAP_ACCEPTED: N_("Swap agreed"),
    EntryKind.SWAP_CONSENT_TAKEN_BACK: N_("Consent to a swap taken back"),
    EntryKind.SWAP_TAKEN_BACK: N_("Request to swap cancelled"),
    EntryKind.SWAP_DECLINED: N_("Swap declined"),
    EntryKind.SWAP_REFUSED: N_("Swap not approved"),
    EntryKind.SWAP_DONE: N_("Places swapped"),
    EntryKind.ENTERED_BY_THE_MISSION: N_("Entered on the list"),
    EntryKind.PLACE_MOVED: N_("Moved to another place"),
    EntryKind.PLACE_STRUCK: N_("Taken off the list"),
    EntryKind.PLACE_REINSTATED: N_("Put back on the list"),
    EntryKind.LETTER_DEADLINE_EXTENDED: N_("Time for the letter: until %(until)s"),
    EntryKind.SHARED_LINK_MADE: N_("Link to watch the place made"),
    EntryKind.SHARED_LINK_ENDED: N_("Link to watch the place ended"),
}
"""The kinds of journal entries that a delegation's phones show."""
TOLD_TO_BOTH = tuple(kind for kind in CHANGE_LABELS if kind.startswith("swap "))
"""Those that concern two delegations: each sees what the other did."""
DONE_FOR_IT = (
    *(EntryKind.SPEAKER_SAVED, EntryKind.LETTER_RECEIVED, EntryKind.WITHDRAWN),
    *(EntryKind.ENTERED_BY_THE_MISSION, EntryKind.PLACE_MOVED, EntryKind.PLACE_STRUCK),
    *(EntryKind.PLACE_REINSTATED, EntryKind.LETTER_DEADLINE_EXTENDED),
)
"""Those that staff may do for a delegation or with its place; it sees them."""


def is_told(entry: Entry, code: str) -> bool:
    """Whether the phones of the delegation with this code show the entry: what they did
    themselves, what staff did for it, and of swaps also what the other delegation did."""
    is_done_for_it = entry.actor.startswith("staff:") and entry.kind in DONE_FOR_IT
    return entry.actor == f"delegation:{code}" or is_done_for_it or entry.kind in TOLD_TO_BOTH


def tell_change(entry: Entry) -> Sentence:
    """What was done, by its label."""
    until = entry.facts.get("until")
    values = {"until": datetime.fromisoformat(until)} if until else {}
    return Sentence(CHANGE_LABELS[entry.kind], values)


def tell_new_speaker(line: Line) -> Sentence:
    """Who was to speak before a change and after it; the label alone once the names are deleted,
    or if the name stayed."""
    before, after = (json.loads(line.values.get(name, "{}")) for name in ("before", "after"))
    names = {"before": before.get("name"), "after": after.get("name")}
    if not names["after"] or names["before"] == names["after"]:
        return Sentence(CHANGE_LABELS[EntryKind.SPEAKER_SAVED], {})
    if not names["before"]:
        return Sentence(N_("Speaker entered: %(after)s"), names)
    return Sentence(N_("Speaker changed from %(before)s to %(after)s"), names)
