"""Who runs a debate: the mission by its name, and how to reach it."""

from __future__ import annotations

from dataclasses import dataclass, fields

from rostrum.domain.sentences import S_


@dataclass(frozen=True)
class MissionContact:
    """What delegations read of it; empty text where nothing is said."""

    name: str = ""
    phone: str = ""
    email: str = ""
    duty_officer: str = ""

    @property
    def is_reachable(self) -> bool:
        return bool(self.phone or self.email)

    def over(self, general: MissionContact) -> MissionContact:
        """What holds for one debate: each part of this one, else that which holds for all."""
        parts = {part: getattr(self, part) or getattr(general, part) for part in PARTS}
        return MissionContact(**parts)

    def changed_parts(self, other: MissionContact) -> list[str]:
        """Names of the parts in which the two differ."""
        return [part for part in PARTS if getattr(self, part) != getattr(other, part)]


PARTS = tuple(field.name for field in fields(MissionContact))
"""In the order in which they are read."""
PART_LABELS = {
    "name": S_("name of the mission"),
    "phone": S_("telephone"),
    "email": S_("e-mail"),
    "duty_officer": S_("duty officer"),
}
