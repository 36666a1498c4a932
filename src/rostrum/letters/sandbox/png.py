"""Drops what no picture needs from a PNG, and what may unpack to gigabytes.

Handles bytes only, but runs only in the child process, because strangers sent the bytes.
"""

import zlib

PROFILE_BYTES = 8 * 1024**2
"""The longest colour profile; those of presses have 2 MB."""

_HEAD = 8
_TEXTS = (b"tEXt", b"zTXt", b"iTXt")


def without_texts(data: bytes) -> bytes:
    """The same picture without texts and endless profiles; a file cut off keeps what there is."""
    parts, at, kept_from = [], _HEAD, 0
    while at + 8 <= len(data):
        end = at + 12 + int.from_bytes(data[at : at + 4])
        if _is_dropped(data, at, end):
            parts.append(data[kept_from:at])
            kept_from = end
        at = end
    return b"".join([*parts, data[kept_from:]]) if parts else data


def _is_dropped(data: bytes, at: int, end: int) -> bool:
    name = data[at + 4 : at + 8]
    if name == b"iCCP":
        return _is_endless(data[at + 8 : end - 4].partition(b"\0")[2][1:])
    return name in _TEXTS


def _is_endless(packed: bytes) -> bool:
    try:
        return len(zlib.decompressobj().decompress(packed, PROFILE_BYTES + 1)) > PROFILE_BYTES
    except zlib.error:
        return False
