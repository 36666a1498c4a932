"""Every kind of journal entry in one table: its stored name, its label, what a purge deletes,
which pages it makes out of date, and which function puts it into words.

A new kind is one more `Row` here, and an action that records it. A stored name never changes,
because old journals hold it and the chain covers it. A kind that is no longer recorded stays, with
`is_written=False`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from rostrum.domain.journal.changed_parts import (
    World,
    tell_debate,
    tell_delegation,
    tell_new_delegation,
)
from rostrum.domain.journal.council_orders import tell_adjusted_council, tell_council_order
from rostrum.domain.journal.dropped_changes import tell_dropped
from rostrum.domain.journal.lines import Line
from rostrum.domain.journal.messages import tell_message, tell_withdrawn_message
from rostrum.domain.journal.sentences import (
    Teller,
    codes,
    deleted,
    moved,
    opening_of,
    plainly,
    swap,
    tell_accepted,
    tell_address,
    tell_contact,
    tell_created,
    tell_dropped_letter,
    tell_entered,
    tell_extended,
    tell_invited,
    tell_kept_list,
    tell_list_exported,
    tell_new_staff,
    tell_note,
    tell_put_in_order,
    tell_received,
    tell_registered,
    tell_removed_staff_note,
    tell_reordered,
    tell_restored,
    tell_returned,
    tell_role,
    tell_speaker,
    tell_staff_note,
    tell_taken_back,
    tell_tiers,
    with_reason,
)
from rostrum.domain.journal.watched_pages import Page
from rostrum.domain.sentences import S_, Sentence, StaffPlural

NOTHING: tuple[str, ...] = ()
"""For kinds without personal values: a purge deletes nothing."""
NO_PAGE: tuple[Page, ...] = ()
"""For kinds that no page with a form shows."""
_ADDRESS, _DELEGATIONS, _INVITATION = (Page.ADDRESS,), (Page.DELEGATIONS,), (Page.INVITATION,)
_MESSAGES, _PEOPLE, _RETENTION = (Page.MESSAGES,), (Page.PEOPLE,), (Page.RETENTION,)
_SETTINGS, _SWAPS = (Page.SETTINGS,), (Page.SWAPS,)
_COUNCIL = (Page.COUNCIL, Page.LIST)
_LETTERS = (Page.DEADLINES, Page.LIST)
_PLACES = (Page.PLACES, Page.SWAPS, Page.LIST)


@dataclass(frozen=True)
class Row:
    """Everything about one kind; leaving a part out is an error at once."""

    stored: str
    label: str
    """Its name, as staff read it."""
    purged: tuple[str, ...]
    """Names of the personal values stored beside its entries. A purge of the debate that an
    entry is about deletes them all; entries about no debate keep theirs."""
    pages: tuple[Page, ...]
    """Pages with forms that are out of date afterwards; the journal's page always is."""
    tell: Teller
    """Gives the sentences of an entry."""
    is_written: bool = True


