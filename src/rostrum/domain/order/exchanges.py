"""The order of the Council's members when members come and go."""

from __future__ import annotations

from collections.abc import Iterable, Sequence


def order_after_exchange(
    order: Sequence[int], leaving: Iterable[int], coming: Sequence[int]
) -> list[int]:
    """The order once some leave and others come; who stays keeps its place among the others.

    One that comes for one that leaves takes its place. Otherwise those who come stand at the end.
    """
    gone = set(leaving) & set(order)
    if len(gone) == 1 == len(coming):
        return [coming[0] if each in gone else each for each in order]
    return [each for each in order if each not in gone] + list(coming)
