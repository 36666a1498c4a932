"""Letters as delegations send them, and the slowest that can be made, for what is measured."""

from __future__ import annotations

import io
from functools import cache
from random import Random

import pikepdf
from PIL import Image

from rostrum.letters.kinds import Kind
from tests.letters.factories import save
from tests.web.request_bodies import File

A4_200, A4_300, PHONE = (1654, 2339), (2480, 3508), (4032, 3024)
"""Pixels of a scanned page at 200 and 300 dpi, and of a phone's photo (12 megapixels)."""
CURVES = 6_000
"""On each of ten pages: half a minute of a small server, and 3 kB."""

Files = tuple[File, ...]


@cache
def one_page_scan() -> Files:
    """One page, scanned: half a megabyte."""
    return (File(_scans(1, A4_200, quality=60), "scan.pdf"),)


@cache
def three_photos() -> Files:
    """Three photos of a phone, of 3 MB each."""
    return tuple(
        File(_picture(number, PHONE, quality=80, grain=4), f"photo-{number}.jpg")
        for number in range(1, 4)
    )


@cache
def ten_page_scan() -> Files:
    """Ten pages, scanned finely: 9 MB."""
    return (File(_scans(10, A4_300, quality=38), "ten pages.pdf"),)


@cache
def slow_letter() -> Files:
    """Ten pages of curves upon curves: kept just within what one file may take."""
    document = pikepdf.new()
    curves = document.make_stream(b"1 1 m 600 50 99 780 9 9 c S " * CURVES)
    for _ in range(10):
        document.add_blank_page().Contents = curves
    return (File(save(document), "slow.pdf"),)


@cache
def smallest() -> Files:
    """A letter on which next to nothing is done: what is left is the start of a child."""
    picture = io.BytesIO()
    Image.new("L", (1, 1)).save(picture, "PNG")
    return (File(picture.getvalue(), "dot.png"),)


def unlike(files: Files, number: int) -> Files:
    """The same letter, which nobody has sent before: a few bytes more at the end."""
    return tuple(File(file.content + b"\n%%%d" % number, file.name) for file in files)


def kind_of(file: File) -> Kind:
    return {"pdf": Kind.PDF, "jpg": Kind.JPEG, "png": Kind.PNG}[file.name.rpartition(".")[2]]


def _scans(pages: int, size: tuple[int, int], quality: int) -> bytes:
    document = pikepdf.new()
    for number in range(pages):
        picture = pikepdf.Stream(document, _picture(number, size, quality=quality, grain=3))
        picture.Type, picture.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
        picture.Width, picture.Height = size
        picture.ColorSpace, picture.BitsPerComponent = pikepdf.Name.DeviceRGB, 8
        picture.Filter = pikepdf.Name.DCTDecode
        page = document.add_blank_page(page_size=(595, 842))
        page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(P=picture))
        page.Contents = document.make_stream(b"595 0 0 842 0 0 cm /P Do")
    return save(document)


def _picture(seed: int, size: tuple[int, int], *, quality: int, grain: int) -> bytes:
    """A JPEG as unruly as paper under a lamp: noise of so many pixels' grain."""
    small = size[0] // grain, size[1] // grain
    noise = Image.frombytes("RGB", small, Random(seed).randbytes(small[0] * small[1] * 3))
    paper = Image.blend(noise, Image.new("RGB", small, "white"), 0.6)
    picture = io.BytesIO()
    paper.resize(size, Image.Resampling.BILINEAR).save(picture, "JPEG", quality=quality)
    return picture.getvalue()
