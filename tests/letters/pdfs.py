"""PDFs that can do something, that are damaged, or that run in circles; made here, none is kept."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Callable

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from rostrum.letters.marks import Mark
from tests.letters.factories import A4, NO_OBJECT_STREAMS, a_pdf, lock, red_square, save

PACKED = pikepdf.ObjectStreamMode.generate


def with_page(change: Callable[[pikepdf.Pdf, pikepdf.Page], None], **options: object) -> bytes:
    """A PDF of one page with a red square, changed; options go to pikepdf's save."""
    document = pikepdf.new()
    page = document.add_blank_page(page_size=A4)
    page.Contents = document.make_stream(red_square(A4))
    change(document, page)
    return save(document, **options)


def script(code: str = "app.alert(1)") -> Dictionary:
    """An action that runs JavaScript."""
    return Dictionary(S=Name.JavaScript, JS=code)


def annotation(subtype: Name, **entries: object) -> Dictionary:
    """A note that covers the page."""
    return Dictionary(Type=Name.Annot, Subtype=subtype, Rect=[0, 0, *A4], **entries)


def an_opening_script(code: str = "app.alert(1)", **options: object) -> bytes:
    """JavaScript that runs when the document is opened."""
    return with_page(lambda pdf, _: setattr(pdf.Root, "OpenAction", script(code)), **options)


def a_named_script(**options: object) -> bytes:
    """JavaScript in the document's list of scripts."""

    def change(pdf: pikepdf.Pdf, _: pikepdf.Page) -> None:
        names = Array([String("a"), pdf.make_indirect(script())])
        pdf.Root.Names = Dictionary(JavaScript=Dictionary(Names=names))

    return with_page(change, **options)


def a_script_when_the_page_opens() -> bytes:
    """JavaScript in a page's additional actions."""
    return with_page(lambda _, page: setattr(page, "AA", Dictionary(O=script())))


def a_script_in_a_field() -> bytes:
    """JavaScript that a form field runs when a key is pressed in it."""

    def change(pdf: pikepdf.Pdf, page: pikepdf.Page) -> None:
        field = pdf.make_indirect(annotation(Name.Widget, FT=Name.Tx, T="t", AA={"/K": script()}))
        page.Annots = Array([field])
        pdf.Root.AcroForm = Dictionary(Fields=[field])

    return with_page(change)


def a_script_under_another_spelling() -> bytes:
    """The name of JavaScript with a letter written as its number."""
    whole = an_opening_script("app.alert(1)  ", object_stream_mode=NO_OBJECT_STREAMS)
    return replace(whole, rb"\)  \)(.*)/S /JavaScript", rb"))\1/S /J#61vaScript")


def a_script_that_hangs_nowhere() -> bytes:
    """An action no other object names: a reader that mends the file may find it."""

    def change(pdf: pikepdf.Pdf, _: pikepdf.Page) -> None:
        pdf.Root.OpenAction = pdf.make_indirect(script())

    whole = with_page(change, object_stream_mode=NO_OBJECT_STREAMS)
    return replace(whole, rb"/OpenAction \d+ 0 R", b" " * len("/OpenAction 4 0 R"))


def replace(whole: bytes, pattern: bytes, by: bytes) -> bytes:
    """The file with something of the same length in one place: its index stays right."""
    changed, places = re.subn(pattern, by, whole, flags=re.DOTALL)
    assert places == 1
    assert len(changed) == len(whole)
    return changed


def an_action(**entries: object) -> bytes:
    """A page that does this when it is tapped."""
    link = annotation(Name.Link, A=Dictionary(**entries))
    return with_page(lambda _, page: setattr(page, "Annots", Array([link])))


def a_launcher() -> bytes:
    """A tap starts a program."""
    return an_action(S=Name.Launch, F="calc.exe")


def a_form_that_sends() -> bytes:
    """A tap sends what was typed."""
    return an_action(S=Name.SubmitForm, F=Dictionary(FS=Name.URL, F="http://example.org/"))


def a_link_to_a_page() -> bytes:
    """A tap opens a web page: letters carry the mission's address."""
    return an_action(S=Name.URI, URI="https://example.org/")


def a_film() -> bytes:
    """A page with a moving picture on it."""
    return with_page(lambda _, page: setattr(page, "Annots", Array([annotation(Name.RichMedia)])))


def an_envelope() -> bytes:
    """A PDF with a program packed inside."""

    def change(pdf: pikepdf.Pdf, _: pikepdf.Page) -> None:
        pdf.attachments["setup.exe"] = b"MZ not really a program"

    return with_page(change)


def an_xfa_form() -> bytes:
    """A form in XML: only some readers show it, others show its first page."""

    def change(pdf: pikepdf.Pdf, _: pikepdf.Page) -> None:
        form = pdf.make_stream(b"<xdp:xdp xmlns:xdp='http://ns.adobe.com/xdp/'/>")
        pdf.Root.AcroForm = Dictionary(Fields=[], XFA=form)

    return with_page(change)


