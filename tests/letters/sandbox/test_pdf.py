"""PDFs: which are read and which are refused, and why. Here the reader runs unbounded."""

import pikepdf
import pytest

from rostrum.letters.limits import LIMITS, Limits
from rostrum.letters.marks import Mark
from rostrum.letters.refusals import LetterRefused, Refusal
from rostrum.letters.sandbox.pdf import read_pdf
from tests.letters import factories, pdfs
from tests.letters.corpus import LEADS, TAILS


@pytest.fixture
def draw(tmp_path):
    """Reads a PDF and gives back the pictures of its pages."""

    def read(data: bytes, limits: Limits = LIMITS):
        path = tmp_path / "letter.pdf"
        path.write_bytes(data)
        return list(read_pdf(path, limits)[1])

    return read


@pytest.fixture
def marks(tmp_path):
    """Reads a PDF and gives back what staff are told of it."""

    def read(data: bytes) -> set[Mark]:
        path = tmp_path / "letter.pdf"
        path.write_bytes(data)
        found, pages = read_pdf(path, LIMITS)
        list(pages)
        return found.marks

    return read


def refusal_of(draw, data):
    with pytest.raises(LetterRefused) as refused:
        draw(data)
    return refused.value.reason


def is_shown(page):
    """The red square is in the upper left of a white page."""
    red, green, blue = page.getpixel((0, 0))
    return red > 180 > 60 > max(green, blue) and page.getpixel((page.width - 1, 0)) == (255,) * 3


@pytest.mark.parametrize("pages", [1, 3, 10])
def test_every_page_is_drawn(draw, pages):
    drawn = draw(factories.a_pdf(pages))
    assert [page.size for page in drawn] == [(1131, 1600)] * pages
    assert all(map(is_shown, drawn))


@pytest.mark.parametrize("revision", [2, 3, 4, 6])
def test_a_pdf_locked_only_against_changes_is_read(draw, revision):
    (page,) = draw(factories.a_pdf_locked_against_changes(revision))
    assert is_shown(page)


@pytest.mark.parametrize("revision", [2, 3, 4, 6])
def test_a_pdf_that_needs_a_password_is_refused_as_encrypted(draw, revision):
    assert refusal_of(draw, factories.a_locked_pdf(revision)) is Refusal.ENCRYPTED


def test_a_pdf_with_a_lock_unknown_to_us_is_refused_as_encrypted(draw):
    assert refusal_of(draw, factories.a_pdf_with_an_unknown_lock()) is Refusal.ENCRYPTED


def test_the_picture_of_a_digital_signature_is_shown(draw):
    (page,) = draw(factories.a_pdf_with_a_signature_field())
    assert is_shown(page)


def test_a_wrong_index_is_mended_as_readers_do(draw):
    (page,) = draw(factories.a_pdf_with_a_wrong_index())
    assert is_shown(page)


def test_a_footer_that_a_mail_gateway_appended_is_forgiven(draw):
    (page,) = draw(factories.a_pdf() + b"\n-- scanned for viruses --\n" * 20)
    assert is_shown(page)


@pytest.mark.parametrize(
    "data",
    [
        factories.a_pdf_with_a_wrong_index(),
        pdfs.a_pdf_with_a_wrong_length(),
        pdfs.a_pdf_with_bare_returns(),
        pdfs.a_pdf_that_counts(b"\n" * 40),
        pdfs.plain().replace(b"\n", b"\r\n"),
        *(pdfs.a_pdf_and(tail) for tail in TAILS.values()),
        *(lead + pdfs.plain() for lead in LEADS.values()),
    ],
)
def test_a_repair_that_changes_no_page_is_not_noted(marks, draw, data):
    assert marks(data) == set()
    (page,) = draw(data)
    assert is_shown(page)


@pytest.mark.parametrize(
    "data",
    [
        pdfs.a_pdf_without_its_content(),
        pdfs.replace(pdfs.plain(), rb"/MediaBox \[", b"/MediaBox <"),
        factories.a_pdf(object_stream_mode=factories.NO_OBJECT_STREAMS)
        .replace(b"startxref", b"startxxxx")
        .replace(b"stream\nx", b"stream\ny"),
    ],
    ids=["content", "size of the page", "a stream"],
)
def test_damage_to_a_page_is_noted(marks, data):
    assert marks(data) == {Mark.REPAIRED}


