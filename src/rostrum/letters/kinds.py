"""Which kinds of file a letter may be, recognized by the file's first bytes alone.

Names and declared media types are ignored here: phones and mail programs get both wrong.
`child` finds out whether the rest of the file is what its first bytes promise.
"""

import re
from enum import StrEnum

HEAD_BYTES = 1024
"""How much of a file `find_kind` needs: readers look for `%PDF-` within these bytes."""


class Kind(StrEnum):
    """A kind of file that we accept as a letter; the database keeps the value."""

    PDF = "pdf"
    JPEG = "jpeg"
    PNG = "png"
    HEIC = "heic"
    WEBP = "webp"

    @property
    def media_type(self) -> str:
        """The media type under which a file of this kind is served."""
        return _MEDIA_TYPES[self]

    @property
    def ending(self) -> str:
        """The ending, dot included, of our own name for a file of this kind."""
        return _ENDINGS[self]


_MEDIA_TYPES = {
    Kind.PDF: "application/pdf",
    Kind.JPEG: "image/jpeg",
    Kind.PNG: "image/png",
    Kind.HEIC: "image/heic",
    Kind.WEBP: "image/webp",
}
_ENDINGS = {
    Kind.PDF: ".pdf",
    Kind.JPEG: ".jpg",
    Kind.PNG: ".png",
    Kind.HEIC: ".heic",
    Kind.WEBP: ".webp",
}
_HEIC_BRANDS = rb"hei[cxms]|hev[cxms]|m[is]f1"
"""Stills (`hei.`, as iPhones write), sequences with a still (`hev.`), and the general brands of
which only `child` finds out what they hold. Not `avif`, which our decoder cannot read, nor films
(`qt`, `isom`, `mp42`), which begin the same way."""

_BLANK = rb"(?:\xef\xbb\xbf)?\s{0,1000}"
"""A byte order mark and white space, which some programs write in front of a PDF."""

_MAGIC = {
    re.compile(_BLANK + rb"%PDF-"): Kind.PDF,
    re.compile(
        rb"\xff\xd8\xff"
    ): Kind.JPEG,  # MPO too: several photos in one file, common on phones
    re.compile(rb"\x89PNG\r\n\x1a\n"): Kind.PNG,
    re.compile(rb"\0\0\0.ftyp(?:" + _HEIC_BRANDS + rb")", re.DOTALL): Kind.HEIC,
    re.compile(rb"RIFF....WEBPVP8[ LX]", re.DOTALL): Kind.WEBP,
}


def find_kind(head: bytes) -> Kind | None:
    """The kind that a file's first bytes (`HEAD_BYTES` are enough) announce, or None.

    Nothing but white space may come first, although readers forgive a PDF up to 1 kB of junk before
    `%PDF-`: a file that starts like something else may be shown as something else.
    """
    return next((kind for magic, kind in _MAGIC.items() if magic.match(head[:HEAD_BYTES])), None)


_SIGNED = re.compile(
    rb"PK\x03\x04.{26}mimetypeapplication/vnd\.etsi\.asic"
    rb"|\x30[\x80-\x84].{0,4}\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02"
    rb"|-----BEGIN (?:PKCS7|CMS)-----"
    rb"|MI(?:[A-Za-z0-9+/]{4}YJKoZIhvcNAQcC|AGCSqGSIb3DQEHAq)",
    re.DOTALL,
)
"""ASiC containers by ETSI EN 319 162, and CMS signed data (`.p7m`) as DER, PEM or base64."""


def is_signed_envelope(head: bytes) -> bool:
    """Whether the file is an envelope of an electronic signature, with the letter inside."""
    return _SIGNED.match(head[:HEAD_BYTES]) is not None
