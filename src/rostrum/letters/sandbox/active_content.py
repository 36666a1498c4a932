"""Finding what a PDF can do besides being shown. Loaded by the child process only.

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


def find_marks(document: pikepdf.Pdf) -> set[Mark]:
    """What the document can do. Takes 10 µs or more per object, limited by the child's CPU time."""
    return {mark for entries in _dictionaries(document) for mark in _marks_of(entries)}


def _marks_of(entries: dict[str, object]) -> Iterator[Mark]:
    for key, known in (("/S", _ACTIONS), ("/Subtype", _ANNOTATIONS)):
        value = entries.get(key)
        if isinstance(value, pikepdf.Name) and str(value) in known:
            yield known[str(value)]
    yield from (mark for key, mark in _KEYS.items() if key in entries)


def _dictionaries(document: pikepdf.Pdf) -> Iterator[dict[str, object]]:
    """Every dictionary in the file, including those of streams and those inside other objects."""
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
