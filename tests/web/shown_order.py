"""The order of the list as everybody is shown it: pages, live blocks, tables."""

from __future__ import annotations

import csv
import io

from bs4 import BeautifulSoup, SoupStrainer, Tag

Order = list[tuple[int, str]]
"""Place and delegation, from the top."""


def part_of(text: str, part: str) -> Tag:
    """The element of this id in a page or fragment; the rest is not even parsed."""
    found = BeautifulSoup(text, "html.parser", parse_only=SoupStrainer(id=part))
    assert isinstance(found.contents[0], Tag), f"no {part}"
    return found.contents[0]


def standing_in(text: str) -> tuple[int, int] | None:
    """The number on a delegation's page and of how many; None where there is no number."""
    standing = part_of(text, "standing")
    number = standing.select_one(".number")
    if number is None:
        return None
    line = " ".join(standing.select_one(".of").get_text().split())
    count, _, before = line.removeprefix("of ").partition(" · ")
    place = int(number.get_text())
    assert before == ("nobody before you" if place == 1 else f"{place - 1} before you")
    return place, int(count)


def list_in(text: str) -> Order:
    """The list as delegations see it, by name."""
    rows = part_of(text, "registered_list").select("li")
    for row in rows:
        assert row["value"] == row.select_one(".place").get_text()
    return [(int(row["value"]), row.select("span")[1].get_text()) for row in rows]


def console_in(text: str) -> Order:
    """The list as staff see it, by name; those that are awaited have no place in it."""
    rows = part_of(text, "console_list").select("tbody tr[id^=row_]")
    return [(int(row.td.get_text()), str(next(row.th.stripped_strings))) for row in rows]


def table_in(text: str) -> Order:
    """The list of a CSV, by name."""
    rows = csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline=""))
    return [(int(row["place"]), row["delegation"]) for row in rows]
