"""Photos: which are read, how they are turned, which are refused. The reader runs unbounded."""

import pytest
from PIL import Image

from rostrum.letters.kinds import Kind, find_kind
from rostrum.letters.limits import LIMITS, Limits
from rostrum.letters.refusals import LetterRefused, Refusal
from rostrum.letters.sandbox.photo import draw_photo
from rostrum.letters.sandbox.preview import write_preview
from tests.letters import factories, photos


@pytest.fixture
def preview(tmp_path):
    """Reads a photo and gives back the preview that was written for it."""

    def read(data: bytes, limits: Limits = LIMITS) -> Image.Image:
        page = draw_photo(data, find_kind(data), limits.preview_side, limits)
        write_preview(page, tmp_path, 1)
        with Image.open(tmp_path / "1.webp") as picture:
            picture.load()
            return picture

    return read


def refusal_of(preview, data, limits=LIMITS):
    with pytest.raises(LetterRefused) as refused:
        preview(data, limits)
    return refused.value.reason


def looks_like(pixel, colour):
    return all(abs(one - other) < 25 for one, other in zip(pixel, colour, strict=True))


def is_upright(picture):
    """The marked corner is where a person sees it and the paper is white elsewhere."""
    right, bottom = picture.width - 5, picture.height - 5
    others = [picture.getpixel(at) for at in ((right, 5), (5, bottom), (right, bottom))]
    marked = looks_like(picture.getpixel((5, 5)), factories.CORNER)
    return marked and all(looks_like(other, (255, 255, 255)) for other in others)


@pytest.mark.parametrize(
    "data",
    [
        factories.a_jpeg(),
        factories.a_jpeg(progressive=True),
        factories.a_jpeg(mode="CMYK"),
        factories.an_mpo(),
        factories.a_png(),
        factories.a_png(mode="RGBA"),
        factories.a_jpeg() + b"bytes after the end",
        factories.a_heic(),
        factories.a_heic(mode="RGBA"),
        factories.a_burst(),
        factories.a_webp(),
        factories.a_webp(mode="RGBA"),
        factories.a_webp(save_all=True, append_images=[Image.new("RGB", factories.PHOTO_SIZE)]),
    ],
)
def test_a_photo_is_read_and_shown_in_its_colours(preview, data):
    picture = preview(data)
    assert picture.size == factories.PHOTO_SIZE
    assert is_upright(picture)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P"])
def test_a_plain_screenshot_is_read(preview, mode):
    picture = preview(factories.a_png(mode=mode))
    assert sum(picture.getpixel((2, 2))) < sum(picture.getpixel((390, 290)))


@pytest.mark.parametrize(("mode", "ink"), [("RGBA", (0, 0, 0, 0)), ("LA", (0, 0))])
def test_what_is_transparent_is_shown_as_white_paper(preview, mode, ink):
    picture = preview(factories.encode(Image.new(mode, (40, 40), ink), "PNG"))
    assert looks_like(picture.getpixel((5, 5)), (255, 255, 255))


@pytest.mark.parametrize("options", [{"mode": "P"}, {"mode": "RGB"}])
def test_a_transparent_colour_is_shown_as_white_paper(preview, options):
    picture = Image.new(options["mode"], (40, 40), 0)
    clear = 0 if options["mode"] == "P" else (0, 0, 0)
    shown = preview(factories.encode(picture, "PNG", transparency=clear))
    assert looks_like(shown.getpixel((5, 5)), (255, 255, 255))


@pytest.mark.parametrize("form", ["PNG", "HEIC"])
@pytest.mark.parametrize("level", [0x20, 0xE0])
def test_sixteen_bits_of_grey_are_shown_in_eight(preview, form, level):
    picture = preview(factories.encode(Image.new("I;16", (64, 64), level << 8), form))
    assert looks_like(picture.getpixel((5, 5)), (level,) * 3)


