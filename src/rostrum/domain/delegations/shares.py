"""Shares: links that show a delegation's place, to be read and nothing else.

A share signs nobody in. It stops working with its generation of the invitation.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from rostrum.domain.access.tokens import is_token, token
from rostrum.domain.delegations.invitations import Invitation
from rostrum.domain.errors import Conflict
from rostrum.domain.sentences import N_

PURPOSE = "share"
MOST = 10
"""Links of one delegation that work at the same time."""


@dataclass(frozen=True)
class Share:
    """A link that one of the delegation's phones made; `browser` says which phone."""

    id: int
    invitation_id: int
    generation: int
    made_at: datetime
    browser: str
    ended_at: datetime | None = None
    ended_by: str = ""

    def works(self, invitation: Invitation) -> bool:
        """Whether the link works: not ended, and its invitation neither renewed nor revoked."""
        is_current = self.generation == invitation.generation
        return self.ended_at is None and is_current and invitation.revoked_at is None


def share_link(base_url: str, secret_key: bytes, share: Share) -> str:
    """The address to pass on."""
    return f"{base_url}/shared/{token(secret_key, PURPOSE, share.id)}"


def is_of_share(text: str, secret_key: bytes, share: Share) -> bool:
    """Whether the text is this share's token."""
    return is_token(text, secret_key, PURPOSE, share.id)


def check_room(shares: list[Share]) -> None:
    """Refuses one more link than a delegation needs (Conflict)."""
    if len(shares) >= MOST:
        raise Conflict(N_("There are %(count)s links already. End one first."), count=MOST)
