"""Reading a photo: decoding it whole and turning it upright. Loaded by the child process only.

A photo is one page. Further formats (HEIC, WebP) join `_FORMATS`. PDFs are `pdf`'s, writing
previews is `preview`'s.
"""

import io
import struct
from pathlib import Path

from PIL import Image, JpegImagePlugin, PngImagePlugin

from rostrum.letters.kinds import Kind
from rostrum.letters.limits import Limits
from rostrum.letters.refusals import LetterRefused, Refusal

_FORMATS = {
    # The plain JPEG class reads an MPO's first picture, the photo; the next is a thumbnail.
    Kind.JPEG: JpegImagePlugin.JpegImageFile,
    Kind.PNG: PngImagePlugin.PngImageFile,
}
_BROKEN = (
    ArithmeticError,
    EOFError,
    LookupError,
    OSError,
    SyntaxError,
    TypeError,
    ValueError,
    struct.error,
)
"""What Pillow raises on damaged files. OSError is never the disk's: it parses from memory."""

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


def draw_photo(path: Path, kind: Kind, limits: Limits) -> Image.Image:
    """The photo, decoded to its last byte, upright, as large as a preview; or LetterRefused."""
    data = path.read_bytes()
    try:
        image = _FORMATS[kind](io.BytesIO(data))
        if image.width * image.height > limits.pixels:
            raise LetterRefused(Refusal.TOO_MANY_PIXELS)
        return _draw(image, limits.preview_side)
    except (*_BROKEN, MemoryError) as damage:
        raise LetterRefused(Refusal.UNREADABLE) from damage


def _draw(image: Image.Image, side: int) -> Image.Image:
    size = _fit(image.size, side)
    image.draft(None, size)  # a JPEG decodes at 1/2, 1/4 or 1/8: all bytes read, less memory
    image.load()  # only this finds truncated files
    turn = _find_turn(image)
    small = _plain(_scalable(image).resize(size, Image.Resampling.LANCZOS))
    return small.transpose(turn) if turn is not None else small


def _fit(size: tuple[int, int], side: int) -> tuple[int, int]:
    scale = min(1.0, side / max(size))
    return max(1, round(size[0] * scale)), max(1, round(size[1] * scale))


def _scalable(image: Image.Image) -> Image.Image:
    """The same picture in a mode that scales smoothly: palettes and single bits do not."""
    if image.has_transparency_data and image.mode not in ("LA", "RGBA"):
        return image.convert("RGBA")
    if image.mode in _SCALABLE:
        return image
    return image.convert("L" if image.mode == "1" else "RGB")


def _plain(image: Image.Image) -> Image.Image:
    """The same picture in 8 bits a colour; `convert` would clip 16-bit grey."""
    if image.mode == "I;16":
        return image.point(lambda level: level / 256, "L")
    return image.convert("RGB") if image.mode == "CMYK" else image


def _find_turn(image: Image.Image) -> Image.Transpose | None:
    """What EXIF says turns the photo upright, or None: with damaged EXIF it is still a photo."""
    try:
        return _TURNS.get(image.getexif().get(_ORIENTATION))
    except _BROKEN:
        return None