class EntryKind(StrEnum):
    """What happened, according to a journal entry; the value is the stored name."""

    label: str
    purged: tuple[str, ...]
    pages: tuple[Page, ...]
    tell: Teller
    is_written: bool

    def __new__(cls, row: Row) -> EntryKind:
        kind = str.__new__(cls, row.stored)
        kind._value_ = row.stored
        kind.label, kind.purged, kind.tell = row.label, row.purged, row.tell
        kind.pages, kind.is_written = (*row.pages, Page.JOURNAL), row.is_written
        return kind

    # fmt: off
    ADDRESS_CHANGED = Row("address changed", S_("Outside address changed"), NOTHING, _ADDRESS,
        tell_address)
    AUTHENTICATOR_REMOVED = Row("authenticator removed", S_("Authenticator taken away"),
        NOTHING, _PEOPLE, plainly(S_("Authenticator of %(name)s: set up → taken away."), "name"))
    AUTHENTICATOR_SET_UP = Row("authenticator set up", S_("Authenticator set up"), NOTHING, _PEOPLE,
        plainly(S_("Authenticator of %(actor)s: none → set up.")))
    BROWSER_SIGNED_OUT = Row("browser signed out", S_("Another browser signed out"),
        NOTHING, NO_PAGE, plainly(S_("%(actor)s signed out %(ended_browser)s."), "ended_browser"))
    CHANGE_DROPPED = Row("change dropped", S_("Decision not carried out"), NOTHING, _SWAPS,
        tell_dropped)
    CHANGE_TAKEN_BACK = Row("change taken back", S_("Decision about the place taken back"),
        NOTHING, NO_PAGE,
        plainly(S_("%(who)s took its decision back and keeps place %(place_before)s."),
            "place_before"))
    CONCEPT_NOTE_KEPT = Row("concept note kept", S_("Concept note kept"),
        ("original_name", "name_before"), _SETTINGS, tell_note)
    CONCEPT_NOTE_REMOVED = Row("concept note removed", S_("Concept note removed"),
        ("name_before",), _SETTINGS, tell_note)
    CONTACT_CHANGED = Row("contact changed", S_("Contact of the mission changed"),
        NOTHING, (Page.CONTACT,), tell_contact)
    COUNCIL_CHOSEN = Row("council chosen", S_("Council members chosen"),
        NOTHING, (Page.SETTINGS, Page.COUNCIL), codes(S_("Council members")))
    COUNCIL_ORDER_ADJUSTED = Row("council order adjusted",
        S_("Order of the Council members adjusted"), NOTHING, _COUNCIL, tell_adjusted_council)
    COUNCIL_ORDER_SET = Row("council order set", S_("Order of the Council members set"),
        NOTHING, _COUNCIL, tell_council_order)
    COUNCIL_SPEAKER_SAVED = Row("council speaker saved", S_("Speaker of a Council member saved"),
        ("before", "after"), _COUNCIL, tell_speaker)
    DEBATE_CHANGED = Row("debate changed", S_("Settings changed"),
        ("reason", "notice"), (Page.SETTINGS, Page.LEVELS, Page.MESSAGES, Page.RETENTION),
        with_reason(tell_debate))
    DEBATE_CREATED = Row("debate created", S_("Debate created"), NOTHING, NO_PAGE, tell_created)
    DEBATE_DELETED = Row("debate deleted", S_("Debate deleted"), NOTHING, _RETENTION,
        deleted(S_("The debate was deleted; files: %(files)s, personal values: %(texts)s.")))
    DEBATE_LOADED = Row("debate loaded", S_("Debate loaded"), NOTHING, NO_PAGE,
        opening_of(S_("Debate %(slug)s loaded; its list opens %(opens_at)s.")))
    DECISION_TAKEN_BACK = Row("decision taken back", S_("Decision about a letter taken back"),
        ("remark",), _LETTERS, tell_taken_back)
    DELEGATION_ADDED = Row("delegation added", S_("Delegation added"), ("contacts",), _DELEGATIONS,
        tell_new_delegation)
    DELEGATION_CHANGED = Row("delegation changed", S_("Delegation changed"),
        ("contacts",), _DELEGATIONS, tell_delegation)
    ENTERED_BY_THE_MISSION = Row("entered by the mission", S_("Entered by the Presidency"),
        ("speaker", "reason"), (*_PLACES, Page.INVITATION), tell_entered)
    FURTHER_STATEMENTS_SET = Row("further statements set", S_("Further statements set"),
        NOTHING, _COUNCIL, codes(S_("Further statements")))
    INSTANCE_RESTORED = Row("instance restored", S_("Restored from a backup"), NOTHING, NO_PAGE,
        tell_restored)
    INVITATION_RENEWED = Row("invitation renewed", S_("Invitation renewed"), NOTHING, _INVITATION,
        plainly(
            S_("%(who)s has link number %(generation)s; the one before no longer works."),
            "generation"))
    INVITATION_REVOKED = Row("invitation revoked", S_("Invitation revoked"), NOTHING, _INVITATION,
        plainly(S_("Link of %(who)s: valid → revoked.")))
    INVITED = Row("invited", S_("Invited"), NOTHING, _INVITATION, tell_invited)
    KEPT_LIST_TAKEN = Row("kept list taken", S_("Snapshot of the list taken"), NOTHING, NO_PAGE,
        tell_kept_list)
    KEY_RENEWED = Row("key renewed", S_("Secret key renewed"), NOTHING, NO_PAGE,
        plainly(S_(
            "The secret key is new: older links, sign-ins, receipts and authenticators no longer "
            "work.")))
    LATER_DECIDED = Row("later decided", S_("Wants to speak later"), NOTHING, NO_PAGE,
        plainly(
            S_("%(who)s decides to speak later: place %(place_before)s → place %(place_after)s "
                "in ten seconds."),
            "place_before", "place_after"))
    LETTER_ACCEPTED = Row("letter accepted", S_("Letter accepted"), ("remark",), _LETTERS,
        tell_accepted)
    LETTER_DEADLINE_EXTENDED = Row("letter deadline extended", S_("More time for a letter"),
        NOTHING, _LETTERS, tell_extended)
    LETTER_DROPPED = Row("letter dropped", S_("Unreadable letter dropped"), ("remark",), NO_PAGE,
        tell_dropped_letter)
    LETTER_OPENED = Row("letter opened", S_("Letter opened"), NOTHING, NO_PAGE,
        plainly(S_("Letter of %(who)s opened by %(actor)s for the first time.")))
    LETTER_RECEIVED = Row("letter received", S_("Letter received"), ("original_name",), NO_PAGE,
        tell_received)
    LETTER_RETURNED = Row("letter returned", S_("Letter returned"), ("remark",), _LETTERS,
        tell_returned)
    LETTERS_EXPORTED = Row("letters exported", S_("Letters exported"), NOTHING, NO_PAGE,
        plainly(
            StaffPlural("%(actor)s took %(letters)s letter.", "%(actor)s took %(letters)s letters.",
                "letters"),
            "letters"))
    LEVELS_SET = Row("levels set", S_("Order of levels set"), NOTHING, (Page.SETTINGS, Page.LEVELS),
        tell_tiers)
    LIST_EXPORTED = Row("list exported", S_("List exported"), NOTHING, NO_PAGE, tell_list_exported)
    LIST_REORDERED = Row("list reordered", S_("List reordered by its rule"), ("reason",),
        (*_PLACES, Page.LEVELS), with_reason(tell_reordered))
    LIST_PUT_IN_ORDER = Row("list put in order", S_("List put in another order"), ("reason",),
        _PLACES, with_reason(tell_put_in_order))
    MESSAGE_SENT = Row("message sent", S_("Message sent"), ("text", "before", "translations"),
        _MESSAGES, tell_message)
    MESSAGE_WITHDRAWN = Row("message withdrawn", S_("Message withdrawn"), ("text", "translations"),
        _MESSAGES, tell_withdrawn_message)
    PASSWORD_CHANGED = Row("password changed", S_("Password changed"), NOTHING, NO_PAGE,
        plainly(S_("%(actor)s has a new password; other browsers are signed out.")))
    PASSWORD_SET = Row("password set", S_("Password set with a one-time link"), NOTHING, _PEOPLE,
        plainly(S_("%(name)s set a password with a one-time link."), "name"))
    PERSONAL_DATA_DELETED = Row("personal data deleted", S_("Personal data deleted"),
        NOTHING, _RETENTION, deleted(S_("Deleted; files: %(files)s, personal values: %(texts)s.")))
    PHONE_SIGNED_OUT = Row("phone signed out", S_("Another phone signed out"), NOTHING, NO_PAGE,
        plainly(S_("%(who)s signed out %(ended_browser)s."), "ended_browser"))
    PLACE_MOVED = Row("place moved", S_("Moved by the Presidency"), ("reason",), _PLACES,
        with_reason(moved(
            S_("%(who)s: place %(before)s → place %(after)s; others shifted: %(others)s."))))
    PLACE_REINSTATED = Row("place reinstated", S_("Place reinstated"), ("reason",), _PLACES,
        with_reason(plainly(
            S_("%(who)s: withdrawn → place %(place)s, again arrival %(arrival_number)s."),
            "place", "arrival_number")))
    PLACE_STRUCK = Row("place struck", S_("Place struck"), ("reason",), (*_PLACES, Page.DEADLINES),
        with_reason(moved(S_("%(who)s: place %(before)s → struck; others moved up: %(others)s."))))
    PRESSED_AGAIN = Row("pressed again", S_("Pressed again"), NOTHING, NO_PAGE,
        plainly(
            S_("%(who)s pressed again and keeps its arrival number %(arrival_number)s."),
            "arrival_number"))
    PRETENDING_ASKED = Row("pretending asked", S_("Delegations that pretend"), NOTHING, _SETTINGS,
        plainly(S_("Delegations that register by themselves: %(count)s."), "count"))
    RECORD_EXPORTED = Row("record exported", S_("Record exported"), NOTHING, NO_PAGE,
        plainly(
            S_("%(actor)s took the whole record; registrations: %(registrations)s, "
                "letters: %(letters)s."),
            "registrations", "letters"))
    RECOVERY_CODE_USED = Row("recovery code used", S_("Recovery code used"), NOTHING, NO_PAGE,
        plainly(
            StaffPlural("%(actor)s used a recovery code; %(left)s is left.",
                "%(actor)s used a recovery code; %(left)s are left.", "left"),
            "left"))
    RECOVERY_CODES_MADE = Row("recovery codes made", S_("Recovery codes made"), NOTHING, NO_PAGE,
        plainly(S_("%(actor)s has new recovery codes; the old ones no longer work.")))
    REGISTERED = Row("registered", S_("Registered"), ("speaker",), (*_PLACES, Page.INVITATION),
        tell_registered)
    REHEARSAL_DELETED = Row("rehearsal deleted", S_("Rehearsal deleted"), NOTHING, _SETTINGS,
        plainly(S_("Rehearsal %(slug)s deleted."), "slug"))
    REHEARSAL_STARTED = Row("rehearsal started", S_("Rehearsal started"), NOTHING, _SETTINGS,
        opening_of(S_("Rehearsal %(slug)s of %(of)s started; its list opens %(opens_at)s.")))
    ROLE_CHANGED = Row("role changed", S_("Role changed"), NOTHING, _PEOPLE, tell_role)
    SHARED_LINK_ENDED = Row("shared link ended", S_("Link to watch a place ended"),
        NOTHING, NO_PAGE, plainly(S_("Link %(share)s to watch %(who)s: open → ended."), "share"))
    SHARED_LINK_MADE = Row("shared link made", S_("Link to watch a place made"), NOTHING, NO_PAGE,
        plainly(S_("Link %(share)s to watch %(who)s made."), "share"))
    SIGNED_IN = Row("signed in", S_("Signed in"), NOTHING, NO_PAGE,
        plainly(S_("%(actor)s signed in.")))
    SIGNED_OUT = Row("signed out", S_("Signed out"), NOTHING, NO_PAGE,
        plainly(S_("%(actor)s signed out.")))
    SPEAKER_SAVED = Row("speaker saved", S_("Speaker saved"), ("before", "after"), NO_PAGE,
        tell_speaker)
    SPEAKS_LATER = Row("speaks later", S_("Speaks later at its own wish"), NOTHING, _PLACES,
        moved(S_("%(who)s: place %(before)s → place %(after)s; others moved up: %(others)s.")))
    STAFF_ADDED = Row("staff added", S_("Staff added"), NOTHING, _PEOPLE, tell_new_staff)
    STAFF_DEACTIVATED = Row("staff deactivated", S_("Account deactivated"), NOTHING, _PEOPLE,
        plainly(S_("Account of %(name)s: open → deactivated."), "name"))
    STAFF_LINK_MADE = Row("staff link made", S_("One-time link made"), NOTHING, _PEOPLE,
        plainly(S_("%(actor)s made a one-time link for %(name)s."), "name"))
    STAFF_NOTE_REMOVED = Row("staff note removed", S_("Note of the staff removed"),
        ("text",), NO_PAGE, tell_removed_staff_note)
    STAFF_NOTE_WRITTEN = Row("staff note written", S_("Note of the staff written"),
        ("text",), NO_PAGE, tell_staff_note)
    STAFF_REACTIVATED = Row("staff reactivated", S_("Account opened again"), NOTHING, _PEOPLE,
        plainly(S_("Account of %(name)s: deactivated → open."), "name"))
    STAFF_SIGNED_OUT = Row("staff signed out", S_("Signed out everywhere by an admin"),
        NOTHING, _PEOPLE,
        plainly(
            S_("%(name)s signed out everywhere; sessions ended: %(sessions)s."),
            "name", "sessions"))
    SWAP_ACCEPTED = Row("swap accepted", S_("Swap agreed"), NOTHING, _SWAPS,
        swap(S_("%(who)s (place %(here)s) and %(other)s (place %(there)s) agree to swap.")))
    SWAP_ASKED = Row("swap asked", S_("Swap asked"), NOTHING, _SWAPS,
        swap(S_("%(who)s (place %(here)s) asks %(other)s (place %(there)s) for its place.")))
    SWAP_CONSENT_TAKEN_BACK = Row("swap consent taken back", S_("Consent to a swap taken back"),
        NOTHING, _SWAPS,
        swap(S_("%(other)s (place %(there)s) no longer agrees to swap with %(who)s.")))
    SWAP_DECLINED = Row("swap declined", S_("Swap declined"), NOTHING, _SWAPS,
        swap(S_("%(other)s does not give place %(there)s to %(who)s.")))
    SWAP_DONE = Row("swap done", S_("Places swapped"), NOTHING, _PLACES,
        swap(S_("%(who)s has place %(here)s now, %(other)s has place %(there)s.")))
    SWAP_REFUSED = Row("swap refused", S_("Swap refused by the Presidency"), ("reason",), _SWAPS,
        with_reason(swap(S_("The Presidency refused the swap of %(who)s and %(other)s."))))
    SWAP_TAKEN_BACK = Row("swap taken back", S_("Swap taken back"), NOTHING, _SWAPS,
        swap(S_("%(who)s no longer asks %(other)s for its place.")))
    WITHDRAWAL_DECIDED = Row("withdrawal decided", S_("Wants to give the place up"),
        NOTHING, NO_PAGE,
        plainly(S_("%(who)s decides to give up place %(place_before)s in ten seconds."),
            "place_before"))
    WITHDRAWN = Row("withdrawn", S_("Place given up"),
        ("reason",), (*_PLACES, Page.DEADLINES, Page.INVITATION),
        with_reason(
            moved(S_("%(who)s: place %(before)s → given up; others moved up: %(others)s."))))
    # fmt: on


KIND_LABELS = {kind: kind.label for kind in EntryKind}
"""The labels by kind; a stored name finds them too."""


def kinds_shown_on(page: Page) -> tuple[EntryKind, ...]:
    """The kinds of entries that change what a page with forms shows."""
    return tuple(kind for kind in EntryKind if page in kind.pages)


def tell(line: Line, world: World) -> tuple[Sentence, ...]:
    """The sentences of an entry; none if its kind is unknown or its facts were tampered with."""
    try:
        return tuple(EntryKind(line.entry.kind).tell(line, world))
    except (KeyError, TypeError, ValueError):
        return ()
