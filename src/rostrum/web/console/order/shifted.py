"""What changed on the list while somebody looked at a page, in words for staff."""

from __future__ import annotations

from rostrum.domain.debates.debate import Debate
from rostrum.domain.errors import Conflict
from rostrum.domain.order.stretches import Shifted, StretchChanged
from rostrum.store.registrations import list_with_delegations
from rostrum.web.context import db
from rostrum.web.language.catalogs import gettext, ngettext
from rostrum.web.language.formats import delegation_name, refusal

NAMED = 3
"""How many delegations are named; the others are counted."""


def tell_conflict(debate: Debate, refused: Conflict) -> str:
    """The refusal, and which delegations are no longer where they were if that is why."""
    if not isinstance(refused, StretchChanged):
        return refusal(refused)
    names = {held.id: delegation_name(who) for held, who in list_with_delegations(db(), debate.id)}
    known = [each for each in refused.shifted if each.registration_id in names]
    said = [_tell(each, names[each.registration_id]) for each in known[:NAMED]]
    others = len(known) - len(said)
    if others:
        said.append(
            ngettext("%(num)s more delegation moved.", "%(num)s more delegations moved.", others)
        )
    return " ".join((refusal(refused), *said))


def _tell(each: Shifted, name: str) -> str:
    if each.after is None:
        return gettext("%(name)s has no place now.", name=name)
    if each.before is None:
        return gettext("%(name)s is new: number %(after)s.", name=name, after=each.after)
    return gettext(
        "%(delegation)s is now number %(after)s instead of %(before)s.",
        delegation=name,
        after=each.after,
        before=each.before,
    )
