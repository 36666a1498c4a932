"""Kinds are told by first bytes alone."""

import pytest

from rostrum.letters.kinds import HEAD_BYTES, Kind, find_kind, is_signed_envelope
from tests.letters import factories, pdfs


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
        b"<p>%PDF-1.7",
        b" " * 1020 + b"%PDF-1.7",
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


@pytest.mark.parametrize("lead", [b"\xef\xbb\xbf", b"\r\n", b"  \t\f", b"\xef\xbb\xbf\n\n"])
def test_white_space_may_come_before_a_pdf(lead):
    assert find_kind(lead + b"%PDF-1.7") is Kind.PDF


@pytest.mark.parametrize(
    ("head", "is_one"),
    [
        (pdfs.an_asice(), True),
        (b"\x30\x80\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02\xa0", True),
        (b"\x30\x82\x12\x34\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02\xa0", True),
        (b"-----BEGIN PKCS7-----\nMII", True),
        (b"MIIGaQYJKoZIhvcNAQcCoIIGWjCC", True),
        (b"MIAGCSqGSIb3DQEHAqCAMIACAQEx", True),
        (pdfs.a_zip_and_a_pdf(), False),
        (b"\x30\x82\x12\x34\x02\x01\x00", False),
        (b"", False),
    ],
)
def test_an_envelope_of_a_signature_is_known(head, is_one):
    assert is_signed_envelope(head) is is_one


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