ACTIVE: dict[str, tuple[Callable[[], bytes], Mark]] = {
    "script at opening": (an_opening_script, Mark.JAVASCRIPT),
    "script in the list": (a_named_script, Mark.JAVASCRIPT),
    "script packed": (lambda: a_named_script(object_stream_mode=PACKED), Mark.JAVASCRIPT),
    "script encrypted": (
        lambda: a_named_script(object_stream_mode=PACKED, encryption=lock("", 6)),
        Mark.JAVASCRIPT,
    ),
    "script of a page": (a_script_when_the_page_opens, Mark.JAVASCRIPT),
    "script of a field": (a_script_in_a_field, Mark.JAVASCRIPT),
    "script respelled": (a_script_under_another_spelling, Mark.JAVASCRIPT),
    "script that hangs nowhere": (a_script_that_hangs_nowhere, Mark.JAVASCRIPT),
    "launcher": (a_launcher, Mark.LAUNCH),
    "link to another file": (lambda: an_action(S=Name.GoToR, F="//host/a.pdf"), Mark.LAUNCH),
    "form that sends": (a_form_that_sends, Mark.SUBMIT_FORM),
    "envelope": (an_envelope, Mark.EMBEDDED_FILES),
    "film": (a_film, Mark.MEDIA),
    "xfa": (an_xfa_form, Mark.XFA),
}
"""Each way to be marked, and the mark."""


def a_pdf_that_runs_in_circles() -> bytes:
    """The tree of pages contains itself."""
    return with_page(lambda pdf, _: pdf.Root.Pages.Kids.append(pdf.Root.Pages))


def a_pdf_of_circles() -> bytes:
    """Objects that name each other, as outlines and forms do, beside a sound tree of pages."""

    def change(pdf: pikepdf.Pdf, page: pikepdf.Page) -> None:
        one, two = pdf.make_indirect(Dictionary()), pdf.make_indirect(Dictionary())
        one.Next, two.Next, two.Self = two, one, Array([Dictionary(Back=two)])
        pdf.Root.Outlines = one
        page.PieceInfo = Dictionary(Page=page.obj)

    return with_page(change)


def a_pdf_with_a_wrong_length() -> bytes:
    """A PDF that says its page's content is shorter than it is."""
    whole = a_pdf(object_stream_mode=NO_OBJECT_STREAMS, compress_streams=False)
    return replace(whole, b"/Length %d" % len(red_square(A4)), b"/Length 11")


def a_pdf_and_a_zip() -> bytes:
    """A PDF for readers of PDF, an archive for readers of ZIP."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as packed:
        packed.writestr("letter.html", "<script>alert(1)</script>")
    return a_pdf() + archive.getvalue()


def a_zip_and_a_pdf() -> bytes:
    """The same the other way round: forgiving readers still find the PDF."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_STORED) as packed:
        packed.writestr("letter.pdf", a_pdf())
    return archive.getvalue()


def a_pdf_that_unpacks_to_a_gigabyte() -> bytes:
    """A page whose content was a gigabyte of zeros, packed twice: 2 kB."""
    document = pikepdf.new()
    page = document.add_blank_page(page_size=A4)
    page.Contents = pikepdf.Stream(document, zlib.compress(packed_zeros(1100), 9))
    page.Contents.Filter = Array([Name.FlateDecode, Name.FlateDecode])
    return save(document, compress_streams=False)


def packed_zeros(megabytes: int) -> bytes:
    """So many megabytes of zeros, deflated: one is packed, and repeated as packed."""
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    one = packer.compress(bytes(1024**2)) + packer.flush(zlib.Z_FULL_FLUSH)
    checksum = (megabytes * 1024**2 % 65521) << 16 | 1
    return b"\x78\x9c" + one * megabytes + packer.flush() + checksum.to_bytes(4)


def plain(**options: object) -> bytes:
    """A PDF of one page that a person can read in an editor."""
    return a_pdf(object_stream_mode=NO_OBJECT_STREAMS, compress_streams=False, **options)


def a_pdf_and(tail: bytes) -> bytes:
    """A whole PDF with bytes that nobody wrote behind its end."""
    return plain() + tail


def a_pdf_that_counts(lead: bytes) -> bytes:
    """A PDF after some bytes, with an index that counts from the first of them."""
    moved = re.sub(rb"\d{10}(?= 00000 n)", lambda at: b"%010d" % (int(at[0]) + len(lead)), plain())
    return lead + re.sub(
        rb"(?<=startxref\n)\d+", lambda at: b"%d" % (int(at[0]) + len(lead)), moved
    )


def a_pdf_with_bare_returns() -> bytes:
    """A PDF that some old program wrote: a stream begins after a carriage return alone."""
    return replace(plain(), rb"stream\n(?=0\.86)", b"stream\r")


def a_pdf_without_its_content() -> bytes:
    """A PDF whose index and whose page's content were damaged: the page is blank."""
    return replace(replace(plain(), rb"4 0 obj", b"4 0 oxx"), rb"startxref", b"startxrxx")


def a_pdf_changed_in_part() -> bytes:
    """A PDF with a change behind it whose end did not arrive: what it changed would be hidden."""
    return plain() + b"4 0 obj\n<< /Length 0 >>\nstream\nendstream\nendobj\nxref\n0 1\n"


def a_pdf_for_the_web() -> bytes:
    """A PDF that begins with the index of its first page, and has two end marks."""
    return a_pdf(3, linearize=True)


def an_asice() -> bytes:
    """An electronic signature and what it signs in one envelope."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_STORED) as packed:
        packed.writestr("mimetype", "application/vnd.etsi.asic-e+zip")
        packed.writestr("letter.pdf", a_pdf())
    return archive.getvalue()


def a_page_and_its_blank_back() -> bytes:
    """Both sides of a sheet, as a scanner for both sides leaves them."""
    document = pikepdf.open(io.BytesIO(a_pdf()))
    document.add_blank_page(page_size=A4)
    return save(document)


def a_note_without_a_look() -> bytes:
    """Words typed over a page, which only some readers draw."""
    note = annotation(Name.FreeText, Contents="H.E. Ms. Amina Otieno", DA="/Helv 12 Tf 0 g")
    return with_page(lambda _, page: setattr(page, "Annots", Array([note])))
