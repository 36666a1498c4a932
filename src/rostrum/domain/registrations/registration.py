"""Registrations: who may take a place, and when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from rostrum.domain.checks import check_said, check_unchanged
from rostrum.domain.debates.debate import Debate
from rostrum.domain.debates.lifecycle import check_takes_presses
from rostrum.domain.errors import Conflict, RuleBroken, TooEarly
from rostrum.domain.letters.letter import Letter
from rostrum.domain.sentences import N_, S_
from rostrum.domain.speakers import Speaker
from rostrum.domain.times import to_micros

COUNCIL_MEMBERS_DO_NOT_QUEUE = N_(
    "Council members speak in an order drawn by lot; the Presidency sets that order."
)

SHUT_OUT = N_(
    "The time for letters is over. Without a letter your delegation cannot register by itself. "
    "Call the Presidency."
)


@dataclass(frozen=True)
class Draft:
    """What a delegation prepared before it has a place. It gives no place."""

    debate_id: int
    delegation_id: int
    speaker: Speaker
    letter: Letter | None
    version: int
    """Counts the changes of the speaker; a registration continues the count of its draft."""
    updated_at: datetime | None
    typed: Mapping[str, str] = field(default_factory=dict)
    """Fields as they are being typed, or cannot stand on the list yet, by name; the speaker keeps
    their last values that could."""
    recorded: Speaker | None = None
    """The speaker as the journal last told it, if fields were saved since."""

    @property
    def shown_speaker(self) -> Speaker:
        """The speaker as the page shows it: without the fields that somebody emptied."""
        return replace(self.speaker, **{n: "" for n, text in self.typed.items() if not text})

    @property
    def has_speaker(self) -> bool:
        """Whether the speaker is prepared."""
        return self.speaker.is_complete

    @property
    def is_ready(self) -> bool:
        """Whether nothing but the press is missing."""
        return self.speaker.is_complete and self.letter is not None

    @property
    def missing(self) -> tuple[str, ...]:
        """The parts still missing, in the order of the page: `speaker`, `letter`."""
        parts = (("speaker", self.speaker.is_complete), ("letter", self.letter is not None))
        return tuple(name for name, is_there in parts if not is_there)


class Channel(StrEnum):
    """How a request came, as ready-made reasons."""

    EMAIL = "email"
    TELEPHONE = "telephone"
    PAPER = "paper"


CHANNEL_LABELS = {
    Channel.EMAIL: N_("By e-mail"),
    Channel.TELEPHONE: N_("By telephone"),
    Channel.PAPER: N_("On paper"),
}


@dataclass(frozen=True)
class Entered:
    """The record that the mission entered a delegation that could not register itself."""

    by: str
    """Name of the member of staff."""
    at: datetime
    """The desk's stamp; `received_at` is earlier if the request had come before by other means."""
    channel: str
    """How the request came: a `Channel`, or empty if staff gave only their own words."""
    words: str
    """How or why, in staff's own words; the delegation reads them."""


@dataclass(frozen=True)
class Registration:
    """An accepted request for a place. Arrival number and instant are permanent.

    `place` is today's place in the registered list (1 is first), None once withdrawn.
    """

    id: int
    debate_id: int
    delegation_id: int
    arrival_number: int
    received_at: datetime
    reference: str
    idempotency_key: str
    speaker: Speaker
    letter: Letter
    """The current letter."""
    receipt_letter: Letter
    """The letter that came with the press; the receipt names it, whatever follows."""
    place: int | None
    version: int
    withdrawn_at: datetime | None
    ranked_level: str = ""
    """The level that counts for the order: a higher level counts once staff confirm it."""
    letter_deadline: datetime | None = None
    """Until when this delegation may send a letter, if staff gave it more time."""
    struck_by: str = ""
    """Name of the member of staff who struck the place; empty if it was not struck."""
    struck_reason: str = ""
    withdrawn_by: str = ""
    """Name of the member of staff who gave the place up as the delegation asked; empty if the
    delegation did it itself."""
    withdrawn_words: str = ""
    """How it asked, in staff's words; the delegation reads them."""
    entered: Entered | None = None
    """None if the delegation pressed itself."""

    @property
    def is_active(self) -> bool:
        return self.place is not None

    @property
    def is_struck(self) -> bool:
        return bool(self.struck_by)


def idempotency_key(earlier_registrations: int) -> str:
    """The key of a delegation's next press in a debate, the same on all its phones.

    It counts the delegation's earlier registrations, withdrawn ones included: every press and
    every retry of one attempt carries one key, and a retry that arrives after a withdrawal
    is known as late instead of registering again.
    """
    return f"attempt-{earlier_registrations + 1}"


def check_may_register(debate: Debate, is_council_member: bool, received_at: datetime) -> None:
    """Refuses Council members, presses before `opens_at` and from `closed_from` on, and all of them
    while the debate is postponed, cancelled or archived."""
    if is_council_member:
        raise RuleBroken("press", COUNCIL_MEMBERS_DO_NOT_QUEUE)
    check_takes_presses(debate)
    if received_at < debate.opens_at:
        raise TooEarly(to_micros(debate.opens_at) - to_micros(received_at), debate.opens_at)
    if received_at >= debate.closed_from:
        raise RuleBroken(
            "press",
            N_("The list closed on %(closed_at)s. Call the Presidency."),
            closed_at=debate.closed_from,
        )


def check_is_ready(draft: Draft, *, takes_letters: bool) -> None:
    """Refuses a press while the speaker or the letter is missing; names the field. A letter is
    always needed: once none is taken any more, only the mission can enter the delegation."""
    if draft.letter is None and not takes_letters:
        raise RuleBroken("press", SHUT_OUT)
    if not draft.speaker.is_complete:
        raise RuleBroken("speaker", N_("Enter the speaker’s details to register."))
    if draft.letter is None:
        raise RuleBroken("letter", N_("Add the letter to register."))


def check_is_not_late(key: str, used_keys: frozenset[str]) -> None:
    """Refuses a retry of a press whose registration has been withdrawn since."""
    if key in used_keys:
        raise Conflict(
            N_("You pressed for a place that has since been given up. Press again for a new one.")
        )


class PlaceChanged(Conflict):
    """The delegation's number is no longer the one that its page showed (409)."""


def check_place_seen(held: Registration, seen: int | None) -> None:
    """Refuses an act if the number that the page showed has changed; None: done without a page."""
    if seen is not None and seen != held.place:
        raise PlaceChanged(
            N_("You are now number %(place)s and still have that place. Check, then decide again."),
            place=held.place,
        )


def check_place_seen_by_staff(held: Registration, seen: int) -> None:
    """Refuses an act of the staff if the number that their page showed has changed."""
    overtaken = S_("The delegation is now number %(place)s. Check, then decide again.")
    if seen != held.place:
        raise PlaceChanged(overtaken, place=held.place)


OVERTAKEN = N_("This has been changed on another phone. Save again to keep your version.")


def check_version(seen: int, current: int) -> None:
    """Refuses a change made on a page that another phone has put out of date."""
    check_unchanged(seen, current, OVERTAKEN)


def check_withdrawal_reason(reason: str) -> str:
    """How a delegation asked staff to give its place up, trimmed; refused when empty."""
    return check_said(reason, S_("Say who asked for it, and how: the delegation reads this."))


def check_reinstatement_reason(reason: str) -> str:
    """The reason for reinstating a place, trimmed; refused when empty."""
    return check_said(reason, N_("Say why the place is given back: the delegation reads this."))
