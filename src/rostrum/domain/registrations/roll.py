"""The roll of a debate: who is registered, who gave up, and who is invited and still awaited.

One row for each registration and one for each delegation that may register and has not: staff
filter, search and sort all of them together.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from rostrum.domain.debates.debate import Phase
from rostrum.domain.delegations.delegation import Delegation, is_found, name_key
from rostrum.domain.delegations.invitations import Invitation, Opening
from rostrum.domain.letters.letter import LetterState
from rostrum.domain.registrations.registration import Registration
from rostrum.domain.sentences import S_


@dataclass(frozen=True)
class Listed:
    """A row of the roll; `held` is None for a delegation that is awaited."""

    delegation: Delegation
    held: Registration | None = None
    missing: tuple[str, ...] = ()
    """What the draft of an awaited delegation lacks (`Draft.missing`). Staff see no more of it."""
    invitation: Invitation | None = None
    opening: Opening | None = None
    """How its present link was used; None if nobody opened it."""
    is_late: bool = False
    """Whether it owes a letter (`deadlines.owes_letter`)."""
    is_pretend: bool = False
    """Whether it registered by itself, in a rehearsal."""

    @property
    def is_active(self) -> bool:
        return self.held is not None and self.held.is_active

    @property
    def state(self) -> str:
        """Where it stands, as a code for other programs."""
        if self.held is None:
            return Shown.READY if self.is_ready else Shown.NOT_READY
        if self.is_active:
            return Shown.REGISTERED
        return "struck" if self.held.is_struck else Shown.WITHDRAWN

    @property
    def is_ready(self) -> bool:
        """Whether an awaited delegation has nothing left to do but press."""
        return self.held is None and not self.missing

    @property
    def is_to_read(self) -> bool:
        """Whether the letter waits for the mission; a deleted one can no longer be read."""
        return self.has_letter(LetterState.PENDING) and not self.held.letter.is_purged

    @property
    def is_unopened(self) -> bool:
        """Whether its link works and nobody has used it yet; of no interest once it gave up."""
        works = self.invitation is not None and self.invitation.revoked_at is None
        return works and self.opening is None and (self.held is None or self.is_active)

    def has_letter(self, state: LetterState) -> bool:
        """Whether it has a place, and a letter in this state."""
        return self.is_active and self.held.letter.state is state


class Shown(StrEnum):
    """A part of the roll; the value stands in addresses and in the names of files."""

    ALL = "all"
    REGISTERED = "registered"
    ACCEPTED = "accepted"
    PENDING = "pending"
    RETURNED = "returned"
    FOLLOWING = "to-follow"
    LATE = "late"
    WITHDRAWN = "withdrawn"
    AWAITED = "not-registered"
    READY = "ready"
    NOT_READY = "not-ready"
    UNOPENED = "link-not-opened"


SHOWN_LABELS = {
    Shown.ALL: S_("All"),
    Shown.REGISTERED: S_("On the list"),
    Shown.ACCEPTED: S_("Letter accepted"),
    Shown.PENDING: S_("Letter to read"),
    Shown.RETURNED: S_("Letter returned"),
    Shown.FOLLOWING: S_("Letter to follow"),
    Shown.LATE: S_("Letter late"),
    Shown.WITHDRAWN: S_("Place given up"),
    Shown.AWAITED: S_("Not registered yet"),
    Shown.READY: S_("Ready"),
    Shown.NOT_READY: S_("Not ready"),
    Shown.UNOPENED: S_("Link not opened"),
}
_BELONGS: dict[Shown, Callable[[Listed], bool]] = {
    Shown.ALL: lambda _: True,
    Shown.REGISTERED: lambda each: each.is_active,
    Shown.ACCEPTED: lambda each: each.has_letter(LetterState.ACCEPTED),
    Shown.PENDING: lambda each: each.is_to_read,
    Shown.RETURNED: lambda each: each.has_letter(LetterState.RETURNED),
    Shown.FOLLOWING: lambda each: each.has_letter(LetterState.AWAITED),
    Shown.LATE: lambda each: each.is_late,
    Shown.WITHDRAWN: lambda each: each.held is not None and not each.held.is_active,
    Shown.AWAITED: lambda each: each.held is None,
    Shown.READY: lambda each: each.is_ready,
    Shown.NOT_READY: lambda each: each.held is None and bool(each.missing),
    Shown.UNOPENED: lambda each: each.is_unopened,
}


_LETTERS = (
    *(LetterState.RETURNED, LetterState.AWAITED),
    *(LetterState.PENDING, LetterState.ACCEPTED),
)


class Sorting(StrEnum):
    """By what the roll is sorted."""

    PLACE = "place"
    NAME = "name"
    STATE = "state"
    ARRIVAL = "arrival"


@dataclass(frozen=True)
class View:
    """What somebody wants to see of the roll."""

    shown: Shown | None = None
    """None: what matters at the time, see `at`."""
    sought: str = ""
    sorting: Sorting = Sorting.PLACE
    is_reversed: bool = False

    def at(self, phase: Phase) -> View:
        """With its part: unless one was chosen, the registered; but all before the opening, and
        where somebody is sought."""
        usual = Shown.ALL if phase is Phase.BEFORE or self.sought else Shown.REGISTERED
        return replace(self, shown=self.shown or usual)


def count_parts(roll: Iterable[Listed]) -> dict[Shown, int]:
    """How many rows each part has."""
    rows = list(roll)
    return {shown: sum(map(belongs, rows)) for shown, belongs in _BELONGS.items()}


def choose(roll: Iterable[Listed], view: View, language: str = "en") -> list[Listed]:
    """The rows of the view, in its order; names sort as this language has them.

    Rows without what the view sorts by come last, also when it is reversed. Rows that are equal
    keep the usual order: by place, then the awaited by name, then those that gave up.
    """
    belongs = _BELONGS[view.shown or Shown.REGISTERED]
    found = [each for each in roll if belongs(each) and _is_sought(each, view.sought)]
    found.sort(key=lambda each: _usual(each, language))
    known = {id(each): _value(each, view.sorting, language) for each in found}
    with_value = [each for each in found if known[id(each)] is not None]
    with_value.sort(key=lambda each: known[id(each)], reverse=view.is_reversed)
    return with_value + [each for each in found if known[id(each)] is None]


def _is_sought(each: Listed, words: str) -> bool:
    """Whether a name of the delegation, its code or its speaker's name contains the words."""
    speaker = each.held.speaker.full_name if each.held else ""
    return is_found(each.delegation, words) or name_key(words) in name_key(speaker)


def _usual(each: Listed, language: str) -> tuple[int, int, str]:
    if each.held is None:
        return (1, 0, name_key(each.delegation.name(language)))
    return (0, each.held.place, "") if each.is_active else (2, each.held.arrival_number, "")


def _value(each: Listed, sorting: Sorting, language: str) -> int | str | None:
    match sorting:
        case Sorting.NAME:
            return name_key(each.delegation.name(language))
        case Sorting.STATE:
            return _urgency(each)
        case Sorting.ARRIVAL:
            return each.held and each.held.arrival_number
        case _:
            return each.held and each.held.place


def _urgency(each: Listed) -> int:
    """What needs somebody most comes first: a letter that is missing, one to read, one accepted;
    then the awaited, those that prepared least first, and who gave up."""
    if each.is_active:
        return _LETTERS.index(each.held.letter.state)
    if each.held is not None:
        return 7
    return 6 if each.is_ready else 5 if each.opening else 4
