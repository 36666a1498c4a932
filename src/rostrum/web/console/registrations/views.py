"""What staff asked to see of the list, in an address: filter, search and order."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from flask import request

from rostrum.domain.registrations.roll import Shown, Sorting, View

LONGEST_SEARCH = 80
_REVERSED = "-"


class Sort(NamedTuple):
    """A heading that sorts: the address that it leads to, and how the list is sorted by it now."""

    args: dict[str, str]
    direction: str
    """As `aria-sort` has it."""


def asked_view() -> View:
    """The view in the address of the request; whatever it cannot mean is left out."""
    asked = request.args.get("sort", "")
    sorting, shown = asked.removeprefix(_REVERSED), request.args.get("show", "")
    return View(
        shown=Shown(shown) if shown in set(Shown) else None,
        sought=request.args.get("q", "")[:LONGEST_SEARCH].strip(),
        sorting=Sorting(sorting) if sorting in set(Sorting) else Sorting.PLACE,
        is_reversed=asked.startswith(_REVERSED) and sorting in set(Sorting),
    )


def args_of(view: View) -> dict[str, str]:
    """The arguments of an address that asks for this view; without those that need not be said."""
    sort = f"{_REVERSED if view.is_reversed else ''}{view.sorting}"
    args = {"show": view.shown or "", "q": view.sought, "sort": sort}
    return {name: value for name, value in args.items() if value and value != Sorting.PLACE}


def sorts_of(view: View) -> dict[Sorting, Sort]:
    """For each column: pressed once it sorts, pressed again it reverses."""
    return {each: _sort(view, each) for each in Sorting}


def _sort(view: View, sorting: Sorting) -> Sort:
    is_sorted = view.sorting is sorting
    turned = replace(view, sorting=sorting, is_reversed=is_sorted and not view.is_reversed)
    direction = "descending" if view.is_reversed else "ascending"
    return Sort(args_of(turned), direction if is_sorted else "none")
