"""What the phones of one delegation have changed, so that each sees what the others did."""

from __future__ import annotations

from rostrum.domain.words import N_

WITHDRAWN, PHONE_ENDED = "withdrawn", "phone signed out"

CHANGE_LABELS = {
    "signed in": N_("Signed in"),
    PHONE_ENDED: N_("Another phone signed out"),
    "speaker saved": N_("Speaker changed"),
    "letter received": N_("Letter changed"),
    "registered": N_("Registered"),
    WITHDRAWN: N_("Place given up"),
    "shared link made": N_("Link to watch the place made"),
    "shared link ended": N_("Link to watch the place ended"),
}
"""The kinds of journal entries that a delegation's phones are told of."""
