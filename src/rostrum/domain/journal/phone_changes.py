"""Changes by the phones of one delegation: each phone shows what the others did."""

from __future__ import annotations

from rostrum.domain.journal.kinds import EntryKind
from rostrum.domain.sentences import N_

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
