"""Which kinds of file a letter may be, told by the file's first bytes alone.

A name or a declared media type is never looked at here: phones and mail programs get both wrong.
Whether the rest of the file keeps what its first bytes promise is for `child` to find out.
"""

from enum import StrEnum

HEAD_BYTES = 32
"""How much of a file `find_kind` needs: more than today's kinds; HEIC and WebP tell at offset 8."""


class Kind(StrEnum):
    """A kind of file we accept as a letter; its value is what the database keeps."""

    PDF = "pdf"
    JPEG = "jpeg"
    PNG = "png"

    @property
    def media_type(self) -> str:
        """The media type under which a file of this kind is served."""
        return _MEDIA_TYPES[self]

    @property
    def ending(self) -> str:
        """The ending, dot included, that our own name for a file of this kind gets."""
        return _ENDINGS[self]


_MEDIA_TYPES = {Kind.PDF: "application/pdf", Kind.JPEG: "image/jpeg", Kind.PNG: "image/png"}
_ENDINGS = {Kind.PDF: ".pdf", Kind.JPEG: ".jpg", Kind.PNG: ".png"}
_MAGIC = {
    b"%PDF-": Kind.PDF,
    b"\xff\xd8\xff": Kind.JPEG,  # MPO too: several photos in one file, common on phones
    b"\x89PNG\r\n\x1a\n": Kind.PNG,
}


def find_kind(head: bytes) -> Kind | None:
    """The kind a file's first bytes (`HEAD_BYTES` are enough) announce, or None for any other.

    At offset 0 only, although readers forgive a PDF up to 1 kB of junk before `%PDF-`: a file that
    starts like something else may be shown as something else.
    """
    return next((kind for magic, kind in _MAGIC.items() if head.startswith(magic)), None)
