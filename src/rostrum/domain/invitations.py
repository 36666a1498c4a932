"""Invitations: the personal link of one delegation to one debate."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from rostrum.domain.tokens import is_token, token

PURPOSE = "invitation"


@dataclass(frozen=True)
class Invitation:
    """Renewing raises `generation` (older links die); revoking ends it."""

    id: int
    debate_id: int
    delegation_id: int
    generation: int
    revoked_at: datetime | None


def invitation_token(secret_key: bytes, invitation_id: int, generation: int) -> str:
    """What the link of this generation of an invitation carries."""
    return token(secret_key, PURPOSE, invitation_id, generation)


def invitation_link(base_url: str, secret_key: bytes, invitation: Invitation) -> str:
    """The personal link of the invitation's present generation."""
    text = invitation_token(secret_key, invitation.id, invitation.generation)
    return f"{base_url}/invitations/{text}"


def is_genuine(text: str, secret_key: bytes, invitation: Invitation) -> bool:
    """Whether the text is the token of this invitation's present generation, unrevoked."""
    fits = is_token(text, secret_key, PURPOSE, invitation.id, invitation.generation)
    return fits and invitation.revoked_at is None
