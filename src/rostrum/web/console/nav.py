"""The navigation of the console: what a member of staff can reach, by role."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from flask import Flask, g, request, url_for

from rostrum.domain.debates.debate import Debate
from rostrum.domain.debates.lifecycle import may_change
from rostrum.domain.delegations.delegation import Delegation
from rostrum.domain.sentences import N_
from rostrum.domain.staff.accounts import (
    MANAGES_DEBATES,
    MANAGES_DELEGATIONS,
    MANAGES_STAFF,
    MOVES_PLACES,
    READS_JOURNAL,
    READS_LETTERS,
    SEES_LIST,
    SENDS_MESSAGES,
    Role,
)
from rostrum.web.language.catalogs import gettext


class Way(NamedTuple):
    """A link of the navigation."""

    text: str
    url: str
    is_here: bool


@dataclass(frozen=True)
class _Entry:
    endpoint: str
    text: str
    roles: frozenset[Role]

    def way(self, **values: str) -> Way:
        blueprint, here = self.endpoint.partition(".")[0], request.blueprint or ""
        is_here = here.partition(".")[0] == blueprint
        return Way(gettext(self.text), url_for(self.endpoint, **values), is_here)


OF_A_DEBATE = (
    _Entry("console.list_registrations", N_("List"), SEES_LIST),
    _Entry("console_letters.show_next", N_("Letters"), READS_LETTERS),
    _Entry("console_order.show", N_("Order"), MOVES_PLACES),
    _Entry("exports.show", N_("Exports"), SEES_LIST),
    _Entry("console_messages.show", N_("Messages"), SENDS_MESSAGES),
    _Entry("console_debates.show", N_("Settings"), MANAGES_DEBATES),
    _Entry("console_invitations.list_invitations", N_("Invitations"), MANAGES_DELEGATIONS),
    _Entry("console_journal.show_debate", N_("Journal"), READS_JOURNAL),
    _Entry("retention.show", N_("Retention"), MANAGES_DEBATES),
)
"""Pages about one debate, in order."""

OF_THE_ORDER = (
    _Entry("console_swaps.list_swaps", N_("Swaps"), MOVES_PLACES),
    _Entry("console_levels.show", N_("Rule of the order"), MANAGES_DEBATES),
)
"""Pages about the order of a debate."""

OF_THE_MISSION = (
    _Entry("staff.show", N_("Debates"), SEES_LIST),
    _Entry("journal.show", N_("Journal"), READS_JOURNAL),
    _Entry("console_delegations.list_all", N_("Delegations"), MANAGES_DELEGATIONS),
    _Entry("people.list_people", N_("People"), MANAGES_STAFF),
    _Entry("addresses.show", N_("Address"), MANAGES_STAFF),
    _Entry("mission_contact.show", N_("Contact"), MANAGES_DEBATES),
    _Entry("account.show", N_("Account"), SEES_LIST),
)
"""All other pages."""


def _open_to_reader(entries: tuple[_Entry, ...]) -> list[_Entry]:
    member = g.get("member")
    if not member or member.staff.must_set_up_totp:
        return []
    return [entry for entry in entries if member.staff.role in entry.roles]


def debate_ways(debate: Debate) -> list[Way]:
    """The pages about a debate that the signed-in member of staff may see."""
    return [entry.way(slug=debate.slug) for entry in _open_to_reader(OF_A_DEBATE)]


def order_ways(debate: Debate) -> list[Way]:
    """The pages about the order that the signed-in member of staff may see."""
    return [entry.way(slug=debate.slug) for entry in _open_to_reader(OF_THE_ORDER)]


def mission_ways() -> list[Way]:
    """The other pages that the signed-in member of staff may see."""
    return [entry.way() for entry in _open_to_reader(OF_THE_MISSION)]


def dossier_url(debate: Debate, delegation: Delegation) -> str:
    """The page of one delegation, to which its name leads wherever staff read it."""
    return url_for("dossier.show", slug=debate.slug, member_code=delegation.code)


def init_app(app: Flask) -> None:
    app.jinja_env.globals |= {
        "debate_ways": debate_ways,
        "dossier_url": dossier_url,
        "may_change": may_change,
        "mission_ways": mission_ways,
        "order_ways": order_ways,
    }
