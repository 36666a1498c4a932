"""Whether a file was cut off on its way: what its own lengths and end marks say.

Handles bytes only, but runs only in the child process, because strangers sent the bytes.
"""

import re

from rostrum.letters.kinds import Kind

PDF_END = b"%%EOF"
JPEG_END = b"\xff\xd9"

_SCAN, _PROGRESSIVE = b"\xff\xda", b"\xff\xc2"
_PNG_END = b"IEND\xae\x42\x60\x82"
_OBJECT = re.compile(rb"\d\s{1,9}\d{1,5}\s{1,9}obj\b")
_INDEX = re.compile(rb"startxref\s{1,9}\d")
_LINEARIZED = re.compile(rb"/Linearized\b[^>]{0,200}?/L\s+(\d{1,12})")
_HEAD = 1024
_PADDING = bytes(16)


def is_cut_off(data: bytes, kind: Kind) -> bool:
    """Whether the file ends before its own end; says nothing of damage within it."""
    match kind:
        case Kind.PDF:
            return _lacks_pdf_end(data)
        case Kind.JPEG:
            return lacks_jpeg_end(data)
        case Kind.PNG:
            return _PNG_END not in data
        case Kind.WEBP:
            return int.from_bytes(data[4:8], "little") + 8 > len(data)
        case Kind.HEIC:
            return _lacks_boxes(data)
    return False


def without_tail(data: bytes) -> bytes:
    """A PDF without what scanners and mail gateways add behind its last end mark.

    All of it, if objects follow: those are the file's own, and the mark of its last change is lost.
    """
    end = data.rfind(PDF_END)
    return data if end < 0 or _OBJECT.search(data, end) else data[: end + len(PDF_END)]


def lacks_jpeg_end(data: bytes) -> bool:
    """Whether no end mark follows the last scan of a JPEG."""
    return data.rfind(JPEG_END) < data.rfind(_SCAN)


def without_padding(data: bytes) -> bytes:
    """A JPEG without the zeros to which some programs fill a file up; a few may be pixels."""
    return data.rstrip(b"\0") + bytes(4) if data.endswith(_PADDING) else data


def has_all_scans(data: bytes) -> bool:
    """Whether each colour of a JPEG has its last scan, wherever in that the file ends.

    Each scan of a progressive JPEG makes the picture sharper; other kinds have their colours once.
    """
    frame = data.rfind(_PROGRESSIVE)
    if frame < 0:
        return True
    colours = data[frame + 9 : frame + 10]
    sharp = set()
    for scan in re.finditer(re.escape(_SCAN), data[frame:]):
        at = frame + scan.end() + 2
        count = data[at : at + 1][0] if at < len(data) else 0
        header = data[at + 1 : at + 2 * count + 4]
        if header[2 * count + 1 : 2 * count + 2] == b"\x3f" and header[-1] & 0x0F == 0:
            sharp.update(header[: 2 * count : 2])
    return len(sharp) >= int.from_bytes(colours)


def lacks_last_change(data: bytes) -> bool:
    """Whether a PDF's objects go on behind its last end mark, and no index of them follows."""
    end = max(data.rfind(PDF_END), 0)
    return bool(_OBJECT.search(data, end)) and not _INDEX.search(data, end)


def _lacks_pdf_end(data: bytes) -> bool:
    promised = _LINEARIZED.search(data[:_HEAD])
    is_short = promised is not None and int(promised[1]) > len(data)
    return is_short or lacks_last_change(data) or not (PDF_END in data or _INDEX.search(data))


def _lacks_boxes(data: bytes) -> bool:
    """Whether a box of this HEIC, of those that follow each other, is longer than the file."""
    at = 0
    while at + 8 <= len(data):
        size = int.from_bytes(data[at : at + 4])
        if size == 1:
            size = int.from_bytes(data[at + 8 : at + 16])
        if size < 8:  # to the end of the file, or damaged
            return False
        at += size
    return at > len(data)
