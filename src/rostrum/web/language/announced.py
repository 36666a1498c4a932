"""Changes of what delegations were told about a debate, in words."""

from __future__ import annotations

from datetime import datetime

from flask import Flask

from rostrum.domain.debates.announced import (
    LETTERS,
    MEETING,
    OPENING,
    VENUE,
    AnnouncedChange,
    is_over,
)
from rostrum.domain.sentences import N_
from rostrum.domain.times import new_york_day
from rostrum.web.language.catalogs import gettext
from rostrum.web.language.formats import wall_time

_MOVED = {
    MEETING: N_("The meeting moved from %(before)s to %(after)s."),
    OPENING: N_("The opening moved from %(before)s to %(after)s."),
    LETTERS: N_("Letters are due by %(after)s, no longer by %(before)s."),
}


def tell_announced(change: AnnouncedChange, now: datetime) -> str:
    """What changed, as one sentence for delegations, without its reason. A new venue, which staff
    wrote, follows it."""
    before, after = change.before, change.after
    if change.part == VENUE:
        return gettext("The meeting takes place elsewhere now:")
    if after is None:
        return gettext("There is no longer a deadline for letters.")
    if change.part == LETTERS and is_over(change, now):
        return _tell_ended(before, after, now)
    if before is None:
        said = wall_time(after, change.changed_at)
        return gettext("Letters are due by %(after)s now.", after=said)
    told = {"before": wall_time(before, after), "after": wall_time(after, before)}
    return gettext(_MOVED[change.part], **told)


def _tell_ended(before: datetime | None, after: datetime, now: datetime) -> str:
    """That letters were due earlier than had been said."""
    if before is None:
        return gettext("Letters were due by %(after)s.", after=wall_time(after, now))
    is_same_day = new_york_day(before) == new_york_day(after)
    return gettext(
        "Letters were due by %(after)s, no longer by %(before)s.",
        after=wall_time(after, now if is_same_day else before),
        before=wall_time(before, after),
    )


def init_app(app: Flask) -> None:
    app.jinja_env.globals["tell_announced"] = tell_announced
