"""The instance's secret key: how long it is, and by what it is known without being shown."""

from __future__ import annotations

import hashlib

KEY_BYTES = 32


def key_fingerprint(key: bytes) -> str:
    """A name of the key that gives nothing of it away: a SHA-256, in hexadecimal."""
    return hashlib.sha256(b"rostrum key\n" + key).hexdigest()
