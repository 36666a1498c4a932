"""Reads a PDF: checks it and draws each page. Loaded by the child process only.

Two libraries look at each file, because different things fool them: pikepdf (qpdf) checks the
structure, PDFium shows what a reader would see. `photo` reads photos, `preview` writes previews,
and `activity` finds what a PDF can do besides being shown.
"""

import contextlib
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pypdfium2
from PIL import Image
from pypdfium2 import raw

from rostrum.letters.limits import Limits
from rostrum.letters.marks import Mark
from rostrum.letters.refusals import LetterRefused, Refusal
from rostrum.letters.sandbox.active_content import find_marks

_TAIL = 4096
"""Last bytes in which a complete PDF says `%%EOF`: readers look at 1024, mail gateways add a
footer."""

_MAX_SCALE = 3
"""Pixels per point for small pages: 216 dpi; a visiting card need not fill 1600 pixels."""

_LOCKED = (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY)
_BROKEN = (
    ArithmeticError,
    LookupError,
    MemoryError,
    RuntimeError,
    TypeError,
    ValueError,
    pikepdf.PikepdfError,
)
"""What the two libraries raise on damaged files; PdfiumError is a RuntimeError."""


def read_pdf(path: Path, limits: Limits) -> tuple[set[Mark], Iterator[Image.Image]]:
    """What staff must know, and each page drawn as a reader sees it.

    LetterRefused, also between two pages, if it is locked, damaged, empty or too long. A PDF that
    needs a password only to be changed is accepted: everybody can read it.
    """
    data = path.read_bytes()
    with refusing_damage(data):
        document, marks = open_pdf(path, data, limits)
        with document:
            pages = len(document.pages)
    return marks, _draw_each(data, pages, limits.preview_side)


@contextlib.contextmanager
def refusing_damage(data: bytes) -> Iterator[None]:
    """Turns what the libraries raise on this file into LetterRefused."""
    try:
        yield
    except pikepdf.PasswordError as locked:
        raise LetterRefused(Refusal.ENCRYPTED) from locked
    except _BROKEN as damage:
        reason = Refusal.ENCRYPTED if _is_locked(data) else Refusal.UNREADABLE
        raise LetterRefused(reason) from damage


def _is_locked(data: bytes) -> bool:
    """Whether PDFium asks for a password or a certificate; qpdf knows fewer kinds of locks."""
    try:
        pypdfium2.PdfDocument(data).close()
    except pypdfium2.PdfiumError as refusal:
        return refusal.err_code in _LOCKED
    return False


def open_pdf(path: Path, data: bytes, limits: Limits) -> tuple[pikepdf.Pdf, set[Mark]]:
    """The open document and its marks; raises errors that `refusing_damage` turns into refusals."""
    document, marks = _open_whole(path, data, limits)
    if not document.pages:
        raise LetterRefused(Refusal.NO_PAGES)
    return document, marks


def _open_whole(path: Path, data: bytes, limits: Limits) -> tuple[pikepdf.Pdf, set[Mark]]:
    """Opens a PDF, repairs and notes damage as every reader does; refuses one without its end.

    If qpdf warns, it has left out what it could not read, and all is read again, repaired.
    """
    try:
        document = pikepdf.open(path, attempt_recovery=False)
        marks = _judge(document, limits)
        if not document.get_warnings():
            return document, marks
    except pikepdf.PasswordError:
        raise
    except pikepdf.PdfError:
        if b"%%EOF" not in data[-_TAIL:]:
            raise
    document = pikepdf.open(path)
    return document, _judge(document, limits) | {Mark.REPAIRED}


def _judge(document: pikepdf.Pdf, limits: Limits) -> set[Mark]:
    if len(document.pages) > limits.pages:
        raise LetterRefused(Refusal.TOO_MANY_PAGES)
    return find_marks(document)


def _draw_each(data: bytes, pages: int, side: int) -> Iterator[Image.Image]:
    with refusing_damage(data):
        document = pypdfium2.PdfDocument(data)
        document.init_forms()  # else form fields stay blank; a digital signature's picture is one
        if len(document) != pages:  # a page not shown here may be shown by another reader
            raise LetterRefused(Refusal.UNREADABLE)
        for number in range(pages):
            page = document[number]
            yield _draw(page, side)
            page.close()


def _draw(page: pypdfium2.PdfPage, side: int) -> Image.Image:
    """The page, at a scale chosen by its size: at a fixed scale, 14,400 points need 640 MB."""
    # half a pixel less, because PDFium rounds up
    scale = min(_MAX_SCALE, (side - 0.5) / max(page.get_size()))
    return page.render(scale=scale).to_pil()
