"""One PDF of several files: readable, upright, silent about its makers, and all or nothing."""

import io
import itertools
import os

import pikepdf
import pypdfium2
import pytest
from PIL import Image

from rostrum.letters.document import combine
from rostrum.letters.inspection import InspectionFailed
from rostrum.letters.kinds import find_kind
from rostrum.letters.limits import DOCUMENT_LIMITS, LIMITS, Limits
from rostrum.letters.refusals import LetterRefused, Refusal
from rostrum.letters.sandbox.active_content import find_marks
from rostrum.letters.sandbox.combining import write_document
from rostrum.letters.sandbox.jpeg import strip_jpeg
from tests.letters import factories, pdfs, photos
from tests.letters.sandbox.test_photo import is_upright, looks_like

FORMS = ("JPEG", "PNG", "HEIC", "WEBP")


@pytest.fixture
def put(tmp_path):
    """Writes files and gives back what `combine` wants of them."""
    numbers = itertools.count()

    def write(*contents: bytes):
        return [
            (_written(tmp_path / f"{next(numbers)}", data), find_kind(data)) for data in contents
        ]

    return write


def _written(path, data):
    path.write_bytes(data)
    return path


@pytest.fixture
def document(put, tmp_path):
    """Makes a document in this process, unbounded, and gives it back as bytes."""
    numbers = itertools.count()

    def make(*contents: bytes, limits: Limits = DOCUMENT_LIMITS) -> bytes:
        target = tmp_path / f"document-{next(numbers)}"
        write_document(put(*contents), target, limits)
        return target.read_bytes()

    return make


def photo_on(page: Image.Image) -> Image.Image:
    """The photo, which is squarer than A4, without the paper left and right of it."""
    return page.crop((25, 0, 817, 595))


def shown(document: bytes) -> list[Image.Image]:
    """The pages as a reader sees them."""
    return [page.render(scale=1).to_pil() for page in pypdfium2.PdfDocument(document)]


def pictures(document: bytes) -> list[bytes]:
    """The pictures as they lie inside the document."""
    with pikepdf.open(io.BytesIO(document)) as opened:
        streams = [thing for thing in opened.objects if isinstance(thing, pikepdf.Stream)]
        return [one.read_raw_bytes() for one in streams if one.get("/Subtype") == "/Image"]


def refusal_of(document, *contents, limits=DOCUMENT_LIMITS):
    with pytest.raises(LetterRefused) as refused:
        document(*contents, limits=limits)
    return refused.value.reason


def test_several_photos_make_one_document_in_order(put, tmp_path):
    files = put(factories.a_heic(), factories.a_jpeg((300, 400)), factories.a_png((90, 120)))
    target = tmp_path / "letter.document.pdf"
    assert combine(files, target) == 3
    assert target.stat().st_mode & 0o777 == 0o600
    assert [page.size for page in shown(target.read_bytes())] == [
        (842, 596),
        (596, 842),
        (596, 842),
    ]
    assert {entry.name for entry in tmp_path.iterdir()} == {"0", "1", "2", target.name}


def test_a_refusal_leaves_the_document_that_was_there(put, tmp_path):
    target = _written(tmp_path / "letter.document.pdf", b"the one before")
    files = put(factories.a_jpeg(), factories.a_noisy_jpeg()[:9000])
    with pytest.raises(LetterRefused) as refused:
        combine(files, target)
    assert refused.value.reason is Refusal.CUT_OFF
    assert target.read_bytes() == b"the one before"
    assert {entry.name for entry in tmp_path.iterdir()} == {"0", "1", target.name}


def test_a_document_that_takes_too_long_is_refused(put, tmp_path):
    files = put(factories.a_pdf_that_keeps_readers_busy())
    with pytest.raises(LetterRefused) as refused:
        combine(files, tmp_path / "letter.document.pdf", Limits(wall_seconds=0.05))
    assert refused.value.reason is Refusal.TOOK_TOO_LONG


def test_trouble_of_ours_does_not_blame_the_files(put, tmp_path):
    files = put(factories.a_jpeg())
    with pytest.raises(InspectionFailed):
        combine(files, tmp_path / "missing" / "letter.document.pdf")
    files[0][0].unlink()
    with pytest.raises(InspectionFailed, match="No such file"):
        combine(files, tmp_path / "letter.document.pdf")


MADE = "sys.argv[2] + '/document.pdf'"


@pytest.mark.parametrize(
    "program",
    [
        f"os.symlink('/etc/passwd', {MADE})",
        f"os.link(sys.argv[4], {MADE})",
        f"os.mkdir({MADE})",
        f"os.mkfifo({MADE})",
        "pass",
    ],
)
def test_a_document_that_is_no_file_of_the_childs_own_is_refused(child_is, put, tmp_path, program):
    answer = 'print(\'{"pages": 1, "marks": []}\')'
    child_is(f"import os, sys\n{program}\n{answer}")
    with pytest.raises(LetterRefused) as refused:
        combine(put(factories.a_jpeg()), tmp_path / "letter.document.pdf")
    assert refused.value.reason is Refusal.UNREADABLE
    assert not os.path.lexists(tmp_path / "letter.document.pdf")


def test_that_child_would_pass_if_it_made_a_file(child_is, put, tmp_path):
    child_is(f"import sys; open({MADE}, 'x'); print('{{\"pages\": 1, \"marks\": []}}')")
    assert combine(put(factories.a_jpeg()), tmp_path / "letter.document.pdf") == 1


