"""Makes one PDF from several files, for reading and for the archive. Loaded by the child only.

Photos lose what phones write into them (place, camera, time), PDFs lose anything
active. The files themselves stay as they were sent: this is a copy for convenience.
"""

import contextlib
import io
import os
from pathlib import Path

import img2pdf
import pikepdf
from PIL import Image

from rostrum.letters.kinds import Kind
from rostrum.letters.limits import Limits
from rostrum.letters.refusals import LetterRefused, Refusal
from rostrum.letters.sandbox.colours import are_other_colours
from rostrum.letters.sandbox.jpeg import strip_jpeg
from rostrum.letters.sandbox.pdf import open_pdf, refusing_damage
from rostrum.letters.sandbox.photo import draw_photo, find_turn, open_photo
from rostrum.letters.sandbox.preview import on_white_paper

QUALITY = 90
"""Quality of a JPEG made anew: print and stamps stay sharp at 300 dpi."""

_A4 = img2pdf.mm_to_pt(210), img2pdf.mm_to_pt(297)
_LAYOUT = img2pdf.get_layout_fun(_A4, auto_orient=True)
_ROTATIONS = {
    None: img2pdf.Rotation["0"],
    Image.Transpose.ROTATE_270: img2pdf.Rotation["90"],  # Pillow counts the other way round
    Image.Transpose.ROTATE_180: img2pdf.Rotation["180"],
    Image.Transpose.ROTATE_90: img2pdf.Rotation["270"],
}
_PAGE_ENTRIES = {
    "/Type", "/Parent", "/MediaBox", "/CropBox", "/Rotate", "/UserUnit", "/Resources", "/Contents",
    "/Group",
}  # fmt: skip


def write_document(files: list[tuple[Path, Kind]], target: Path, limits: Limits) -> int:
    """Writes the files in order as one PDF, mode 0600, durably; returns its number of pages.

    LetterRefused for the first file that cannot be read, and for too many pages in all.
    """
    document = pikepdf.new()
    with contextlib.ExitStack() as opened:
        for path, kind in files:
            part = opened.enter_context(_open_part(path, kind, limits))
            if len(document.pages) + len(part.pages) > limits.pages:
                raise LetterRefused(Refusal.TOO_MANY_PAGES)
            document.pages.extend(part.pages)
        with target.open("xb") as file:  # the child's umask makes it 0600
            document.save(file)
            file.flush()
            os.fsync(file.fileno())
    return len(document.pages)


def _open_part(path: Path, kind: Kind, limits: Limits) -> pikepdf.Pdf:
    data = path.read_bytes()
    if kind is Kind.PDF:
        with refusing_damage(data):
            document, _ = open_pdf(path, data, limits)
            return _passive(document)
    picture, rotation = _as_jpeg(data, kind, limits)
    page = img2pdf.convert(io.BytesIO(picture), rotation=rotation, layout_fun=_LAYOUT, nodate=True)
    return pikepdf.open(io.BytesIO(page))


def _passive(document: pikepdf.Pdf) -> pikepdf.Pdf:
    """The same pages with forms and notes painted on, and nothing to tap or run."""
    document.generate_appearance_streams()
    document.flatten_annotations("screen")
    for page in document.pages:
        for entry in set(page.keys()) - _PAGE_ENTRIES:
            del page[entry]
    return document


def _as_jpeg(data: bytes, kind: Kind, limits: Limits) -> tuple[bytes, img2pdf.Rotation]:
    """The photo as it was sent if a PDF can contain it, else made anew; and the page's rotation."""
    photo = open_photo(data, kind, limits)
    turn = find_turn(photo)
    if kind is Kind.JPEG and turn in _ROTATIONS and _is_plain(photo, limits):
        stripped = strip_jpeg(data)
        if stripped is not None:
            draw_photo(stripped, kind, limits.preview_side, limits)  # refuses what is damaged
            return stripped, _ROTATIONS[turn]
    made = io.BytesIO()
    upright = draw_photo(data, kind, limits.document_side, limits)
    on_white_paper(upright).save(made, "JPEG", quality=QUALITY)
    return made.getvalue(), _ROTATIONS[None]


def _is_plain(photo: Image.Image, limits: Limits) -> bool:
    """Whether every reader shows this JPEG alike without its profile, and with little memory."""
    is_small = photo.width * photo.height <= limits.pixels
    return is_small and photo.mode in ("L", "RGB") and not are_other_colours(photo.mode, photo.info)
