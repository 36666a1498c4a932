"""The stretch of the list that a change concerns: as a page showed it, and as it is now."""

from __future__ import annotations

from typing import NamedTuple

from rostrum.domain.errors import Conflict
from rostrum.domain.order.places import Changes, changes_to, in_order
from rostrum.domain.sentences import S_
from rostrum.domain.texts import whole_number

LONGEST = 6_000
"""Characters of an order that a page carries: several hundred ids."""


class Shifted(NamedTuple):
    """A registration that is not where it was: None where it has no place."""

    registration_id: int
    before: int | None
    after: int | None


class StretchChanged(Conflict):
    """Within the stretch that a change concerns, the list is no longer as it was (409)."""

    def __init__(self, shifted: list[Shifted]) -> None:
        super().__init__(
            S_("The list has changed in between, and nobody was moved. Check it and decide again.")
        )
        self.shifted = shifted


def written_order(places: dict[int, int]) -> str:
    """The order for a page to carry, so that a decision about it is applied to no other."""
    return ".".join(map(str, in_order(places)))


def read_order(text: str) -> dict[int, int]:
    """The places that a page carried, by registration id; none if they cannot be read."""
    numbers = [whole_number(part) for part in text[:LONGEST].split(".")]
    if None in numbers or len(set(numbers)) != len(numbers):
        return {}
    return {number: place for place, number in enumerate(numbers, start=1)}


def check_stretch(seen: str, places: dict[int, int], moving: int, place: int) -> None:
    """Refuses a move if anything between its two places differs from what the page showed.

    Who comes, goes or moves elsewhere on the list does not matter. `seen` is a `written_order`.
    """
    shown = read_order(seen)
    shifted = _shifted_within({place, places[moving], shown.get(moving, place)}, shown, places)
    if shifted or moving not in shown:
        raise StretchChanged(shifted)


def changes_wanted(seen: str, wanted: str, places: dict[int, int]) -> Changes:
    """The changes from the order that a page showed to the one it offered (both `written_order`).

    Refused if anything from the first to the last place that changes is no longer as it was shown
    (StretchChanged). Who comes, goes or moves elsewhere on the list does not matter.
    """
    shown, order = read_order(seen), in_order(read_order(wanted))
    if set(order) != set(shown):
        raise StretchChanged([])
    changes = changes_to(shown, order)
    ends = {place for pair in changes.values() for place in pair}
    if changes and (shifted := _shifted_within(ends, shown, places)):
        raise StretchChanged(shifted)
    return changes


def _shifted_within(ends: set[int], shown: dict[int, int], places: dict[int, int]) -> list[Shifted]:
    """Who is not where it was between the first and the last of these places, both included."""
    stretch = range(min(ends), max(ends) + 1)
    concerned = [each for each in places | shown if _is_within(stretch, each, places, shown)]
    return _shifted(shown, places, concerned)


def _is_within(stretch: range, each: int, *orders: dict[int, int]) -> bool:
    return any(order.get(each) in stretch for order in orders)


def check_still_there(expected: dict[int, int], places: dict[int, int]) -> None:
    """Refuses to take a change back if somebody has left the place that it gave
    (StretchChanged)."""
    if shifted := _shifted(expected, places, list(expected)):
        raise StretchChanged(shifted)


def _shifted(before: dict[int, int], after: dict[int, int], concerned: list[int]) -> list[Shifted]:
    """Those concerned whose place differs, in the order in which they stand now, the gone last."""
    pairs = (Shifted(each, before.get(each), after.get(each)) for each in concerned)
    moved = [each for each in pairs if each.before != each.after]
    return sorted(moved, key=lambda each: (each.after is None, each.after or each.before))
