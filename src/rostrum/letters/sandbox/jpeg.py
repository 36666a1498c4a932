"""Strips a JPEG to what decoding needs, without touching a pixel.

Handles bytes only, but runs only in the child process, because strangers sent the bytes.
"""

import re

_START, _END = b"\xff\xd8", b"\xff\xd9"
_FRAMES = {0xC0, 0xC1, 0xC2}
"""Baseline, extended, progressive: the kinds that PDF readers must decode."""

_NEEDED = _FRAMES | {
    0xC4,  # Huffman tables
    0xDA,  # start of a scan
    0xDB,  # quantization tables
    0xDD,  # restart interval
    0xEE,  # Adobe's: says how the colours are coded
}
_OTHER_FRAMES = set(range(0xC0, 0xD0)) - _NEEDED - {0xC8}
_SCAN = 0xDA
_AFTER_SCAN = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")


def strip_jpeg(data: bytes) -> bytes | None:
    """The same picture without EXIF, place, comments, profile, thumbnails or further pictures.

    None if leaving out segments is not enough: the file is damaged, or of a kind that only some
    readers show. Colours without a profile are read as sRGB, as in the previews.
    """
    parts, at = [_START], len(_START)
    while data[at : at + 2] != _END:
        segment = _segment(data, at)
        if segment is None or segment[1] in _OTHER_FRAMES:
            return None
        at += len(segment)
        if segment[1] == _SCAN:
            after = _AFTER_SCAN.search(data, at)
            if after is None:
                return None
            segment += data[at : after.start()]
            at = after.start()
        if segment[1] in _NEEDED:
            parts.append(segment)
    return b"".join([*parts, _END])


def _segment(data: bytes, at: int) -> bytes | None:
    """Marker, length and content; None at the end of the file or if there is no marker."""
    size = int.from_bytes(data[at + 2 : at + 4])
    whole = data[at : at + 2 + size]
    if size < 2 or len(whole) < 2 + size or whole[0] != 0xFF or whole[1] < 0xC0:
        return None
    return whole
