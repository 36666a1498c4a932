"""Kept lists: when the list of a debate is written to a file by itself, and how that file is named.

If the server fails on the morning of an opening, the mission goes on with the last of them.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from rostrum.domain.debates.debate import Debate, Status

EVERY = timedelta(minutes=15)
BEFORE, AFTER = timedelta(hours=2), timedelta(hours=6)
"""A morning is so long before the opening and after it, unless the list closes earlier."""
PAST_THE_RUSH = timedelta(minutes=2)
"""A list is written so long after each quarter of an hour from the opening: never amid the presses,
and the first one that matters has all of them."""
MOST = 40
"""Lists kept of one debate: more than one morning has, should the opening move."""
LANGUAGES = ("fr", "en")
"""Those of the console; English is written last, so that where it is, all are."""
_FORM = "%Y-%m-%dT%H%M%SZ"
_NAME = re.compile(r"(\d{4}-\d\d-\d\dT\d{6}Z)\.(?:en|fr)\.html")


def due_from(debate: Debate, now: datetime) -> datetime | None:
    """Since when there should be a newer list than before; None outside the morning.

    The last one is due at the first quarter after the list has closed, else after the morning. The
    time goes by whether or not the list changed: paper needs to say of when it is.
    """
    first = debate.opens_at - BEFORE + PAST_THE_RUSH
    end = min(debate.opens_at + AFTER, max(debate.closed_from, debate.opens_at))
    last = first - (first - end) // EVERY * EVERY
    if debate.status is not Status.ACTIVE or not first <= now < last + EVERY:
        return None
    return first + (now - first) // EVERY * EVERY


def is_due(debate: Debate, now: datetime, kept: list[datetime]) -> bool:
    """Whether a list is to be written now, with those of these instants there already."""
    since = due_from(debate, now)
    return since is not None and max(kept, default=since - EVERY) < since


def file_name(at: datetime, language: str) -> str:
    """The name of the list as of an instant: names sort by time."""
    return f"{at.astimezone(UTC):{_FORM}}.{language}.html"


def read_instant(name: str) -> datetime | None:
    """As of when the list in a file is, to the second; None for a name that we did not give."""
    found = _NAME.fullmatch(name)
    return found and datetime.strptime(found[1], _FORM).replace(tzinfo=UTC)
