"""What each value of an enumeration is called, written by hand: it judges the tables of labels."""

from __future__ import annotations

from enum import StrEnum

from rostrum.domain.debates.debate import OrderPolicy, Status, Visibility
from rostrum.domain.debates.way import Step
from rostrum.domain.delegations.delegation import Basis
from rostrum.domain.delegations.invitations import InvitationState
from rostrum.domain.letters.checklist import ReturnReason
from rostrum.domain.letters.letter import LetterState
from rostrum.domain.order.places import Ground
from rostrum.domain.order.speaking_order import Section
from rostrum.domain.registrations.registration import Channel
from rostrum.domain.registrations.roll import Shown
from rostrum.domain.speakers import Level, StatementLanguage
from rostrum.domain.staff.accounts import Role
from rostrum.letters.marks import Mark
from rostrum.letters.refusals import Refusal

WORDS: dict[type[StrEnum], dict[str, str]] = {
    Level: {
        "head_of_state": "Head of State",
        "head_of_government": "Head of Government",
        "vice_president": "Vice-President",
        "crown_prince": "Crown Prince or Princess",
        "deputy_prime_minister": "Deputy Prime Minister",
        "minister": "Minister",
        "deputy_minister": "Deputy Minister",
        "permanent_representative": "Permanent Representative",
        "other": "Chargé d’affaires a.i. or other",
    },
    StatementLanguage: {
        "en": "English",
        "fr": "French",
        "es": "Spanish",
        "ru": "Russian",
        "zh": "Chinese",
        "ar": "Arabic",
        "other": "Another language, with interpretation provided by the delegation",
    },
    LetterState: {
        "pending": "Being read by the Presidency",
        "accepted": "Accepted",
        "returned": "Returned",
        "awaited": "To follow",
    },
    Step: {
        "prepared": "Council chosen",
        "contact": "Contact given",
        "translated": "Notice translated",
        "invited": "Delegations invited",
        "rehearsed": "Rehearsed",
        "opened": "List opened",
        "letters": "Letters read",
        "order": "Order of the Council set",
        "meeting": "Meeting held",
        "over": "Archived",
    },
    Basis: {
        "rule_37": "rule 37 of the provisional rules of procedure",
        "rule_39": "rule 39 of the provisional rules of procedure",
        "previous_practice": (
            "the provisional rules of procedure and the previous practice in this regard"
        ),
    },
    InvitationState: {"issued": "Not opened yet", "opened": "Opened", "revoked": "Revoked"},
    Channel: {"email": "By e-mail", "telephone": "By telephone", "paper": "On paper"},
    Shown: {
        "all": "All",
        "registered": "On the list",
        "accepted": "Letter accepted",
        "pending": "Letter to read",
        "returned": "Letter returned",
        "to-follow": "Letter to follow",
        "late": "Letter late",
        "withdrawn": "Place given up",
        "not-registered": "Not registered yet",
        "ready": "Ready",
        "not-ready": "Not ready",
        "link-not-opened": "Link not opened",
    },
    Section: {
        "briefers": "Briefers",
        "council_members": "Members of the Council",
        "registered": "Registered delegations",
        "further_statements": "Further statements",
    },
    OrderPolicy: {
        "arrival": "By arrival",
        "precedence": "By the speaker’s level, then by arrival",
    },
    Visibility: {
        "own": "Each delegation its own place",
        "delegations": "Every invited delegation",
        "public": "Everybody",
    },
    Status: {
        "active": "taking place",
        "postponed": "postponed",
        "cancelled": "cancelled",
        "archived": "archived",
    },
    Role: {
        "admin": "Admin: everything, accounts and debates included",
        "verifier": "Verifier: letters, order, messages, journal",
        "chair": "Chair: sees the list",
    },
    Ground: {
        "level": "Level of the speaker",
        "request": "At the delegation’s own request",
        "group": "Speaks on behalf of a group",
        "travel": "The speaker must leave or arrives late",
        "agreed": "Agreed between the delegations",
        "mistake": "Corrects a mistake of the Presidency",
        "undone": "The Presidency undid its earlier move",
        "list": "New order of the whole list",
    },
    ReturnReason: {
        "not_addressed_to_the_president": (
            "The letter is not addressed to the President of the Security Council."
        ),
        "rule_not_cited": (
            "The letter does not cite rule 37 of the provisional rules of procedure."
        ),
        "wrong_debate": ("The letter names neither this debate nor its date, Mon 24 March 2025."),
        "not_signed": "The letter is not signed.",
        "signatory_not_entitled": (
            "The letter is not signed by the Permanent Representative or the chargé d’affaires a.i."
        ),
        "speaker_differs": "The letter names a different speaker from the registration.",
        "illegible": "The letter cannot be read. Send a sharper scan or photo.",
    },
    Refusal: {
        "unreadable": "We could not open this file as a PDF or photo. Try a photo of the letter.",
        "cut_off": (
            "This file did not arrive whole: its end is missing."
            " Send it again, or photograph the letter."
        ),
        "encrypted": (
            "This PDF is protected with a password. Save it without one, or photograph the letter."
        ),
        "no_pages": "This PDF has no pages. Save it again, or photograph the letter.",
        "too_many_pages": ("This letter has more than 10 pages. Send it without its annexes."),
        "too_many_pixels": ("This picture has more than 60 megapixels. Send it in a smaller size."),
        "took_too_long": (
            "This file takes too long to open. Photograph the letter, or save the PDF again."
        ),
    },
    Mark: {
        "javascript": "It contains a program (JavaScript).",
        "launch": "It can start programs or open other files.",
        "submit_form": "It can send data to an address on the internet.",
        "embedded_files": "Other files are packed inside it.",
        "media": "It contains film, sound or a 3D scene.",
        "xfa": "It is a form (XFA): some programs show other pages than these.",
        "repaired": "It is damaged: we repaired it for these pictures.",
        "fonts": "It uses fonts that are not in the file: the pictures may lack text.",
        "notes": "A note on a page is missing in the pictures: look at the original.",
    },
}
