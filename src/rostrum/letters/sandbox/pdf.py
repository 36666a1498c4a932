"""Reads a PDF: checks it and draws each page. Loaded by the child process only.

Two libraries look at each file, because different things fool them: pikepdf (qpdf) checks the
structure, PDFium shows what a reader would see. `photo` reads photos, `preview` writes previews,
and `activity` finds what a PDF can do besides being shown.
"""

import contextlib
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pikepdf
import pypdfium2
from PIL import Image
from pypdfium2 import raw

from rostrum.letters.kinds import Kind
from rostrum.letters.limits import Limits
from rostrum.letters.marks import Mark
from rostrum.letters.refusals import LetterRefused, Refusal
from rostrum.letters.sandbox.active_content import dictionaries, marks_of
from rostrum.letters.sandbox.damage import may_lack_something
from rostrum.letters.sandbox.missing_text import lacks_text
from rostrum.letters.sandbox.scaling import find_scale
from rostrum.letters.sandbox.signed import find_signer
from rostrum.letters.sandbox.wholeness import is_cut_off, lacks_last_change, without_tail
from rostrum.letters.signatures import MOST

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


@dataclass
class Found:
    """What staff must know of a PDF; complete once its pages are drawn."""

    marks: set[Mark] = field(default_factory=set)
    signers: list[str] = field(default_factory=list)


def read_pdf(path: Path, limits: Limits) -> tuple[Found, Iterator[Image.Image]]:
    """What staff must know, and each page drawn as a reader sees it.

    LetterRefused, also between two pages, if it is locked, damaged, empty or too long. A PDF that
    needs a password only to be changed is accepted: everybody can read it.
    """
    data = path.read_bytes()
    with refusing_damage(data):
        document, found = open_pdf(path, data, limits)
        with document:
            pages = len(document.pages)
    return found, _draw_each(data, pages, found, limits)


@contextlib.contextmanager
def refusing_damage(data: bytes) -> Iterator[None]:
    """Turns what the libraries raise on this file into LetterRefused."""
    try:
        yield
    except pikepdf.PasswordError as locked:
        raise LetterRefused(Refusal.ENCRYPTED) from locked
    except _BROKEN as damage:
        raise LetterRefused(_find_reason(data)) from damage


def _find_reason(data: bytes) -> Refusal:
    if _is_locked(data):
        return Refusal.ENCRYPTED
    return Refusal.CUT_OFF if is_cut_off(data, Kind.PDF) else Refusal.UNREADABLE


def _is_locked(data: bytes) -> bool:
    """Whether PDFium asks for a password or a certificate; qpdf knows fewer kinds of locks."""
    try:
        pypdfium2.PdfDocument(data).close()
    except pypdfium2.PdfiumError as refusal:
        return refusal.err_code in _LOCKED
    return False


def open_pdf(path: Path, data: bytes, limits: Limits) -> tuple[pikepdf.Pdf, Found]:
    """The open document and what it tells; raises errors that `refusing_damage` turns into
    refusals."""
    document, found = _open_whole(path, data, limits)
    if not document.pages:
        raise LetterRefused(Refusal.NO_PAGES)
    return document, found


def _open_whole(path: Path, data: bytes, limits: Limits) -> tuple[pikepdf.Pdf, Found]:
    """Opens a PDF, repairs it as every reader does; refuses one that was cut off.

    If qpdf warns, it has left out what it could not read, and all is read again, repaired.
    """
    found = None
    try:
        found = _open_strictly(path, limits)
    except pikepdf.PasswordError:
        raise
    except pikepdf.PdfError:
        if is_cut_off(data, Kind.PDF):
            raise
    if found and lacks_last_change(data):  # the version before it would be shown
        raise LetterRefused(Refusal.CUT_OFF)
    if found:
        return found
    with contextlib.suppress(pikepdf.PdfError):
        return _open_strictly(io.BytesIO(without_tail(data)), limits)
    document = pikepdf.open(io.BytesIO(without_tail(data)))
    found = _look_through(document, limits)
    if may_lack_something(document):
        found.marks.add(Mark.REPAIRED)
    return document, found


def _open_strictly(source: Path | io.BytesIO, limits: Limits) -> tuple[pikepdf.Pdf, Found]:
    """The document and what it tells; PdfError where nothing but a repair helps."""
    document = pikepdf.open(source, attempt_recovery=False)
    found = _look_through(document, limits)
    if document.get_warnings():
        raise pikepdf.PdfError("to be repaired")
    return document, found


def _look_through(document: pikepdf.Pdf, limits: Limits) -> Found:
    if len(document.pages) > limits.pages:
        raise LetterRefused(Refusal.TOO_MANY_PAGES)
    found = Found()
    for entries in dictionaries(document):
        found.marks.update(marks_of(entries))
        signer = find_signer(entries) if len(found.signers) < MOST else None
        if signer is not None:
            found.signers.append(signer)
    return found


def _draw_each(data: bytes, pages: int, found: Found, limits: Limits) -> Iterator[Image.Image]:
    """Draws the pages; the mark for fonts stays only if a page lacks text for want of one."""
    with refusing_damage(data):
        document = pypdfium2.PdfDocument(without_tail(data))
        document.init_forms()  # else form fields stay blank; a digital signature's picture is one
        if len(document) != pages:  # a page not shown here may be shown by another reader
            raise LetterRefused(Refusal.UNREADABLE)
        may_lack_text = Mark.FONTS in found.marks
        found.marks.discard(Mark.FONTS)
        for number in range(pages):
            page = document[number]
            if may_lack_text and Mark.FONTS not in found.marks and lacks_text(page):
                found.marks.add(Mark.FONTS)
            yield _draw(page, limits)
            page.close()


def _draw(page: pypdfium2.PdfPage, limits: Limits) -> Image.Image:
    """The page, at a scale chosen by its size: at a fixed scale, 14,400 points need 640 MB."""
    width, height = page.get_size()
    # half a pixel less, because PDFium rounds up
    scale = find_scale(width, height, limits.preview_side, limits) - 0.5 / max(width, height)
    return page.render(scale=min(_MAX_SCALE, scale)).to_pil()
