"""Whether a page has text that could not be drawn. Loaded by the child process only.

PDFium draws text whose font is not in the file with a font of its own (Latin only) or of this
machine. A character that none of them has is not drawn, and its box has no height.
"""

import ctypes
import unicodedata
from functools import cache

import pypdfium2
from pypdfium2 import raw

_MOST = 20_000
"""Characters that are looked at on a page; a page of print has 4,000. Each takes 1 µs or more."""
_UNKNOWN = 3
"""So many unknown characters are text; fewer may be bullets."""
_FLAT = 0.01
"""Of a character that is not drawn: its box is a line. The flattest, 一, has 0.08."""
_UNSEEN = (raw.FPDF_TEXTRENDERMODE_INVISIBLE, raw.FPDF_TEXTRENDERMODE_CLIP)
_BLANK_LETTERS = "\u115f\u1160\u3164\uffa0"


def lacks_text(page: pypdfium2.PdfPage) -> bool:
    """Whether a letter or digit of a font that is not in the file was not drawn, or is a guess."""
    text = raw.FPDFText_LoadPage(page.raw)
    if not text:
        return False
    try:
        return _lacks_some(text, min(raw.FPDFText_CountChars(text), _MOST))
    finally:
        raw.FPDFText_ClosePage(text)


def _lacks_some(text: raw.FPDF_TEXTPAGE, count: int) -> bool:
    unknown = set()
    for number in range(count):
        code = raw.FPDFText_GetUnicode(text, number)
        if raw.FPDFText_HasUnicodeMapError(text, number) == 1:
            if code not in unknown and _is_foreign(text, number):
                unknown.add(code)
                if len(unknown) >= _UNKNOWN:
                    return True
        elif _is_written(code) and _is_flat(text, number) and _is_foreign(text, number):
            return True
    return False


@cache
def _is_written(code: int) -> bool:
    """Whether the character is a letter or digit, which every font draws."""
    if code > 0x10FFFF or chr(code) in _BLANK_LETTERS:
        return False
    return unicodedata.category(chr(code))[0] in "LN"


def _is_flat(text: raw.FPDF_TEXTPAGE, number: int) -> bool:
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    raw.FPDFText_GetCharBox(text, number, left, right, bottom, top)
    sides = sorted((abs(right.value - left.value), abs(top.value - bottom.value)))
    return sides[0] <= _FLAT * sides[1]


def _is_foreign(text: raw.FPDF_TEXTPAGE, number: int) -> bool:
    """Whether the character should be seen, in a font that is not in the file."""
    thing = raw.FPDFText_GetTextObject(text, number)
    if not thing or raw.FPDFTextObj_GetTextRenderMode(thing) in _UNSEEN:
        return False
    return not raw.FPDFFont_GetIsEmbedded(raw.FPDFTextObj_GetFont(thing))
