"""Whether a PDF that qpdf had to repair may show less than was written. The child process only.

Most repairs change no page: the index was off, a length was wrong. Staff need not know of those.
"""

import re

import pikepdf

_HARMLESS = re.compile(
    "file is damaged$|can't find PDF header|stream keyword followed by|extraneous whitespace"
    "|xref|cross-reference|expected n n obj|expected endobj|expected endstream"
    "|attempting to recover stream length|recovered stream length|lacks /Length"
)
"""What qpdf says of an index, a header, an end of an object or a length, which it found itself."""
_LOST = "not found in file after regenerating"
_USED = re.compile(rb"/([^\s/<>()\[\]]+)\s+(?:[\d.]+\s+)?(Do|Tf)\b")
_KIND_OF = {b"Do": "/XObject", b"Tf": "/Font"}


def may_lack_something(document: pikepdf.Pdf) -> bool:
    """Whether a repaired document's pages may have lost something of what they show."""
    if any(_is_a_loss(str(warning)) for warning in document.get_warnings()):
        return True
    return any(map(_lacks_content, document.pages))


def _is_a_loss(warning: str) -> bool:
    return _LOST in warning or not _HARMLESS.search(warning)


def _lacks_content(page: pikepdf.Page) -> bool:
    """Whether the page's content, or a picture or font that it names, is not there."""
    contents = page.obj.get("/Contents")
    try:
        parts = contents if isinstance(contents, pikepdf.Array) else [contents]
        written = b"\n".join(part.read_bytes() for part in parts)
    except (pikepdf.PikepdfError, AttributeError, TypeError):
        return True
    there = {kind: page.resources.get(kind, {}) for kind in _KIND_OF.values()}
    used = {(_KIND_OF[kind], "/" + name.decode("latin-1")) for name, kind in _USED.findall(written)}
    return any(name not in there[kind] for kind, name in used if "#" not in name)
