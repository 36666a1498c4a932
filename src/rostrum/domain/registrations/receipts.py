"""Receipts that anybody can check: the code is signed, so a forgery costs no look-up."""

from __future__ import annotations

from rostrum.domain.access.tokens import id_of, is_token, token

PURPOSE = "receipt"


def receipt_code(secret_key: bytes, registration_id: int) -> str:
    """The code in a receipt's link and QR code."""
    return token(secret_key, PURPOSE, registration_id)


def registration_of(secret_key: bytes, code: str) -> int | None:
    """The id of the registration to which a genuine code belongs; None for any other text."""
    registration_id = id_of(code)
    if registration_id is None or not is_token(code, secret_key, PURPOSE, registration_id):
        return None
    return registration_id