def test_a_document_may_be_larger_than_a_preview(put, tmp_path):
    photo = factories.encode(Image.effect_noise((4000, 3000), 90), "JPEG", quality=92)
    photos_of_noise = [photo] * (LIMITS.file_bytes // len(photo) + 1)
    assert combine(put(*photos_of_noise), tmp_path / "letter.document.pdf") > 1


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_photo_stands_upright_on_its_page(document, orientation):
    (page,) = shown(document(factories.a_turned_photo("JPEG", orientation)))
    assert page.size == (842, 596)
    assert is_upright(photo_on(page))


@pytest.mark.parametrize(
    "data",
    [
        *(factories.a_turned_photo(form, 6) for form in FORMS),
        factories.a_jpeg(mode="CMYK"),
        factories.a_png(mode="RGBA"),
        factories.an_mpo(),
        factories.a_burst(),
    ],
)
def test_every_photo_is_shown_in_its_colours(document, data):
    (page,) = shown(document(data))
    assert is_upright(photo_on(page))


@pytest.mark.parametrize(
    "data",
    [
        factories.a_jpeg(),
        factories.a_jpeg(mode="L"),
        factories.a_jpeg(progressive=True),
        factories.a_turned_photo("JPEG", 3),
        factories.a_turned_photo("JPEG", 6),
        factories.a_turned_photo("JPEG", 8),
        factories.an_mpo(),
    ],
)
def test_a_jpeg_comes_in_without_loss(document, data):
    (picture,) = pictures(document(data))
    assert picture == strip_jpeg(data)
    with Image.open(io.BytesIO(picture)) as kept, Image.open(io.BytesIO(data)) as sent:
        assert kept.tobytes() == sent.tobytes()


@pytest.mark.parametrize("orientation", [2, 5])
def test_a_mirrored_jpeg_is_made_anew(document, orientation):
    data = factories.a_turned_photo("JPEG", orientation)
    (picture,) = pictures(document(data))
    assert picture != strip_jpeg(data)


@pytest.mark.parametrize("form", FORMS)
def test_a_document_tells_neither_place_nor_camera(document, form):
    made = document(factories.a_photo_that_tells_its_place(form))
    inside = [made, *pictures(made)]
    assert not any(secret in part for secret in factories.SECRETS for part in inside)


def test_a_document_tells_nothing_of_the_further_pictures_in_a_photo(document):
    secret = factories.a_photo_that_tells_its_place()
    made = document(factories.a_jpeg() + secret)
    assert not any(
        secret in part for secret in factories.SECRETS for part in [made, *pictures(made)]
    )


@pytest.mark.parametrize("form", FORMS)
def test_a_document_shows_the_colours_of_the_profile(document, form):
    (page,) = shown(document(photos.a_stamp(form)))
    assert looks_like(page.getpixel((400, 300)), photos.STAMP)


def test_a_jpeg_without_its_end_is_in_a_document(document):
    (page,) = shown(document(factories.a_jpeg_without_end()))
    assert is_upright(photo_on(page))


def test_a_long_picture_stays_legible_in_a_document(document):
    (picture,) = pictures(document(factories.a_png((1080, 9000))))
    with Image.open(io.BytesIO(picture)) as kept:
        assert kept.size == (1000, 8333)


def test_a_photo_larger_than_print_needs_is_made_smaller(document):
    made = document(factories.a_webp((3600, 1800), method=0))
    (picture,) = pictures(made)
    with Image.open(io.BytesIO(picture)) as kept:
        assert kept.size == (3508, 1754)


def test_a_pdf_among_photos_keeps_its_pages(document):
    pages = shown(
        document(factories.a_jpeg(), factories.a_pdf(2), factories.a_pdf_locked_against_changes())
    )
    assert [page.size for page in pages] == [(842, 596), *[(595, 842)] * 3]
    assert all(looks_like(page.getpixel((5, 5)), factories.CORNER) for page in pages[1:])


def test_the_picture_of_a_digital_signature_stays(document):
    (page,) = shown(document(factories.a_pdf_with_a_signature_field()))
    assert looks_like(page.getpixel((5, 5)), factories.CORNER)


@pytest.mark.parametrize("make", [make for make, _ in pdfs.ACTIVE.values()], ids=pdfs.ACTIVE)
def test_nothing_in_a_document_acts(document, make):
    with pikepdf.open(io.BytesIO(document(make()))) as made:
        assert find_marks(made) == set()


def test_all_pages_together_are_counted(document):
    assert len(shown(document(factories.a_pdf(9), factories.a_jpeg()))) == 10
    assert refusal_of(document, factories.a_pdf(10), factories.a_jpeg()) is Refusal.TOO_MANY_PAGES


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (factories.a_locked_pdf(), Refusal.ENCRYPTED),
        (factories.a_pdf(0), Refusal.NO_PAGES),
        (factories.a_png_that_claims(30_000, 30_000), Refusal.TOO_MANY_PIXELS),
        *((factories.a_noisy_photo(form)[:-3000], Refusal.CUT_OFF) for form in FORMS),
        (factories.a_long_pdf()[:9000], Refusal.CUT_OFF),
    ],
)
def test_one_bad_file_refuses_the_document_with_its_reason(document, data, reason):
    assert refusal_of(document, factories.a_jpeg(), data) is reason


@pytest.mark.parametrize("length", [0, 1, 2, 3, 4, 9, 100, 600, 3000])
def test_a_jpeg_cut_anywhere_is_not_stripped(length):
    assert strip_jpeg(factories.a_noisy_jpeg()[:length]) is None


def test_a_jpeg_that_few_readers_decode_is_not_stripped():
    whole = bytearray(factories.a_jpeg())
    frame = whole.index(b"\xff\xc0")
    whole[frame + 1] = 0xC9  # arithmetic coding
    assert strip_jpeg(bytes(whole)) is None
