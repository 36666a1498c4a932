"""A letter for a rehearsal as a PDF of one page, written by hand: text in a font that every reader
has, and the stroke of a signature. Nothing is parsed here.
"""

from __future__ import annotations

import hashlib
import textwrap
from collections.abc import Iterable, Iterator

from rostrum.domain.letters.pretend import PretendLetter
from rostrum.domain.letters.template import Part

_WIDTH, _HEIGHT = 612, 792
"""US Letter in points: the paper of New York."""
_LEFT, _TOP, _FOOT = 79, 720, 40
_SIZE, _LEADING, _SMALL = 11, 14, 8
_EM = 0.44
"""The mean width of a letter in this font, in its size."""
_LINE = 92
"""Letters in a line."""
_SIGNATURE_ROOM = 44
_OBJECTS = (
    b"<< /Type /Catalog /Pages 2 0 R >>",
    b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 5 0 R"
    b" /Resources << /Font << /F 4 0 R >> >> >>",
    b"<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman /Encoding /WinAnsiEncoding >>",
)


def write_letter(letter: PretendLetter) -> bytes:
    """The letter as a PDF; letters outside Western Europe's become question marks."""
    content = b"\n".join(_drawn(letter))
    stream = b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content)
    return _file((*_OBJECTS, stream))


def _file(objects: Iterable[bytes]) -> bytes:
    """The objects with the table that says where each begins."""
    made, begins = b"%PDF-1.4\n", []
    for number, each in enumerate(objects, start=1):
        begins.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % begin for begin in begins)
    size = len(begins) + 1
    end = b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (size, len(made))
    return made + b"xref\n0 %d\n0000000000 65535 f \n" % size + table + end


def _drawn(letter: PretendLetter) -> Iterator[bytes]:
    y = _TOP
    for each in letter.paragraphs:
        if each.part is Part.SIGNATURE:
            y -= _SIGNATURE_ROOM
            if letter.is_signed:
                yield _signature(each.lines, y)
        for line in filter(None, each.lines):
            for piece in textwrap.wrap(line, _LINE):
                yield _text(_start(piece, each.part), y, piece, _SIZE)
                y -= _LEADING
        y -= _LEADING
    yield _text(_LEFT, _FOOT, letter.footer, _SMALL)


def _start(text: str, part: Part) -> int:
    """Where a line begins: the letterhead is in the middle, the date at the right."""
    free = _WIDTH - 2 * _LEFT - round(len(text) * _SIZE * _EM)
    share = {Part.LETTERHEAD: 0.5, Part.DATELINE: 1.0}.get(part, 0)
    return _LEFT + round(max(free, 0) * share)


def _text(x: int, y: int, text: str, size: int) -> bytes:
    shown = text.encode("cp1252", errors="replace")
    for special in (b"\\", b"(", b")"):
        shown = shown.replace(special, b"\\" + special)
    return b"BT /F %d Tf %d %d Td (%s) Tj ET" % (size, x, y, shown)


def _signature(lines: tuple[str, ...], y: int) -> bytes:
    """Strokes of a pen that differ from name to name."""
    drawn = hashlib.sha256("".join(lines).encode()).digest()
    points = [(_LEFT + 8 * n + byte % 13, y + 14 + byte % 29) for n, byte in enumerate(drawn[:19])]
    first, *rest = points
    curves = [
        b"%d %d %d %d %d %d c" % (*rest[n], *rest[n + 1], *rest[n + 2]) for n in range(0, 18, 3)
    ]
    return b"q 0.1 0.15 0.5 RG 1.3 w %d %d m %s S Q" % (*first, b" ".join(curves))
