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
_SCALABLE = ("L", "LA", "RGB", "RGBA", "CMYK", "I;16")


@contextlib.contextmanager
def _refusing_damage() -> Iterator[None]:
    try:
        yield
    except _BROKEN as damage:
        raise LetterRefused(Refusal.UNREADABLE) from damage
    except Image.DecompressionBombError as bomb:  # from WebP, whose decoder takes memory at once
        raise LetterRefused(Refusal.TOO_MANY_PIXELS) from bomb


@_refusing_damage()
def draw_photo(data: bytes, kind: Kind, side: int, limits: Limits) -> Image.Image:
    """The photo, decoded to its last byte, upright, no side over `side`; else LetterRefused."""
    image = open_photo(data, kind, limits)
    size = _fit(image.size, side)
    image.draft(None, size)  # a JPEG decodes at 1/2, 1/4 or 1/8: all bytes read, less memory
    image.load()  # only this detects truncated files
    turn = find_turn(image)
    small = _plain(_scalable(image).resize(size, Image.Resampling.LANCZOS))
    return small.transpose(turn) if turn is not None else small


@_refusing_damage()
def open_photo(data: bytes, kind: Kind, limits: Limits) -> Image.Image:
    """The photo with its header read and nothing decoded yet; or LetterRefused."""
    image = _open(io.BytesIO(data), kind)
    if image.width * image.height > limits.pixels:
        raise LetterRefused(Refusal.TOO_MANY_PIXELS)
    return image


def _open(file: io.BytesIO, kind: Kind) -> Image.Image:
    match kind:
        case Kind.JPEG:  # an MPO's first picture too, the photo; its next is a thumbnail
            return JpegImagePlugin.JpegImageFile(file)
        case Kind.PNG:
            return PngImagePlugin.PngImageFile(file)
        case Kind.WEBP:
            return WebPImagePlugin.WebPImageFile(file)
        case Kind.HEIC:
            return _open_heic(file)
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


def _fit(size: tuple[int, int], side: int) -> tuple[int, int]:
    scale = min(1.0, side / max(size))
    return max(1, round(size[0] * scale)), max(1, round(size[1] * scale))


def _scalable(image: Image.Image) -> Image.Image:
    """The same picture in a mode that scales smoothly, unlike palettes and single bits."""
    if image.has_transparency_data and image.mode not in ("LA", "RGBA"):
        return image.convert("RGBA")
    if image.mode in _SCALABLE:
        return image
    return image.convert("L" if image.mode == "1" else "RGB")


def _plain(image: Image.Image) -> Image.Image:
    """The same picture in 8 bits per colour; `convert` would clip 16-bit grey."""
    if image.mode == "I;16":
        return image.point(lambda level: level / 256, "L")
    return image.convert("RGB") if image.mode == "CMYK" else image
