"""Invitations: the personal link of one delegation to one debate."""

from __future__ import annotations

import base64
import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Invitation:
    """Renewing raises `generation` (older links die); revoking ends it."""

    id: int
    debate_id: int
    delegation_id: int
    generation: int
    revoked_at: datetime | None


def invitation_token(secret_key: bytes, invitation_id: int, generation: int) -> str:
    """`<id>-<mac>`: HMAC-SHA256 over id and generation, cut to 128 bits, base64url."""
    message = f"invitation {invitation_id} {generation}".encode()
    mac = hmac.new(secret_key, message, hashlib.sha256).digest()[:16]
    return f"{invitation_id}-{base64.urlsafe_b64encode(mac).decode().rstrip('=')}"


def invitation_id_of(token: str) -> int | None:
    """The id a token claims to belong to; None when it has not a token's form."""
    head = token.partition("-")[0]
    return int(head) if head.isascii() and head.isdigit() and len(head) < 10 else None


def is_genuine(token: str, secret_key: bytes, invitation: Invitation) -> bool:
    """Whether the token is the link of this invitation's present generation, unrevoked."""
    expected = invitation_token(secret_key, invitation.id, invitation.generation)
    fits = hmac.compare_digest(token.encode(), expected.encode())
    return fits and invitation.revoked_at is None
