"""Reads a photo: decodes all of it and turns it upright. Loaded by the child process only.

A photo is one page, even if the file holds several (bursts, a thumbnail): the first, or the one
that a HEIC names. `pdf` reads PDFs, `preview` writes previews.
"""

import contextlib
import io
import struct
from collections.abc import Iterator

from PIL import Image, JpegImagePlugin, PngImagePlugin, WebPImagePlugin

from rostrum.letters.kinds import Kind
from rostrum.letters.limits import Limits
from rostrum.letters.refusals import LetterRefused, Refusal
from rostrum.letters.sandbox.colours import in_srgb
from rostrum.letters.sandbox.png import PROFILE_BYTES, without_texts
from rostrum.letters.sandbox.scaling import find_scale
from rostrum.letters.sandbox.wholeness import (
    JPEG_END,
    has_all_scans,
    is_cut_off,
    lacks_jpeg_end,
    without_padding,
)

_BROKEN = (
    ArithmeticError,
    EOFError,
    LookupError,
    MemoryError,
    OSError,
    RuntimeError,
    SyntaxError,
    TypeError,
    ValueError,
    struct.error,
)
"""What Pillow raises on damaged files. OSError never means the disk: Pillow reads from memory."""

_ORIENTATION = 0x0112
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
PngImagePlugin.MAX_TEXT_CHUNK = PROFILE_BYTES  # texts are dropped: `without_texts`

_NOISE = bytes(range(1, 255)) * 8
"""Bytes that every decoder of JPEG takes for pixels, each time others."""

_SCALABLE = ("L", "LA", "RGB", "RGBA", "CMYK")


@contextlib.contextmanager
def _refusing_damage(data: bytes, kind: Kind) -> Iterator[None]:
    try:
        yield
    except _BROKEN as damage:
        reason = Refusal.CUT_OFF if is_cut_off(data, kind) else Refusal.UNREADABLE
        raise LetterRefused(reason) from damage
    except Image.DecompressionBombError as bomb:  # from WebP, whose decoder takes memory at once
        raise LetterRefused(Refusal.TOO_MANY_PIXELS) from bomb


def draw_photo(data: bytes, kind: Kind, side: int, limits: Limits) -> Image.Image:
    """The photo, decoded to its last byte, upright, on a preview of this side; else LetterRefused.

    A JPEG that lacks only its end mark is whole: some phones and messengers forget it.
    """
    with _refusing_damage(data, kind):
        image = open_photo(data, kind, limits)
        size = _fit(image.size, side, limits)
        if kind is Kind.JPEG and lacks_jpeg_end(data):
            image = _open_without_end(data, size)
        image.draft(None, size)  # a JPEG decodes at 1/2, 1/4 or 1/8: all bytes read, less memory
        _check_pixels(image, limits.pixels)
        image.load()  # only this detects truncated files
        turn = find_turn(image)
        small = _scalable(image).resize(size, Image.Resampling.LANCZOS)
        small = _plain(in_srgb(small, image.info))
    return small.transpose(turn) if turn is not None else small


def open_photo(data: bytes, kind: Kind, limits: Limits) -> Image.Image:
    """The photo with its header read and nothing decoded yet; or LetterRefused."""
    with _refusing_damage(data, kind):
        image = _open(data, kind)
    if kind is not Kind.JPEG:
        _check_pixels(image, limits.pixels)
    elif image.info.get("progressive"):  # all of it is in memory, however small it is drawn
        _check_pixels(image, limits.progressive_pixels)
    else:
        _check_pixels(image, limits.jpeg_pixels)
    return image


def _check_pixels(image: Image.Image, most: int) -> None:
    if image.width * image.height > most:
        raise LetterRefused(Refusal.TOO_MANY_PIXELS)


def _open_without_end(data: bytes, size: tuple[int, int]) -> Image.Image:
    """A JPEG without its end mark, completed; LetterRefused if more than the mark is missing.

    Whatever follows the last pixel is not looked at: where other bytes there change the picture,
    it has not reached its last pixel yet.
    """
    whole = without_padding(data)
    plain, noisy = (_open_jpeg(whole + rest + JPEG_END) for rest in (b"", _NOISE))
    for image in (plain, noisy):
        image.draft(None, size)
    if not has_all_scans(whole) or plain.tobytes() != noisy.tobytes():
        raise LetterRefused(Refusal.CUT_OFF)
    return plain


def _open_jpeg(data: bytes) -> JpegImagePlugin.JpegImageFile:
    return JpegImagePlugin.JpegImageFile(io.BytesIO(data))


def _open(data: bytes, kind: Kind) -> Image.Image:
    match kind:
        case Kind.JPEG:  # an MPO's first picture too, the photo; its next is a thumbnail
            return _open_jpeg(data)
        case Kind.PNG:
            return PngImagePlugin.PngImageFile(io.BytesIO(without_texts(data)))
        case Kind.WEBP:
            return WebPImagePlugin.WebPImageFile(io.BytesIO(data))
        case Kind.HEIC:
            return _open_heic(io.BytesIO(data))
    raise ValueError("not a photo")


def _open_heic(file: io.BytesIO) -> Image.Image:
    import pillow_heif  # here, because it costs 100 ms and only iPhones need it

    pillow_heif.options.DECODE_THREADS = 0  # each thread would take 64 MB of the address space
    pillow_heif.options.THUMBNAILS = False  # else a small picture may replace a damaged large one
    return pillow_heif.HeifImageFile(file)


def find_turn(image: Image.Image) -> Image.Transpose | None:
    """What turns the photo upright, according to EXIF; None if it is missing or damaged.

    None for a HEIC: its decoder has already turned it, and its EXIF often repeats the rotation.
    """
    if image.format == "HEIF":
        return None
    try:
        return _TURNS.get(image.getexif().get(_ORIENTATION))
    except _BROKEN:
        return None


def _fit(size: tuple[int, int], side: int, limits: Limits) -> tuple[int, int]:
    scale = min(1.0, find_scale(*size, side, limits))
    return max(1, round(size[0] * scale)), max(1, round(size[1] * scale))


def _scalable(image: Image.Image) -> Image.Image:
    """The same picture in a mode that scales smoothly, unlike palettes and single bits."""
    if image.mode == "I;16":  # its transparent level is one of 65,536: of paper, if of anything
        return image.point(lambda level: level / 256).convert("L")
    if image.has_transparency_data and image.mode not in ("LA", "RGBA"):
        return _in_eight_bits(image).convert("RGBA")
    if image.mode in _SCALABLE:
        return image
    return image.convert("L" if image.mode == "1" else "RGB")


def _in_eight_bits(image: Image.Image) -> Image.Image:
    """The picture with its transparent colour in 8 bits too, as Pillow has made the others."""
    clear = image.info.get("transparency")
    if isinstance(clear, tuple) and max(clear) > 255:
        image.info["transparency"] = tuple(level >> 8 for level in clear)
    return image


def _plain(image: Image.Image) -> Image.Image:
    """The same picture in a mode that can be laid on white paper."""
    return image.convert("RGB") if image.mode == "CMYK" else image
