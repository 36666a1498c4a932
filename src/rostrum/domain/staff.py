"""People of the mission, and what each role may do."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from rostrum.domain.errors import RuleBroken
from rostrum.domain.words import N_

MIN_PASSWORD_LENGTH = 12


class Role(StrEnum):
    """What a member of staff is trusted with."""

    ADMIN = "admin"
    VERIFIER = "verifier"
    CHAIR = "chair"


READS_LETTERS = frozenset({Role.ADMIN, Role.VERIFIER})
MANAGES_DEBATES = frozenset({Role.ADMIN})
MANAGES_DELEGATIONS = frozenset({Role.ADMIN})
MANAGES_STAFF = frozenset({Role.ADMIN})
REGISTERS_ON_BEHALF = frozenset({Role.ADMIN, Role.VERIFIER})
READS_JOURNAL = frozenset({Role.ADMIN, Role.VERIFIER})
DECIDES_LATE_LETTERS = frozenset({Role.ADMIN, Role.VERIFIER})
SENDS_MESSAGES = frozenset({Role.ADMIN, Role.VERIFIER})
MOVES_PLACES = frozenset({Role.ADMIN, Role.VERIFIER})
SEES_LIST = frozenset(Role)


@dataclass(frozen=True)
class Staff:
    """One account; `password_hash` is Argon2id in PHC form."""

    id: int
    name: str
    role: Role
    password_hash: str


def check_name(name: str) -> None:
    """Refuses an account without a name."""
    if not name:
        raise RuleBroken("name", N_("An account needs a name."))


def check_password(password: str) -> None:
    """Refuses a password shorter than 12 characters (NIST SP 800-63B asks for 8 or more)."""
    if len(password) < MIN_PASSWORD_LENGTH:
        raise RuleBroken(
            "password",
            N_("A password has at least %(length)s characters."),
            length=MIN_PASSWORD_LENGTH,
        )