@pytest.mark.parametrize(("make", "mark"), pdfs.ACTIVE.values(), ids=pdfs.ACTIVE)
def test_what_a_pdf_can_do_is_noted_wherever_it_hides(marks, make, mark):
    assert marks(make()) == {mark}


def test_all_that_a_pdf_can_do_is_noted(marks):
    def change(pdf, page):
        pdf.Root.OpenAction = pdfs.script()
        pdf.attachments["setup.exe"] = b"MZ"
        page.Annots = pikepdf.Array([pdfs.annotation(pikepdf.Name.RichMedia)])

    found = marks(pdfs.with_page(change))
    assert found == {Mark.JAVASCRIPT, Mark.EMBEDDED_FILES, Mark.MEDIA}


def test_what_a_repair_brings_to_light_is_noted(marks):
    whole = pdfs.an_opening_script()
    damaged = whole[: whole.rindex(b"startxref")] + b"startxref\n7\n%%EOF\n"
    assert marks(damaged) == {Mark.JAVASCRIPT}


@pytest.mark.parametrize(
    "data",
    [
        factories.a_pdf(2),
        factories.a_pdf_with_a_signature_field(),
        factories.a_pdf_locked_against_changes(),
        pdfs.a_link_to_a_page(),
        pdfs.a_pdf_of_circles(),
    ],
)
def test_a_plain_letter_is_not_marked(marks, data):
    assert marks(data) == set()


@pytest.mark.parametrize("percent", [1, 5, 25, 50, 75, 95, 99])
@pytest.mark.parametrize("make", [factories.a_long_pdf, pdfs.a_pdf_for_the_web])
def test_a_truncated_pdf_is_refused_as_not_whole(draw, make, percent):
    whole = make()
    assert refusal_of(draw, whole[: len(whole) * percent // 100]) is Refusal.CUT_OFF


def test_a_pdf_whose_last_change_is_cut_off_is_not_shown_as_it_was_before(draw):
    assert refusal_of(draw, pdfs.a_pdf_changed_in_part()) is Refusal.CUT_OFF


@pytest.mark.parametrize("rest", [b"", b"1.7\n", b"garbage " * 99, b"1.7\n%%EOF\n"])
def test_a_file_with_only_the_first_bytes_of_a_pdf_is_refused(draw, rest):
    assert refusal_of(draw, b"%PDF-" + rest) in (Refusal.UNREADABLE, Refusal.CUT_OFF)


def test_a_pdf_whose_page_count_lies_is_refused(draw):
    lie = factories.a_pdf(3, object_stream_mode=factories.NO_OBJECT_STREAMS)
    assert refusal_of(draw, lie.replace(b"/Count 3", b"/Count 1")) is Refusal.UNREADABLE


def test_a_tree_of_pages_in_circles_is_refused(draw):
    assert refusal_of(draw, pdfs.a_pdf_that_runs_in_circles()) is Refusal.UNREADABLE


def test_a_pdf_without_pages_is_refused(draw):
    assert refusal_of(draw, factories.a_pdf(0)) is Refusal.NO_PAGES


def test_a_pdf_of_eleven_pages_is_refused(draw):
    assert refusal_of(draw, factories.a_pdf(11)) is Refusal.TOO_MANY_PAGES


@pytest.mark.parametrize(
    ("size", "shown"),
    [
        ((595, 842), (1131, 1600)),
        ((612, 792), (1236, 1600)),
        ((842, 595), (1600, 1131)),
        ((14_400, 14_400), (1600, 1600)),
        ((14_400, 3), (16_000, 4)),
        ((390, 3900), (1000, 10_000)),
        ((100, 100), (300, 300)),
    ],
)
def test_a_page_of_any_size_is_drawn_legibly(draw, size, shown):
    (page,) = draw(factories.a_pdf(1, size))
    assert page.size == shown
