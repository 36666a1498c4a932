"""Finding what a PDF can do besides being shown, and what it needs. The child process only.

Every object is looked at once, wherever it is attached, even if it is not attached at all: a search
of the document's tree would need to know every place where readers look, and could run in circles.
Staff are told what is found (`marks`); nothing is removed.
"""

from collections.abc import Iterator

import pikepdf

from rostrum.letters.marks import Mark

_ACTIONS = {
    "/JavaScript": Mark.JAVASCRIPT,
    "/Launch": Mark.LAUNCH,
    "/GoToR": Mark.LAUNCH,  # another file, perhaps at a web address, which learns who reads
    "/GoToE": Mark.LAUNCH,
    "/SubmitForm": Mark.SUBMIT_FORM,
    "/ImportData": Mark.SUBMIT_FORM,
    "/Rendition": Mark.MEDIA,
    "/Movie": Mark.MEDIA,
    "/Sound": Mark.MEDIA,
    "/RichMediaExecute": Mark.MEDIA,
}
"""Types of action (`/S`) in ISO 32000-2, table 201. `/URI` is missing on purpose: letters carry the
mission's web address, and a reader opens it only when it is tapped."""

_ANNOTATIONS = {
    "/FileAttachment": Mark.EMBEDDED_FILES,
    "/RichMedia": Mark.MEDIA,
    "/3D": Mark.MEDIA,
    "/Movie": Mark.MEDIA,
    "/Sound": Mark.MEDIA,
    "/Screen": Mark.MEDIA,
}
"""Types of annotation (`/Subtype`)."""

_KEYS = {"/JS": Mark.JAVASCRIPT, "/EF": Mark.EMBEDDED_FILES, "/XFA": Mark.XFA}
"""Entries that mean the same wherever they are."""


_FONTS = ("/Type1", "/MMType1", "/TrueType", "/CIDFontType0", "/CIDFontType2")
_FONT_FILES = ("/FontFile", "/FontFile2", "/FontFile3")
_UNDRAWN = ("/FreeText", "/Stamp")
"""Annotations that PDFium draws only with an appearance of their own."""
_HIDDEN = 0b100010
"""Flags of annotations that no reader shows on the screen: Hidden, NoView."""


def find_marks(document: pikepdf.Pdf) -> set[Mark]:
    """What the document can do, and what its pictures may lack."""
    return {mark for entries in dictionaries(document) for mark in marks_of(entries)}


def marks_of(entries: dict[str, object]) -> Iterator[Mark]:
    """The marks that one dictionary of a PDF is reason for; FONTS only if text may need it."""
    if _needs_a_font(entries):
        yield Mark.FONTS
    if _is_not_drawn(entries):
        yield Mark.NOTES
    for key, known in (("/S", _ACTIONS), ("/Subtype", _ANNOTATIONS)):
        value = entries.get(key)
        if isinstance(value, pikepdf.Name) and str(value) in known:
            yield known[str(value)]
    yield from (mark for key, mark in _KEYS.items() if key in entries)


def _needs_a_font(entries: dict[str, object]) -> bool:
    """Whether this is a font that is not in the file."""
    if entries.get("/Type") != pikepdf.Name.Font or str(entries.get("/Subtype")) not in _FONTS:
        return False
    described = entries.get("/FontDescriptor")
    is_described = isinstance(described, pikepdf.Dictionary)
    return not (is_described and any(name in described for name in _FONT_FILES))


def _is_not_drawn(entries: dict[str, object]) -> bool:
    """Whether this is a note that other readers show and our pictures lack."""
    if str(entries.get("/Subtype")) not in _UNDRAWN or "/Rect" not in entries:
        return False
    flags = entries.get("/F", 0)
    is_hidden = isinstance(flags, int) and flags & _HIDDEN
    return not is_hidden and "/AP" not in entries


def dictionaries(document: pikepdf.Pdf) -> Iterator[dict[str, object]]:
    """Every dictionary in the file, including those of streams and those inside other objects.

    Takes 10 µs or more per object, limited by the child's CPU time.
    """
    for numbered in (document.trailer, *document.objects):
        inside = [numbered]
        while inside:
            found = inside.pop()
            if isinstance(found, pikepdf.Stream):
                found = found.stream_dict
            if isinstance(found, pikepdf.Dictionary):
                entries = dict(found.items())
                yield entries
                inside += _unnumbered(entries.values())
            elif isinstance(found, pikepdf.Array):
                inside += _unnumbered(found)


def _unnumbered(values) -> Iterator[pikepdf.Object]:
    """The values without an object number; numbered objects are visited by themselves."""
    return (
        value for value in values if isinstance(value, pikepdf.Object) and not value.is_indirect
    )
