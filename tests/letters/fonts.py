"""PDFs whose fonts are not in the file; made here, none is kept."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pikepdf
from pikepdf import Array, Dictionary, Name

from tests.letters.factories import A4, save

Font = Callable[[pikepdf.Pdf], Dictionary]

JAPANESE, CHINESE, TAIWANESE, KOREAN = "拝啓議長閣下", "主席先生阁下", "主席先生閣下", "의장귀하"
_HEAD = b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap "
_LATIN = _HEAD + b"1 beginbfrange <0003> <0060> <0020> endbfrange endcmap end end"


def page_of(font: Font, text: bytes, mode: int = 0) -> bytes:
    """One page with this text, drawn in this mode (3: unseen)."""
    document = pikepdf.new()
    page = document.add_blank_page(page_size=A4)
    page.Resources = Dictionary(Font=Dictionary(F=document.make_indirect(font(document))))
    shown = b"BT %d Tr /F 24 Tf 60 700 Td <%s> Tj ET" % (mode, text.hex().encode())
    page.Contents = document.make_stream(shown)
    return save(document)


def _descriptor(name: str) -> Dictionary:
    return Dictionary(
        Type=Name.FontDescriptor, FontName=Name(f"/{name}"), Flags=32,
        FontBBox=[0, -200, 1000, 900], ItalicAngle=0, Ascent=880, Descent=-120, CapHeight=700,
        StemV=80,
    )  # fmt: skip


def composite(name: str, encoding: str, ordering: str, unicode: bytes = b"") -> Font:
    """A font of many characters, known by their numbers in a collection."""

    def make(document: pikepdf.Pdf) -> Dictionary:
        inner = Dictionary(
            Type=Name.Font, Subtype=Name.CIDFontType2, BaseFont=Name(f"/{name}"), DW=1000,
            CIDSystemInfo=Dictionary(Registry="Adobe", Ordering=ordering, Supplement=0),
            FontDescriptor=_descriptor(name),
        )  # fmt: skip
        font = Dictionary(
            Type=Name.Font, Subtype=Name.Type0, BaseFont=Name(f"/{name}"),
            Encoding=Name(f"/{encoding}"), DescendantFonts=Array([inner]),
        )  # fmt: skip
        if unicode:
            font.ToUnicode = document.make_stream(unicode)
        return font

    return make


def simple(name: str, *, letters: list[str] | None = None) -> Font:
    """A font of 256 characters; `letters` names those from 128 on."""

    def make(_: pikepdf.Pdf) -> Dictionary:
        named = Array([128, *(Name(f"/{letter}") for letter in letters or [])])
        return Dictionary(
            Type=Name.Font, Subtype=Name.TrueType, BaseFont=Name(f"/{name}"), FirstChar=0,
            LastChar=255, Widths=Array([550] * 256), FontDescriptor=_descriptor(name),
            Encoding=Dictionary(BaseEncoding=Name.WinAnsiEncoding, Differences=named),
        )  # fmt: skip

    return make


def east_asian(name: str, encoding: str, ordering: str, text: str) -> bytes:
    """A page in Chinese, Japanese or Korean, drawn with a font of the machine that shows it."""
    return page_of(composite(name, encoding, ordering), text.encode("utf-16-be"))


def by_number(unicode: bytes = b"") -> bytes:
    """A page whose characters are known by their numbers in a font that is not there."""
    text = b"".join((ord(c) - 29).to_bytes(2) for c in "Excellency")
    return page_of(composite("Arial", "Identity-H", "Identity", unicode), text)


def polish() -> bytes:
    """A page with letters that fonts of the west lack."""
    return page_of(simple("Arial", letters=["aogonek", "eogonek"]), b"abc\x80\x81")


def cyrillic() -> bytes:
    """A page of which nothing is drawn."""
    names = [f"afii{number}" for number in range(10017, 10049)]
    return page_of(simple("Arial", letters=names), bytes(range(128, 160)))


def unseen() -> bytes:
    """The words that a scanner recognized, which lie behind a picture."""
    return page_of(simple("Arial"), b"Excellency", mode=3)


EAST_ASIAN = {
    "Japanese": partial(east_asian, "HeiseiMin-W3", "UniJIS-UCS2-H", "Japan1", JAPANESE),
    "Chinese": partial(east_asian, "STSong-Light", "UniGB-UCS2-H", "GB1", CHINESE),
    "Chinese of Word": partial(east_asian, "KaiTi", "UniGB-UCS2-H", "GB1", CHINESE),
    "Chinese of Taiwan": partial(east_asian, "MSung-Light", "UniCNS-UCS2-H", "CNS1", TAIWANESE),
    "Korean": partial(east_asian, "HYSMyeongJo-Medium", "UniKS-UCS2-H", "Korea1", KOREAN),
}
"""Right where the machine has fonts for them, else blank."""

KINDS: dict[str, tuple[Callable[[], bytes], bool]] = {
    "Latin in a font of Windows": (lambda: page_of(simple("Arial"), b"Excellency"), False),
    "Latin in a font of nobody": (lambda: page_of(simple("Garamuto"), b"Excellency"), False),
    "numbers that say which letters": (partial(by_number, _LATIN), False),
    "numbers of a font": (by_number, True),
    "Polish": (polish, True),
}
"""Each kind whose font is not in the file, and whether text is missing anywhere."""
