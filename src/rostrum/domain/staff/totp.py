"""The second factor: codes by time (RFC 6238, six digits, 30 seconds), and recovery codes.

The secret is made from the instance's key and never stored, as invitation links are.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from datetime import datetime

import pyotp

PERIOD = 30
TOLERANCE = 1
"""By how many steps a phone's clock may be wrong."""
RECOVERY_CODES = 10
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
"""Characters of recovery codes, without any that look alike."""
GROUPS, GROUP = 3, 4


def totp_secret(secret_key: bytes, staff_id: int, generation: int) -> str:
    """The secret for one generation of an account, 160 bits in Base32."""
    message = f"totp {staff_id} {generation}".encode()
    mac = hmac.new(secret_key, message, hashlib.sha256).digest()[:20]
    return base64.b32encode(mac).decode()


def totp_address(secret: str, name: str) -> str:
    """The address in the QR code that an authenticator app reads."""
    return pyotp.TOTP(secret).provisioning_uri(name=name, issuer_name="Rostrum")


def step_of(code: str, secret: str, now: datetime, last_step: int) -> int | None:
    """The step to which the code belongs; None for a wrong code and for a code used before."""
    typed, current = code.replace(" ", ""), int(now.timestamp()) // PERIOD
    if not typed.isascii():
        return None
    for step in range(current - TOLERANCE, current + TOLERANCE + 1):
        if step > last_step and hmac.compare_digest(pyotp.HOTP(secret).at(step), typed):
            return step
    return None


def recovery_hash(staff_id: int, code: str) -> str:
    """The form in which the database keeps a recovery code, the same however it was typed."""
    plain = "".join(each for each in code.lower() if each in ALPHABET)
    return hashlib.sha256(f"{staff_id} {plain}".encode()).hexdigest()
