"""What delegations send and what they should not: files, and what becomes of each.

Made here by Pillow, pikepdf and raw bytes; none is kept. Used by the tests of the letters and of
the upload page alike.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from hypothesis import strategies as st
from PIL import PngImagePlugin

from rostrum.letters.marks import Mark
from rostrum.letters.refusals import Refusal
from rostrum.letters.uploads import MAX_BYTES
from tests.letters import factories, fonts, pdfs, photos, signed

UNREADABLE = Refusal.UNREADABLE
CUT_OFF = Refusal.CUT_OFF
FIRST_BYTES = 16
"""Enough of a file to know its kind: these stay whole when the rest is damaged."""


@dataclass(frozen=True)
class Case:
    """A file under a name, and either its refusal or what is found in it."""

    name: str
    make: Callable[[], bytes]
    file_name: str = "letter.pdf"
    refusal: Refusal | None = None
    marks: frozenset[Mark] = frozenset()
    pages: int = 1
    blank_pages: tuple[int, ...] = ()
    signers: tuple[str, ...] = ()

    def __str__(self) -> str:
        return self.name


def cut(make: Callable[[], bytes], percent: int) -> Callable[[], bytes]:
    """The beginning of a file, as a broken connection leaves it."""
    return lambda: (whole := make())[: len(whole) * percent // 100]


def a_png_full_of_words(*megabytes: int) -> bytes:
    """A small PNG with a compressed text of each length: nothing for its size on disk."""
    words = PngImagePlugin.PngInfo()
    for number, length in enumerate(megabytes):
        words.add_text(f"Comment {number}", "x" * (length * 1024**2), zip=True)
    return factories.a_png(pnginfo=words)


def a_jpeg_and_a_page() -> bytes:
    """A photo whose comment is a web page."""
    return factories.a_jpeg(comment=b"<html><script>alert(1)</script></html>")


def a_gif() -> bytes:
    """A picture of a kind that no phone's camera makes."""
    return factories.encode(factories.a_picture(), "GIF")


ONE_OF_EACH = ("script encrypted", "launcher", "form that sends", "envelope", "film", "xfa")
"""The other ways to be marked are tried without starting a process for each."""

FONTS = frozenset({Mark.FONTS})
REPAIRED = frozenset({Mark.REPAIRED})
TAILS = {
    "20 kB of NUL": bytes(20_000),
    "8 kB of ends of lines": b"\r\n" * 4_000,
    "11 kB of rubbish": bytes(range(256)) * 43,
    "a web page": b"<html>scanned for viruses</html>\n" * 300,
}
LEADS = {"a byte order mark": b"\xef\xbb\xbf", "an empty line": b"\r\n", "blanks": b" " * 700}

