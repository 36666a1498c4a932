"""Each journal entry in sentences: what was done, before and after, in words that staff know.

What changed part by part (settings, delegations, speakers) is told in `tellings_changes`.
"""

from __future__ import annotations

from rostrum.domain.chronicle import Line
from rostrum.domain.fairness import ENTERED
from rostrum.domain.tellings_changes import (
    World,
    tell_debate,
    tell_delegation,
    tell_new_delegation,
)
from rostrum.domain.tellings_kinds import (
    Teller,
    codes,
    deleted,
    moved,
    opening_of,
    plainly,
    swap,
    tell_accepted,
    tell_address,
    tell_council_order,
    tell_created,
    tell_entered,
    tell_extended,
    tell_invited,
    tell_message,
    tell_new_staff,
    tell_note,
    tell_received,
    tell_registered,
    tell_reordered,
    tell_restored,
    tell_returned,
    tell_role,
    tell_speaker,
    tell_taken_back,
    tell_tiers,
    with_reason,
)
from rostrum.domain.words import N_, Plural, Sentence


def tell(line: Line, world: World) -> tuple[Sentence, ...]:
    """The sentences of an entry; none for an unknown kind and where facts were tampered with."""
    teller = TELLERS.get(line.entry.kind)
    try:
        return tuple(teller(line, world)) if teller else ()
    except (KeyError, TypeError, ValueError):
        return ()


TELLERS: dict[str, Teller] = {
    "address changed": tell_address,
    "authenticator removed": plainly(N_("Authenticator of %(name)s: set up → taken away."), "name"),
    "authenticator set up": plainly(N_("Authenticator of %(actor)s: none → set up.")),
    "browser signed out": plainly(N_("%(actor)s signed out %(ended_browser)s."), "ended_browser"),
    "concept note kept": tell_note,
    "concept note removed": tell_note,
    "council chosen": codes(N_("Council members")),
    "council order set": tell_council_order,
    "debate changed": with_reason(tell_debate),
    "debate created": tell_created,
    "debate deleted": deleted(
        N_("The debate was deleted; files: %(files)s, personal values: %(texts)s.")
    ),
    "debate loaded": opening_of(N_("Debate %(slug)s loaded; its list opens %(opens_at)s.")),
    "decision taken back": tell_taken_back,
    "delegation added": tell_new_delegation,
    "delegation changed": tell_delegation,
    ENTERED: tell_entered,
    "further statements set": codes(N_("Further statements")),
    "instance restored": tell_restored,
    "invitation renewed": plainly(
        N_("%(who)s has link number %(generation)s; the one before is dead."), "generation"
    ),
    "invitation revoked": plainly(N_("Link of %(who)s: valid → dead.")),
    "invited": tell_invited,
    "key renewed": plainly(
        N_("The secret key is new: older links, sign-ins, receipts and authenticators are dead.")
    ),
    "letter accepted": tell_accepted,
    "letter deadline extended": tell_extended,
    "letter dropped": plainly(N_("A letter of %(who)s that could not be read was dropped.")),
    "letter opened": plainly(N_("Letter of %(who)s opened by %(actor)s for the first time.")),
    "letter received": tell_received,
    "letter returned": tell_returned,
    "letters exported": plainly(
        Plural(
            "%(actor)s took %(letters)s letter.", "%(actor)s took %(letters)s letters.", "letters"
        ),
        "letters",
    ),
    "levels set": tell_tiers,
    "list reordered": tell_reordered,
    "message sent": tell_message,
    "message withdrawn": tell_message,
    "password changed": plainly(N_("%(actor)s has a new password; other browsers are signed out.")),
    "password set": plainly(N_("%(name)s set a password with a one-time link."), "name"),
    "personal data deleted": deleted(N_("Deleted; files: %(files)s, personal values: %(texts)s.")),
    "phone signed out": plainly(N_("%(who)s signed out %(ended_browser)s."), "ended_browser"),
    "place moved": with_reason(
        moved(N_("%(who)s: place %(before)s → place %(after)s; others shifted: %(others)s."))
    ),
    "place reinstated": with_reason(
        plainly(
            N_("%(who)s: withdrawn → place %(place)s, again arrival %(arrival_number)s."),
            "place",
            "arrival_number",
        )
    ),
    "place struck": with_reason(
        moved(N_("%(who)s: place %(before)s → struck; others moved up: %(others)s."))
    ),
    "pressed again": plainly(
        N_("%(who)s pressed again and keeps its arrival number %(arrival_number)s."),
        "arrival_number",
    ),
    "record exported": plainly(
        N_(
            "%(actor)s took the whole record; registrations: %(registrations)s, "
            "letters: %(letters)s."
        ),
        "registrations",
        "letters",
    ),
    "recovery code used": plainly(
        Plural(
            "%(actor)s used a recovery code; %(left)s is left.",
            "%(actor)s used a recovery code; %(left)s are left.",
            "left",
        ),
        "left",
    ),
    "recovery codes made": plainly(N_("%(actor)s has new recovery codes; the old ones are dead.")),
    "registered": tell_registered,
    "rehearsal deleted": plainly(N_("Rehearsal %(slug)s deleted."), "slug"),
    "rehearsal started": opening_of(
        N_("Rehearsal %(slug)s of %(of)s started; its list opens %(opens_at)s.")
    ),
    "role changed": tell_role,
    "shared link ended": plainly(N_("Link %(share)s to watch %(who)s: open → ended."), "share"),
    "shared link made": plainly(N_("Link %(share)s to watch %(who)s made."), "share"),
    "signed in": plainly(N_("%(actor)s signed in.")),
    "signed out": plainly(N_("%(actor)s signed out.")),
    "speaker saved": tell_speaker,
    "speaks later": moved(
        N_("%(who)s: place %(before)s → place %(after)s; others moved up: %(others)s.")
    ),
    "staff added": tell_new_staff,
    "staff deactivated": plainly(N_("Account of %(name)s: open → deactivated."), "name"),
    "staff link made": plainly(N_("%(actor)s made a one-time link for %(name)s."), "name"),
    "staff reactivated": plainly(N_("Account of %(name)s: deactivated → open."), "name"),
    "staff signed out": plainly(
        N_("%(name)s signed out everywhere; sessions ended: %(sessions)s."), "name", "sessions"
    ),
    "swap accepted": swap(
        N_("%(who)s (place %(here)s) and %(other)s (place %(there)s) agree to swap.")
    ),
    "swap asked": swap(
        N_("%(who)s (place %(here)s) asks %(other)s (place %(there)s) for its place.")
    ),
    "swap declined": swap(N_("%(other)s does not give place %(there)s to %(who)s.")),
    "swap done": swap(N_("%(who)s has place %(here)s now, %(other)s has place %(there)s.")),
    "swap refused": with_reason(swap(N_("The mission refused the swap of %(who)s and %(other)s."))),
    "swap taken back": swap(N_("%(who)s no longer asks %(other)s for its place.")),
    "withdrawn": moved(N_("%(who)s: place %(before)s → given up; others moved up: %(others)s.")),
}
"""By kind. A new kind gets its sentences here: a test sees to it."""
