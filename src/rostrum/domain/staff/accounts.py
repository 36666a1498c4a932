"""Accounts of the mission's staff, and what each role may do."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from rostrum.domain.errors import Conflict, RuleBroken
from rostrum.domain.sentences import S_

MIN_PASSWORD_LENGTH = 12
LINK_LASTS = timedelta(hours=24)
"""How long a one-time link can be used."""


class Role(StrEnum):
    """What a member of staff is trusted with."""

    ADMIN = "admin"
    VERIFIER = "verifier"
    CHAIR = "chair"


READS_LETTERS = frozenset({Role.ADMIN, Role.VERIFIER})
MANAGES_DEBATES = frozenset({Role.ADMIN})
MANAGES_DELEGATIONS = frozenset({Role.ADMIN})
HANDS_OUT_LINKS = frozenset({Role.ADMIN, Role.VERIFIER})
MANAGES_STAFF = frozenset({Role.ADMIN})
REGISTERS_ON_BEHALF = frozenset({Role.ADMIN, Role.VERIFIER})
READS_JOURNAL = frozenset({Role.ADMIN, Role.VERIFIER})
DECIDES_LATE_LETTERS = frozenset({Role.ADMIN, Role.VERIFIER})
SENDS_MESSAGES = frozenset({Role.ADMIN, Role.VERIFIER})
MOVES_PLACES = frozenset({Role.ADMIN, Role.VERIFIER})
WRITES_NOTES = frozenset({Role.ADMIN, Role.VERIFIER})
SEES_LIST = frozenset(Role)


ROLE_LABELS = {
    Role.ADMIN: S_("Admin: everything, accounts and debates included"),
    Role.VERIFIER: S_("Verifier: letters, order, messages, journal"),
    Role.CHAIR: S_("Chair: sees the list"),
}


@dataclass(frozen=True)
class Staff:
    """One account; `password_hash` is Argon2id in PHC form, empty until a link sets a password."""

    id: int
    name: str
    role: Role
    password_hash: str
    deactivated_at: datetime | None = None
    is_demo: bool = False
    """The demonstration's account: the terminal shows its password; it needs no second factor."""
    totp_generation: int = 0
    """The generation of the secret that counts; the next set-up uses the next one."""
    totp_since: datetime | None = None
    totp_step: int = 0
    """The step of the last code used: no code is accepted twice."""

    @property
    def is_active(self) -> bool:
        return self.deactivated_at is None

    @property
    def can_sign_in(self) -> bool:
        return self.is_active and self.password_hash != ""

    @property
    def has_totp(self) -> bool:
        return self.totp_since is not None

    @property
    def must_set_up_totp(self) -> bool:
        """Whether the account must set up its second factor before anything else; admins must."""
        return self.role is Role.ADMIN and not self.has_totp and not self.is_demo


@dataclass(frozen=True)
class StaffLink:
    """A link with which one account sets its password, once."""

    id: int
    staff_id: int
    resets_totp: bool
    expires_at: datetime
    used_at: datetime | None

    def is_open(self, now: datetime) -> bool:
        return self.used_at is None and now < self.expires_at


def link_hash(token: str) -> str:
    """The form in which the database keeps a link's random token."""
    return hashlib.sha256(token.encode()).hexdigest()


def admins_of(staff: list[Staff]) -> list[Staff]:
    """The admins who can sign in."""
    return [each for each in staff if each.role is Role.ADMIN and each.can_sign_in]


def check_admin_remains(staff: list[Staff], leaving: Staff) -> None:
    """Refuses to remove the last admin who can sign in."""
    if [each.id for each in admins_of(staff)] == [leaving.id]:
        raise Conflict(
            S_("%(name)s is the last admin. Make somebody else an admin first."), name=leaving.name
        )


def check_name(name: str) -> None:
    """Refuses an account without a name."""
    if not name:
        raise RuleBroken("name", S_("An account needs a name."))


def check_password(password: str) -> None:
    """Refuses a password shorter than 12 characters (NIST SP 800-63B asks for 8 or more)."""
    if len(password) < MIN_PASSWORD_LENGTH:
        raise RuleBroken(
            "password",
            S_("A password has at least %(length)s characters."),
            length=MIN_PASSWORD_LENGTH,
        )
