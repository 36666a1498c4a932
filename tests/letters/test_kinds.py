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
        b"RIFF\x00\x00\x00\x00WEBPVP8 ",
        b"\x00\x00\x00\x18ftypheic",
    ],
)
def test_anything_else_is_no_kind(head):
    assert find_kind(head) is None


@pytest.mark.parametrize("kind", Kind)
def test_each_kind_has_a_media_type_and_an_ending(kind):
    assert "/" in kind.media_type
    assert kind.ending.startswith(".")
