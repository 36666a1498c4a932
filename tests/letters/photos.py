"""Photos and scans whose colours, depth or length fool readers; made here, none is kept."""

from __future__ import annotations

import io
import struct
import zlib

from PIL import Image, ImageCms

from tests.letters.factories import a_picture, encode

STAMP = (193, 24, 35)
"""The red of a stamp."""
ADOBE = ((0.60974, 0.31111, 0.01947), (0.20528, 0.62567, 0.06087), (0.14919, 0.06322, 0.74457))
P3 = ((0.51512, 0.2412, -0.00105), (0.29198, 0.69225, 0.04189), (0.1571, 0.06657, 0.78407))
"""What red, green and blue are in two profiles that cameras and phones write."""


def a_profile(gamma: float, primaries: tuple = ()) -> bytes:
    """A colour profile, of grey without `primaries`."""
    tags = {
        b"desc": b"desc" + bytes(4) + struct.pack(">I", 5) + b"test\0" + bytes(86),
        b"wtpt": _xyz(0.9642, 1, 0.8249),
        b"cprt": b"text" + bytes(8),
    }
    curve = b"curv" + bytes(4) + struct.pack(">IH", 1, round(gamma * 256)) + bytes(2)
    for name, primary in zip("rgb", primaries, strict=False):
        tags |= {f"{name}XYZ".encode(): _xyz(*primary), f"{name}TRC".encode(): curve}
    space = b"RGB " if primaries else b"GRAY"
    return _packed(space, tags if primaries else tags | {b"kTRC": curve})


def _xyz(*values: float) -> bytes:
    return b"XYZ " + bytes(4) + struct.pack(">3i", *(round(value * 65536) for value in values))


def _packed(space: bytes, tags: dict[bytes, bytes]) -> bytes:
    table, body, start = struct.pack(">I", len(tags)), b"", 132 + 12 * len(tags)
    for name, content in tags.items():
        table += name + struct.pack(">II", start + len(body), len(content))
        body += content + bytes(-len(content) % 4)
    head = struct.pack(">I4x", start + len(body)) + b"\x02@\0\0mntr" + space + b"XYZ " + bytes(12)
    white = b"\0\0\xf6\xd6\0\1\0\0\0\0\xd3\x2d"
    return head + b"acsp" + bytes(28) + white + bytes(48) + table + body


def a_stamp(
    form: str = "JPEG", primaries: tuple = ADOBE, mode: str = "RGB", more: int = 0
) -> bytes:
    """A red stamp above white paper as a camera stores it; its profile is `more` bytes longer."""
    profile = a_profile(2.2, primaries)
    target = ImageCms.ImageCmsProfile(io.BytesIO(profile))
    change = ImageCms.buildTransform(ImageCms.createProfile("sRGB"), target, "RGB", "RGB")
    paper = Image.new("RGB", (320, 240), STAMP)
    paper.paste("white", (0, 160, 320, 240))
    stored = change.apply(paper).convert(mode)
    options = {} if form == "PNG" else {"quality": 95}
    return encode(stored, form, icc_profile=profile + bytes(more), **options)


def a_press_profile() -> bytes:
    """A profile of four inks: paper is white, magenta on yellow is the colour L 50, a 60, b 40."""
    inks = [(c, m, y, k) for c in (0, 1) for m in (0, 1) for y in (0, 1) for k in (0, 1)]
    lab = {(0, 0, 0, 0): (255, 128, 128), (0, 1, 1, 0): (128, 188, 168)}
    nodes = b"".join(bytes(lab.get(each, (60, 128, 128))) for each in inks)
    unit = struct.pack(">9i", *(65536 if number % 4 == 0 else 0 for number in range(9)))
    table = b"mft1" + bytes(4) + b"\x04\x03\x02\0" + unit
    table += bytes(range(256)) * 4 + nodes + bytes(range(256)) * 3
    text = b"desc" + bytes(4) + struct.pack(">I", 5) + b"test\0" + bytes(86)
    tags = {b"desc": text, b"wtpt": _xyz(0.9642, 1, 0.8249), b"A2B0": table}
    return _packed(b"CMYK", tags).replace(b"mntrCMYKXYZ ", b"prtrCMYKLab ")


def a_page_of_inks(ink: tuple[int, int, int, int]) -> bytes:
    """A JPEG of four inks as presses and some scanners write it, of one colour."""
    picture = Image.new("CMYK", (64, 64), ink)
    return encode(picture, "JPEG", quality=95, icc_profile=a_press_profile())


def a_linear_scan(form: str, mode: str) -> bytes:
    """A grey of 128 as a scanner with linear levels stores it, 55, with its profile."""
    level = {"I;16": 55 << 8, "LA": (55, 255)}.get(mode, 55)
    return encode(Image.new(mode, (40, 40), level), form, icc_profile=a_profile(1.0))


def a_deep_grey(clear: bytes = b"\xff\xff") -> bytes:
    """16-bit grey, dark above and white below, with a level that is transparent."""
    return deep_png(0, b"\x30\x39", clear)


def deep_png(colour: int, ink: bytes, clear: bytes = b"") -> bytes:
    """A PNG with 16 bits for each colour: ink above, white below."""
    white = b"\xff" * len(ink)
    rows = (b"\0" + ink * 20) * 10 + (b"\0" + white * 20) * 10
    head = struct.pack(">IIBBBBB", 20, 20, 16, colour, 0, 0, 0)
    return png({b"IHDR": head, b"tRNS": clear, b"IDAT": zlib.compress(rows), b"IEND": b""})


def png(chunks: dict[bytes, bytes]) -> bytes:
    """A PNG of these chunks, without the empty ones before its end."""
    packed = b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in chunks.items()
        if data or name == b"IEND"
    )
    return b"\x89PNG\r\n\x1a\n" + packed


def a_png_with_a_gamma(gamma: float, level: int = 55) -> bytes:
    """A grey picture that says how its levels are to be read."""
    chunks = {
        b"IHDR": struct.pack(">IIBBBBB", 20, 20, 8, 0, 0, 0, 0),
        b"gAMA": struct.pack(">I", round(gamma * 100_000)),
        b"IDAT": zlib.compress((b"\0" + bytes([level]) * 20) * 20),
        b"IEND": b"",
    }
    return png(chunks)


def a_png_with_an_endless_profile() -> bytes:
    """30 kB that unpack to a profile of 30 MB."""
    return encode(a_picture(), "PNG", icc_profile=bytes(30_000_000))


def a_white_png() -> bytes:
    """A picture on which nothing is."""
    return encode(Image.new("RGB", (400, 300), "white"), "PNG")
