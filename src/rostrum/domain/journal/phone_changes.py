"""Changes by the phones of one delegation: each phone shows what the others did."""

from __future__ import annotations

import json

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
    EntryKind.WITHDRAWN: N_("Place given up"),
    EntryKind.SHARED_LINK_MADE: N_("Link to watch the place made"),
    EntryKind.SHARED_LINK_ENDED: N_("Link to watch the place ended"),
}
"""The kinds of journal entries that a delegation's phones show."""


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
