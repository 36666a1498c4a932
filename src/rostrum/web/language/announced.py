"""Changes of what delegations were told about a debate, in words."""

from __future__ import annotations

from flask import Flask

from rostrum.domain.debates.announced import (
    LETTERS,
    MEETING,
    OPENING,
    VENUE,
    AnnouncedChange,
)
from rostrum.domain.sentences import N_
from rostrum.web.language.catalogs import gettext, isolated
from rostrum.web.language.formats import wall_time

_MOVED = {
    MEETING: N_("The meeting moved from %(before)s to %(after)s."),
    OPENING: N_("The opening moved from %(before)s to %(after)s."),
    LETTERS: N_("Letters are due by %(after)s, no longer by %(before)s."),
}


def tell_announced(change: AnnouncedChange) -> str:
    """What changed, as one sentence for delegations, without its reason."""
    before, after = change.before, change.after
    if change.part == VENUE:
        return gettext("The meeting takes place elsewhere now: %(venue)s.", venue=isolated(after))
    if before is None:
        return gettext(
            "Letters are due by %(after)s now.", after=wall_time(after, change.changed_at)
        )
    if after is None:
        return gettext("There is no longer a deadline for letters.")
    told = {"before": wall_time(before, after), "after": wall_time(after, before)}
    return gettext(_MOVED[change.part], **told)


def init_app(app: Flask) -> None:
    app.jinja_env.globals["tell_announced"] = tell_announced
