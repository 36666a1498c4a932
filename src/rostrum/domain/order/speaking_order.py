"""The whole list in speaking order: every statement, whoever makes it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from rostrum.domain.delegations.delegation import Delegation, alphabetical_key
from rostrum.domain.order.council import Member
from rostrum.domain.sentences import S_
from rostrum.domain.speakers import Speaker


class Section(StrEnum):
    """The parts of the list, in the order in which they speak."""

    BRIEFERS = "briefers"
    COUNCIL_MEMBERS = "council_members"
    REGISTERED = "registered"
    FURTHER_STATEMENTS = "further_statements"


SECTION_LABELS = {
    Section.BRIEFERS: S_("Briefers"),
    Section.COUNCIL_MEMBERS: S_("Members of the Council"),
    Section.REGISTERED: S_("Registered delegations"),
    Section.FURTHER_STATEMENTS: S_("Further statements"),
}


@dataclass(frozen=True)
class Statement:
    """One statement of the list."""

    section: Section
    name: str = ""
    """A briefer's name, as the notice gives it; empty for delegations."""
    delegation: Delegation | None = None
    """None for briefers."""
    speaker: Speaker | None = None
    """None if the mission does not know who will speak."""
    registration_id: int | None = None
    """Set for a registered delegation only."""
    letter: str = ""
    """The state of its letter; "" for whoever files none."""

    @property
    def is_for_a_group(self) -> bool:
        return self.speaker is not None and bool(self.speaker.on_behalf_of)


def members_in_order(members: list[Member], presidency: str) -> list[Member]:
    """Council members in English alphabetical order, the presidency (its English name) last."""
    by_name = sorted(members, key=lambda member: alphabetical_key(member.delegation))
    return sorted(by_name, key=lambda member: member.delegation.name() == presidency)
