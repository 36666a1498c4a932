"""What the phones of one delegation have changed, so that each sees what the others did."""

from __future__ import annotations

from rostrum.domain.shares import LINK_ENDED, LINK_MADE
from rostrum.domain.words import N_

WITHDRAWN, PHONE_ENDED = "withdrawn", "phone signed out"

CHANGE_LABELS = {
    "signed in": N_("Signed in"),
    PHONE_ENDED: N_("Another phone signed out"),
    "speaker saved": N_("Speaker changed"),
    "letter received": N_("Letter changed"),
    "registered": N_("Registered"),
    WITHDRAWN: N_("Place given up"),
    LINK_MADE: N_("Link to watch the place made"),
    LINK_ENDED: N_("Link to watch the place ended"),
}
"""The kinds of journal entries that a delegation's phones are told of."""