ACCEPTED = [
    Case("pdf", factories.a_pdf),
    Case("pdf of ten pages", partial(factories.a_pdf, 10, (90, 120)), pages=10),
    Case("pdf with a blank back", pdfs.a_page_and_its_blank_back, pages=2, blank_pages=(2,)),
    Case(
        "pdf without a word",
        partial(pdfs.with_page, lambda _, page: page.Contents.write(b"")),
        blank_pages=(1,),
    ),
    *(
        Case(f"pdf, {what}", make, marks=frozenset({Mark.FONTS} if is_marked else ()))
        for what, (make, is_marked) in fonts.KINDS.items()
    ),
    Case("pdf, Cyrillic in no font", fonts.cyrillic, marks=FONTS, blank_pages=(1,)),
    Case("pdf, words that nobody sees", fonts.unseen, blank_pages=(1,)),
    Case("pdf with a note", pdfs.a_note_without_a_look, marks=frozenset({Mark.NOTES})),
    Case("pdf signed", signed.signed_by, signers=("Amina Otieno",)),
    Case("pdf signed twice", signed.signed_twice, signers=("Amina Otieno", "王 Li")),
    Case("pdf signed without a certificate", signed.signed_in_words, signers=("A. B.",)),
    Case("pdf to be signed", signed.to_be_signed),
    Case("pdf from a scanner", factories.a_long_pdf, pages=3),
    Case("pdf under a photo's name", factories.a_pdf, "IMG_0001.JPG"),
    Case("pdf locked against changes, RC4", partial(factories.a_pdf_locked_against_changes, 3)),
    Case("pdf locked against changes, AES", partial(factories.a_pdf_locked_against_changes, 6)),
    Case("pdf with a digital signature", factories.a_pdf_with_a_signature_field),
    Case("pdf with a link", pdfs.a_link_to_a_page),
    Case("pdf of circles", pdfs.a_pdf_of_circles),
    Case("pdf and zip", pdfs.a_pdf_and_a_zip, "letter.zip"),
    Case("pdf with a wrong index", factories.a_pdf_with_a_wrong_index),
    Case("pdf with a wrong length", pdfs.a_pdf_with_a_wrong_length),
    Case("pdf whose streams begin with CR", pdfs.a_pdf_with_bare_returns),
    Case(
        "pdf that lost its content",
        pdfs.a_pdf_without_its_content,
        marks=REPAIRED,
        blank_pages=(1,),
    ),
    *(Case(f"pdf and {what}", partial(pdfs.a_pdf_and, tail)) for what, tail in TAILS.items()),
    *(
        Case(f"pdf after {what}", lambda lead=lead: lead + factories.a_pdf())
        for what, lead in LEADS.items()
    ),
    Case("pdf after white space that counts", partial(pdfs.a_pdf_that_counts, b"\r\n" * 40)),
    *(
        Case(f"pdf, {what}", make, marks=frozenset({mark}))
        for what, (make, mark) in pdfs.ACTIVE.items()
        if what in ONE_OF_EACH
    ),
    Case("jpeg", factories.a_jpeg, "letter.jpg"),
    Case("jpeg without its end mark", factories.a_jpeg_without_end, "IMG_1.jpg"),
    Case(
        "jpeg without its end mark, progressive",
        partial(factories.a_jpeg_without_end, progressive=True),
        "IMG_1.jpg",
    ),
    Case("jpeg of 108 megapixels", partial(factories.a_jpeg, (12_000, 9_000)), "IMG_1.jpg"),
    Case("jpeg with a profile", photos.a_stamp, "IMG_1.jpg"),
    Case("jpeg with a long profile", partial(photos.a_stamp, more=3_000_000), "IMG_1.jpg"),
    Case("jpeg under a pdf's name", factories.a_jpeg, "letter.pdf"),
    Case("jpeg, progressive", partial(factories.a_jpeg, progressive=True), "IMG-20250319.jpg"),
    Case("jpeg, CMYK", partial(factories.a_jpeg, mode="CMYK"), "letter.jpeg"),
    Case(
        "jpeg, CMYK with a profile",
        partial(photos.a_page_of_inks, (0, 255, 255, 0)),
        "a.jpg",
        blank_pages=(1,),
    ),
    Case("jpeg, grey", partial(factories.a_jpeg, mode="L"), "letter.jpeg"),
    Case("jpeg, several pictures", factories.an_mpo, "MVIMG_1.jpg"),
    Case("jpeg, turned", partial(factories.a_turned_photo, "JPEG", 6), "IMG_2.jpg"),
    Case("jpeg, mirrored", partial(factories.a_turned_photo, "JPEG", 5), "IMG_2.jpg"),
    Case("jpeg with a place", factories.a_photo_that_tells_its_place, "IMG_3.jpg"),
    Case("jpeg, broken EXIF", partial(factories.a_jpeg_with_broken_exif, b"MM\0*"), "IMG_4.jpg"),
    Case("jpeg and html", a_jpeg_and_a_page, "letter.html"),
    Case("png", factories.a_png, "Screenshot.png"),
    Case("png of nothing", photos.a_white_png, "letter.png", blank_pages=(1,)),
    Case("png, clear", partial(factories.a_png, mode="RGBA"), "Screenshot.png"),
    Case("png, 16 bits of grey and a clear level", photos.a_deep_grey, "letter.png"),
    Case("png, long", partial(factories.a_png, (1080, 9000)), "Screenshot.png"),
    Case("png with a long text", partial(a_png_full_of_words, 9), "letter.png"),
    Case("png with many texts", partial(a_png_full_of_words, *[1] * 65), "letter.png"),
    Case("png with an endless profile", photos.a_png_with_an_endless_profile, "letter.png"),
    Case("png, a palette", partial(factories.a_png, mode="P"), "Screenshot.png"),
    Case("heic", factories.a_heic, "IMG_5.HEIC"),
    Case("heic under a jpeg's name", factories.a_heic, "IMG_5.jpg"),
    Case("heic, turned", partial(factories.a_turned_photo, "HEIC", 6), "IMG_6.HEIC"),
    Case("heic, a burst", factories.a_burst, "IMG_7.HEIC"),
    Case("webp", factories.a_webp, "letter.webp"),
    Case("webp without loss", partial(factories.a_webp, lossless=True), "letter.webp"),
]

