"""PDFs: which are read and which are refused, and why. Here the reader runs unbounded."""

import pytest

from rostrum.letters.limits import LIMITS, Limits
from rostrum.letters.pdf import draw_pages
from rostrum.letters.refusals import LetterRefused, Refusal
from tests.letters import factories


@pytest.fixture
def draw(tmp_path):
    """Reads a PDF and gives back the pictures of its pages."""

    def read(data: bytes, limits: Limits = LIMITS):
        path = tmp_path / "letter.pdf"
        path.write_bytes(data)
        return list(draw_pages(path, limits))

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


@pytest.mark.parametrize("percent", [1, 5, 25, 50, 75, 95, 99])
def test_a_truncated_pdf_is_refused_as_unreadable(draw, percent):
    whole = factories.a_long_pdf()
    assert refusal_of(draw, whole[: len(whole) * percent // 100]) is Refusal.UNREADABLE


@pytest.mark.parametrize("rest", [b"", b"1.7\n", b"garbage " * 99, b"1.7\n%%EOF\n"])
def test_a_file_with_only_the_first_bytes_of_a_pdf_is_refused(draw, rest):
    assert refusal_of(draw, b"%PDF-" + rest) is Refusal.UNREADABLE


def test_a_pdf_whose_page_count_lies_is_refused(draw):
    lie = factories.a_pdf(3, object_stream_mode=factories.NO_OBJECT_STREAMS)
    assert refusal_of(draw, lie.replace(b"/Count 3", b"/Count 1")) is Refusal.UNREADABLE


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
        ((14_400, 3), (1600, 1)),
        ((100, 100), (300, 300)),
    ],
)
def test_a_page_of_any_size_is_drawn_within_1600_pixels(draw, size, shown):
    (page,) = draw(factories.a_pdf(1, size))
    assert page.size == shown
