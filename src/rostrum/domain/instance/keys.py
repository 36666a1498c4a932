"""The instance's secret key: its length, and a fingerprint that names it without showing it."""

from __future__ import annotations

import hashlib

KEY_BYTES = 32


def key_fingerprint(key: bytes) -> str:
    """A SHA-256, in hexadecimal, that identifies the key and reveals nothing of it."""
    return hashlib.sha256(b"rostrum key\n" + key).hexdigest()
