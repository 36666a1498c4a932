"""Kinds are told by first bytes alone."""

import pytest

from rostrum.letters.kinds import HEAD_BYTES, Kind, find_kind
from tests.letters import factories


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (factories.a_pdf(), Kind.PDF),
        (factories.a_jpeg(), Kind.JPEG),
        (factories.a_jpeg(progressive=True), Kind.JPEG),
        (factories.a_jpeg(mode="CMYK"), Kind.JPEG),
        (factories.an_mpo(), Kind.JPEG),
        (factories.a_png(), Kind.PNG),
        (factories.a_heic(), Kind.HEIC),
        (factories.a_burst(), Kind.HEIC),
        (factories.a_webp(), Kind.WEBP),
        (factories.a_webp(lossless=True), Kind.WEBP),
        (factories.a_webp(mode="RGBA"), Kind.WEBP),
    ],
)
def test_a_letter_is_known_by_its_first_bytes(data, kind):
    assert find_kind(data[:HEAD_BYTES]) is kind


@pytest.mark.parametrize(
    "head",
    [
        b"",
        b"%PDF",
        b" %PDF-1.7",
        b"\xff\xd8",
        b"\x89PNG",
        b"<!doctype html><title>Letter</title>",
        b"PK\x03\x04 a zip, as .docx is one",
        b"GIF89a",
        b"RIFF\x00\x00\x00\x00WAVEfmt ",
        b"RIFF\x00\x00\x00\x00WEBP",
        b"\x00\x00\x00\x18ftypqt  ",
        b"\x00\x00\x00\x18ftypavif",
        b"\x00\x00\x00\x18ftyp",
        b"<!--ftypheic",
    ],
)
def test_anything_else_is_no_kind(head):
    assert find_kind(head) is None


@pytest.mark.parametrize(
    "brand",
    [b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs", b"mif1", b"msf1"],
)
def test_a_heic_is_known_by_each_of_its_brands(brand):
    assert find_kind(b"\0\0\0\x18ftyp" + brand + bytes(4)) is Kind.HEIC


@pytest.mark.parametrize("kind", Kind)
def test_each_kind_has_a_media_type_and_an_ending(kind):
    assert "/" in kind.media_type
    assert kind.ending.startswith(".")
