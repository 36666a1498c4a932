"""Who is said to have signed, and that nothing in it can deceive."""

from __future__ import annotations

import pytest

from rostrum.letters.limits import LIMITS
from rostrum.letters.sandbox.pdf import read_pdf
from rostrum.letters.signatures import LONGEST, MOST, are_signers, tidy_signer
from tests.letters import signed
from tests.letters.factories import a_pdf_with_a_signature_field


@pytest.fixture
def signers(tmp_path):
    """Reads a PDF and gives back who signed it."""

    def read(data: bytes) -> list[str]:
        path = tmp_path / "letter.pdf"
        path.write_bytes(data)
        return read_pdf(path, LIMITS)[0].signers

    return read


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (signed.message(), "Amina Otieno"),
        (signed.message(make=signed.endless), "Amina Otieno"),
        (signed.message("Séverine", tag=signed.LATIN), "Séverine"),
        (signed.message("王毅", tag=signed.WIDE), "王毅"),
        (signed.message("  Amina\u200b\n Otieno "), "Amina Otieno"),
        (signed.message("x" * 500), "x" * LONGEST),
        (signed.message("\u202eevil"), "in the file"),
        (signed.message("")[:90], "in the file"),
        (b"\x30\x80" * 3000, "in the file"),
        (b"\x30\x84\xff\xff\xff\xff" * 9, "in the file"),
        (b"not a message", "in the file"),
    ],
)
def test_a_signature_has_the_name_of_its_certificate_or_of_the_file(signers, content, name):
    data = signed.with_fields(signed.signature(content, Name="in the file"))
    assert signers(data) == [name]


def test_a_signature_of_no_name_is_told_without_one(signers):
    assert signers(signed.with_fields(signed.signature(b"x"))) == [""]


@pytest.mark.parametrize("data", [signed.to_be_signed(), a_pdf_with_a_signature_field()])
def test_a_field_that_waits_is_no_signature(signers, data):
    assert signers(data) == []


def test_a_file_tells_of_a_few_signatures(signers):
    many = [signed.signature(signed.message(f"Signer {number}")) for number in range(9)]
    assert len(signers(signed.with_fields(*many))) == MOST


@pytest.mark.parametrize(
    "names",
    [
        "Amina",
        {"Amina": 1},
        None,
        [1],
        [["Amina"]],
        [" Amina"],
        ["x" * (LONGEST + 1)],
        ["\u202eanima"],
        ["a\x00b"],
        [""] * (MOST + 1),
    ],
)
def test_nothing_else_is_a_list_of_signers(names):
    assert not are_signers(names)


def test_a_tidy_name_is_tidy():
    for name in ("x " * 300, "\u200dA", "e\u0301" * 90, "\ud800", "\u200f" * 9 + "A"):
        assert are_signers([tidy_signer(name)])
