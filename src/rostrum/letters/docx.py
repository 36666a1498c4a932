"""A draft letter as a DOCX file for a delegate's word processor; nothing is parsed here.

`domain/letters/template.py` gives its text.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from datetime import datetime

from docx import Document
from docx.document import Document as Letter
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_COLOR_INDEX
from docx.oxml.ns import qn
from docx.shared import Inches, Pt
from docx.text.paragraph import Paragraph as Line
from docx.text.run import Run

from rostrum.domain.letters.template import DraftLetter, Paragraph, Part

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

_FONT = "Times New Roman"
_LOCALES = {"en": "en-GB", "fr": "fr-FR"}
_ALIGNED = {
    Part.LETTERHEAD: WD_ALIGN_PARAGRAPH.CENTER,
    Part.DATELINE: WD_ALIGN_PARAGRAPH.RIGHT,
    Part.TEXT: WD_ALIGN_PARAGRAPH.JUSTIFY,
}
_ROOM_BEFORE = {Part.LETTERHEAD: 0, Part.SIGNATURE: 48}
"""Points above a part: a handwritten signature needs room."""

_RIGHT_TO_LEFT = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff"
_PIECES = re.compile(rf"(\[[^\[\]]*\])|([{_RIGHT_TO_LEFT}]+(?:[\s\u2019'-]+[{_RIGHT_TO_LEFT}]+)*)")
"""Pieces to be filled in, or written from right to left."""

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML 1.0 cannot represent."""


def write_docx(letter: DraftLetter, made_at: datetime) -> bytes:
    """The letter as a DOCX file, on the paper size used in New York."""
    document = Document()
    _set_page(document, letter.language)
    for paragraph in letter.paragraphs:
        _add(document, paragraph)
    about = document.core_properties
    about.author = about.comments = about.last_modified_by = ""
    about.title = next(p.lines[0] for p in letter.paragraphs if p.part is Part.SUBJECT)[:255]
    about.language = _LOCALES[letter.language]
    about.created = about.modified = made_at.replace(tzinfo=None)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _set_page(document: Letter, language: str) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Inches(8.5), Inches(11)
    section.left_margin = section.right_margin = Inches(1.1)
    section.top_margin = section.bottom_margin = Inches(0.9)
    style = document.styles["Normal"]
    style.font.name, style.font.size = _FONT, Pt(12)
    # What python-docx has no names for: the same letters for Arabic, and the language spelled.
    look = style.element.rPr
    look.rFonts.set(qn("w:cs"), _FONT)
    look.find(qn("w:sz")).addnext(look.makeelement(qn("w:szCs"), {qn("w:val"): "24"}))
    look.append(look.makeelement(qn("w:lang"), {qn("w:val"): _LOCALES[language]}))


def _add(document: Letter, paragraph: Paragraph) -> None:
    line = document.add_paragraph()
    line.alignment = _ALIGNED.get(paragraph.part)
    line.paragraph_format.space_before = Pt(_ROOM_BEFORE.get(paragraph.part, 8))
    line.paragraph_format.space_after = Pt(10)
    line.paragraph_format.keep_together = True
    for number, text in enumerate(paragraph.lines):
        if number:
            line.add_run().add_break()
        for run in _runs(line, _NOT_XML.sub("", text)):
            run.bold = paragraph.part is Part.SUBJECT or None


def _runs(line: Line, text: str) -> Iterator[Run]:
    """The text in runs: parts to fill in are marked, and Arabic and Hebrew read correctly."""
    end = 0
    for piece in _PIECES.finditer(text):
        yield line.add_run(text[end : piece.start()])
        run = line.add_run(piece[0])
        if piece[1]:
            run.font.highlight_color = WD_COLOR_INDEX.YELLOW
        else:
            run.font.rtl = True
        yield run
        end = piece.end()
    yield line.add_run(text[end:])