REFUSED = [
    Case("nothing", bytes, refusal=Refusal.EMPTY),
    Case("too much", lambda: b"%PDF-1.7\n" + bytes(MAX_BYTES), refusal=Refusal.TOO_LARGE),
    *(
        Case(name, lambda data=data: data, file_name, Refusal.UNKNOWN_KIND)
        for name, data, file_name in [
            ("html under a photo's name", b"<!doctype html><script>alert(1)</script>", "IMG.jpg"),
            ("svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "letter.svg"),
            ("words", "Excellency,".encode("utf-16"), "letter.txt"),
            ("a program", b"MZ" + bytes(2000), "letter.pdf"),
            ("a document of Word", b"PK\x03\x04" + bytes(2000), "letter.docx"),
            ("an old document of Word", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" * 9, "letter.doc"),
            ("a film", b"\0\0\0\x18ftypqt  " + bytes(2000), "IMG_8.MOV"),
            ("an avif", b"\0\0\0\x1cftypavif" + bytes(2000), "letter.avif"),
            ("a heic that begins as html", b"<!--ftypheic" + bytes(2000), "letter.heic"),
            ("the first byte", b"%", "letter.pdf"),
        ]
    ),
    Case("gif", a_gif, "letter.gif", Refusal.UNKNOWN_KIND),
    Case("pdf after rubbish", lambda: b"<p>" + factories.a_pdf(), refusal=Refusal.UNKNOWN_KIND),
    Case("pdf whose last change did not arrive", pdfs.a_pdf_changed_in_part, refusal=CUT_OFF),
    Case("pdf for the web cut at 60 %", cut(pdfs.a_pdf_for_the_web, 60), refusal=CUT_OFF),
    Case("zip and pdf", pdfs.a_zip_and_a_pdf, refusal=Refusal.UNKNOWN_KIND),
    *(
        Case(f"pdf cut at {percent} %", cut(factories.a_long_pdf, percent), "letter.pdf", CUT_OFF)
        for percent in (1, 60, 99)
    ),
    *(
        Case(
            f"{form} cut at {percent} %",
            cut(partial(factories.a_noisy_photo, form), percent),
            f"letter.{form.lower()}",
            CUT_OFF,
        )
        for form, percent in [("JPEG", 5), ("JPEG", 98), ("PNG", 60), ("HEIC", 90), ("WEBP", 50)]
    ),
    Case("pdf, only its first line", lambda: b"%PDF-1.7\n%%EOF\n", refusal=UNREADABLE),
    Case("pdf in circles", pdfs.a_pdf_that_runs_in_circles, refusal=UNREADABLE),
    Case("pdf bomb", pdfs.a_pdf_that_unpacks_to_a_gigabyte, refusal=UNREADABLE),
    Case("pdf of no pages", partial(factories.a_pdf, 0), refusal=Refusal.NO_PAGES),
    Case("pdf of eleven pages", partial(factories.a_pdf, 11), refusal=Refusal.TOO_MANY_PAGES),
    Case("pdf of 3,000 pages", partial(factories.a_pdf, 3000), refusal=Refusal.TOO_MANY_PAGES),
    Case("pdf with a password, RC4", partial(factories.a_locked_pdf, 3), refusal=Refusal.ENCRYPTED),
    Case("pdf with a password, AES", partial(factories.a_locked_pdf, 6), refusal=Refusal.ENCRYPTED),
    Case(
        "pdf with a lock of its own",
        factories.a_pdf_with_an_unknown_lock,
        refusal=Refusal.ENCRYPTED,
    ),
    Case(
        "png of 3,600 megapixels",
        partial(factories.a_png_that_claims, 60_000, 60_000),
        "letter.png",
        Refusal.TOO_MANY_PIXELS,
    ),
    Case("asice", pdfs.an_asice, "letter.asice", Refusal.SIGNED_ENVELOPE),
    Case(
        "p7m",
        lambda: b"\x30\x82\x09\x09\x06\x09*\x86H\x86\xf7\r\x01\x07\x02" + bytes(2000),
        "letter.pdf.p7m",
        Refusal.SIGNED_ENVELOPE,
    ),
]

CORPUS = [*ACCEPTED, *REFUSED]

SEEDS = [
    factories.a_long_pdf(),
    pdfs.a_named_script(object_stream_mode=pdfs.PACKED),
    factories.a_turned_photo("JPEG", 6),
    factories.a_png(mode="P"),
    factories.a_burst(),
    factories.a_webp(),
]
"""Good files of every kind, to be damaged."""


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    """A good file with some bits turned over behind its first bytes, and perhaps its end lost."""
    data = bytearray(draw(st.sampled_from(SEEDS)))
    bits = st.integers(min_value=FIRST_BYTES * 8, max_value=len(data) * 8 - 1)
    for bit in draw(st.lists(bits, max_size=12)):
        data[bit // 8] ^= 1 << bit % 8
    return bytes(data[: draw(st.integers(min_value=FIRST_BYTES, max_value=len(data)))])