@pytest.mark.parametrize("form", ["JPEG", "PNG", "HEIC", "WEBP"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_turned_photo_is_shown_upright(preview, form, orientation):
    picture = preview(factories.a_turned_photo(form, orientation))
    assert picture.size == factories.PHOTO_SIZE
    assert is_upright(picture)


@pytest.mark.filterwarnings("ignore:Corrupt EXIF", "ignore:Tag data larger")
@pytest.mark.parametrize(
    "exif",
    [
        b"",
        b"MM",
        b"not exif at all",
        b"II*\0\xff\xff\xff\xff",
        b"MM\0*\0\0\0\x08\xff\xff" + b"\xff" * 30,
        b"MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x63\0\0\0\0\0\0",  # orientation 99
    ],
)
def test_broken_exif_does_not_spoil_a_good_photo(preview, exif):
    assert is_upright(preview(factories.a_jpeg_with_broken_exif(exif)))


@pytest.mark.parametrize("form", ["JPEG", "PNG", "HEIC", "WEBP"])
def test_the_preview_tells_neither_place_nor_camera(preview, tmp_path, form):
    photo = factories.a_photo_that_tells_its_place(form)
    assert any(secret in photo for secret in factories.SECRETS), "the photo itself does"
    picture = preview(photo)
    assert not picture.getexif()
    assert not {"exif", "xmp", "icc_profile", "comment"} & set(picture.info)
    shown = (tmp_path / "1.webp").read_bytes()
    assert not any(secret in shown for secret in factories.SECRETS)


@pytest.mark.parametrize(
    ("size", "shown"),
    [
        ((4000, 3000), (1600, 1200)),
        ((3000, 4000), (1200, 1600)),
        ((1600, 10), (1600, 10)),
        ((5000, 1), (5000, 1)),
        ((1, 1), (1, 1)),
        ((1080, 2400), (1000, 2222)),
        ((1080, 9000), (1000, 8333)),
        ((9000, 1080), (8333, 1000)),
        ((540, 9000), (540, 9000)),
        ((1100, 30_000), (587, 16_000)),
    ],
)
def test_a_preview_has_1600_pixels_on_a_side_or_1000_on_the_other(preview, size, shown):
    assert preview(factories.a_jpeg(size)).size == shown


@pytest.mark.parametrize("percent", [1, 5, 25, 50, 75, 95])
@pytest.mark.parametrize("form", ["JPEG", "PNG", "HEIC", "WEBP"])
def test_a_truncated_photo_is_refused_as_not_whole(preview, form, percent):
    whole = factories.a_noisy_photo(form)
    assert refusal_of(preview, whole[: len(whole) * percent // 100]) is Refusal.CUT_OFF


def test_a_truncated_large_photo_is_refused_although_it_is_decoded_small(preview):
    whole = factories.encode(Image.effect_noise((4000, 3000), 80), "JPEG")
    assert refusal_of(preview, whole[: len(whole) * 9 // 10]) is Refusal.CUT_OFF


@pytest.mark.parametrize("progressive", [False, True])
@pytest.mark.parametrize("rest", [b"", b"\xff", bytes(5000)])
def test_a_jpeg_that_lacks_only_its_end_mark_is_whole(preview, progressive, rest):
    data = factories.a_jpeg_without_end(progressive=progressive) + rest
    assert is_upright(preview(data))


@pytest.mark.parametrize("lost", [12, 100, 1000])
@pytest.mark.parametrize("progressive", [False, True])
def test_a_jpeg_that_lacks_pixels_too_is_not_whole(preview, progressive, lost):
    noise = Image.effect_noise(factories.PHOTO_SIZE, 80)
    data = factories.encode(noise, "JPEG", progressive=progressive)
    assert refusal_of(preview, data[:-lost]) is Refusal.CUT_OFF


def test_a_progressive_jpeg_is_whole_with_its_last_scan_only(preview):
    data = factories.a_jpeg(progressive=True)
    assert refusal_of(preview, data[: data.rindex(b"\xff\xda")]) is Refusal.CUT_OFF


@pytest.mark.parametrize(
    "data",
    [
        photos.a_deep_grey(),
        photos.a_deep_grey(b""),
        photos.deep_png(2, b"\x30\x39" * 3, b"\xff" * 6),
        photos.deep_png(2, b"\x30\x39" * 3, b"\x12\x30" * 3),
        photos.deep_png(4, b"\x30\x39\xff\xff"),
        photos.deep_png(6, b"\x30\x39" * 3 + b"\xff\xff"),
    ],
)
def test_sixteen_bits_are_shown_whatever_is_transparent(preview, data):
    picture = preview(data)
    assert looks_like(picture.getpixel((5, 3)), (0x30,) * 3)
    assert looks_like(picture.getpixel((5, 17)), (255,) * 3)


@pytest.mark.parametrize("primaries", [photos.ADOBE, photos.P3])
@pytest.mark.parametrize(
    ("form", "mode"),
    [("JPEG", "RGB"), ("PNG", "RGB"), ("PNG", "RGBA"), ("WEBP", "RGB"), ("HEIC", "RGB")],
)
def test_a_stamp_is_as_red_as_its_profile_says(preview, form, mode, primaries):
    picture = preview(photos.a_stamp(form, primaries, mode))
    red, green, blue = picture.getpixel((9, 9))
    assert max(abs(red - 193), abs(green - 24), abs(blue - 35)) < 9


@pytest.mark.parametrize(
    ("form", "mode"), [("JPEG", "L"), ("PNG", "L"), ("PNG", "LA"), ("PNG", "I;16")]
)
def test_a_scan_with_linear_levels_is_not_too_dark(preview, form, mode):
    data = photos.a_linear_scan(form, mode)
    assert abs(preview(data).getpixel((9, 9))[0] - 128) < 6


@pytest.mark.parametrize(
    ("ink", "shown"), [((0, 0, 0, 0), (255, 255, 255)), ((0, 255, 255, 0), (212, 21, 0))]
)
def test_inks_are_shown_as_their_profile_says(preview, ink, shown):
    assert looks_like(preview(photos.a_page_of_inks(ink)).getpixel((9, 9)), shown)


@pytest.mark.parametrize(("gamma", "shown"), [(1.0, 127), (1 / 2.2, 55), (0, 55), (9, 55)])
def test_a_gamma_that_can_be_is_heeded(preview, gamma, shown):
    assert abs(preview(photos.a_png_with_a_gamma(gamma)).getpixel((9, 9))[0] - shown) < 4


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "HEIC"])
@pytest.mark.parametrize(
    "profile", [b"x" * 300, bytes(300), photos.a_profile(2.2, photos.P3)[:300], b"\xff" * 3_000_000]
)
def test_a_damaged_profile_is_ignored(preview, form, profile):
    assert is_upright(preview(factories.encode(factories.a_picture(), form, icc_profile=profile)))


def test_a_jpeg_of_200_megapixels_is_decoded_small(preview):
    picture = preview(factories.a_jpeg((16_320, 12_240), mode="L"))
    assert picture.size == (1600, 1200)


@pytest.mark.parametrize(
    ("progressive", "limits"),
    [(False, Limits(jpeg_pixels=119_999)), (True, Limits(progressive_pixels=119_999))],
)
def test_a_jpeg_has_a_limit_of_its_own(preview, progressive, limits):
    data = factories.a_jpeg(progressive=progressive)
    assert refusal_of(preview, data, limits) is Refusal.TOO_MANY_PIXELS


@pytest.mark.parametrize(
    "magic",
    [
        b"\xff\xd8\xff",
        b"\x89PNG\r\n\x1a\n",
        b"\0\0\0\x18ftypheic",
        b"\0\0\0\x18ftypmif1",
        b"RIFF\0\0\0\0WEBPVP8 ",
    ],
)
@pytest.mark.parametrize("rest", [b"", b"\0" * 500, b"\xff" * 500, b"IHDR garbage " * 40])
def test_a_file_with_only_the_first_bytes_of_a_photo_is_refused(preview, magic, rest):
    assert refusal_of(preview, magic + rest) in (Refusal.UNREADABLE, Refusal.CUT_OFF)


@pytest.mark.parametrize("side", [8_000, 60_000, 2**31 - 1])
def test_a_bomb_of_pixels_is_refused_before_it_is_decoded(preview, side):
    bomb = factories.a_png_that_claims(side, side)
    assert refusal_of(preview, bomb) is Refusal.TOO_MANY_PIXELS


def test_exactly_as_many_pixels_as_the_limit_are_accepted(preview):
    assert preview(factories.a_png((40, 30)), Limits(pixels=1200)).size == (40, 30)
    refused = refusal_of(preview, factories.a_png((40, 30)), Limits(pixels=1199))
    assert refused is Refusal.TOO_MANY_PIXELS


@pytest.mark.parametrize("kind", [Kind.JPEG, Kind.HEIC, Kind.WEBP])
def test_a_png_under_the_name_of_another_kind_is_not_read_as_one(kind):
    with pytest.raises(LetterRefused):
        draw_photo(factories.a_png(), kind, LIMITS.preview_side, LIMITS)


def test_a_small_picture_inside_a_heic_does_not_stand_for_the_damaged_large_one():
    """pillow-heif else decodes a thumbnail that is large enough, and nothing more."""
    photo = bytearray(factories.a_heic((640, 480), thumbnails=[320]))
    assert is_upright(draw_photo(bytes(photo), Kind.HEIC, 160, LIMITS))
    media = photo.index(b"mdat") + 4
    photo[media : media + 100] = bytes(100)
    with pytest.raises(LetterRefused):
        draw_photo(bytes(photo), Kind.HEIC, 160, LIMITS)


@pytest.mark.parametrize("side", [8_000, 12_000, 16_383])
def test_a_webp_bomb_is_refused_before_it_is_decoded(preview, side):
    second = Image.new("RGB", factories.PHOTO_SIZE)
    bomb = bytearray(factories.a_webp(save_all=True, append_images=[second]))
    assert bomb[12:16] == b"VP8X", "a moving picture says how large its screen is"
    bomb[24:30] = (side - 1).to_bytes(3, "little") * 2
    assert refusal_of(preview, bytes(bomb)) is Refusal.TOO_MANY_PIXELS
