"""Signed names of rows: `<id>-<mac>`, made with the instance's key and never stored."""

from __future__ import annotations

import base64
import hashlib
import hmac

from rostrum.domain.texts import whole_number


def token(secret_key: bytes, purpose: str, row_id: int, generation: int = 1) -> str:
    """HMAC-SHA256 over purpose, id and generation, cut to 128 bits, in base64url."""
    message = f"{purpose} {row_id} {generation}".encode()
    mac = hmac.new(secret_key, message, hashlib.sha256).digest()[:16]
    return f"{row_id}-{base64.urlsafe_b64encode(mac).decode().rstrip('=')}"


def id_of(text: str) -> int | None:
    """The id a token claims to belong to; None if the text does not have the form of a token."""
    return whole_number(text.partition("-")[0])


def is_token(text: str, secret_key: bytes, purpose: str, row_id: int, generation: int = 1) -> bool:
    """Whether the text is the token of this row, purpose and generation (constant time)."""
    expected = token(secret_key, purpose, row_id, generation)
    return hmac.compare_digest(text.encode(), expected.encode())
