"""PDFs with electronic signatures of nobody; made here, none is kept."""

from __future__ import annotations

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from tests.letters.pdfs import with_page

SIGNED_DATA = bytes.fromhex("06092a864886f70d010702")
DATA = bytes.fromhex("06092a864886f70d010701")
COMMON_NAME = bytes.fromhex("0603550403")
UTF8, LATIN, WIDE = 0x0C, 0x14, 0x1E


def element(tag: int, *parts: bytes) -> bytes:
    """An element of DER."""
    content = b"".join(parts)
    size = len(content)
    long = size.to_bytes((size.bit_length() + 7) // 8) if size > 127 else b""
    return bytes([tag, 0x80 + len(long) if long else size]) + long + content


def endless(tag: int, *parts: bytes) -> bytes:
    """An element of BER whose end is marked, as some programs write it."""
    return bytes([tag, 0x80]) + b"".join(parts) + bytes(2)


def named(name: str, tag: int = UTF8) -> bytes:
    """A distinguished name with a country and this common name."""
    encoding = {UTF8: "utf-8", LATIN: "latin-1", WIDE: "utf-16-be"}[tag]
    country = element(0x30, bytes.fromhex("0603550406"), element(0x13, b"KE"))
    common = element(0x30, COMMON_NAME, element(tag, name.encode(encoding)))
    return element(0x30, element(0x31, country), element(0x31, common))


def certificate(name: str, serial: int, tag: int = UTF8) -> bytes:
    """What a reader needs of a certificate."""
    fields = (
        element(0xA0, element(0x02, b"\x02")), element(0x02, bytes([serial])), element(0x30),
        named("Authority"), element(0x30), named(name, tag), element(0x30),
    )  # fmt: skip
    return element(0x30, element(0x30, *fields), element(0x30), element(0x03, b"\0"))


def message(name: str = "Amina Otieno", *, make=element, tag: int = UTF8) -> bytes:
    """A CMS message whose second certificate is the signer's."""
    certificates = certificate("Authority", 7) + certificate(name, 9, tag)
    issuer = element(0x30, named("Authority"), element(0x02, b"\x09"))
    signer = element(0x30, element(0x02, b"\x01"), issuer, element(0x30))
    signed = make(
        0x30, element(0x02, b"\x01"), element(0x31), element(0x30, DATA),
        make(0xA0, certificates), element(0x31, signer),
    )  # fmt: skip
    return make(0x30, SIGNED_DATA, make(0xA0, signed)) + bytes(500)


def signature(content: bytes, **entries: object) -> Dictionary:
    """The value of a field that was signed."""
    return Dictionary(
        Type=Name.Sig, Filter=Name("/Adobe.PPKLite"), SubFilter=Name("/adbe.pkcs7.detached"),
        ByteRange=[0, 1, 2, 3], Contents=String(content), **entries,
    )  # fmt: skip


def with_fields(*values: Dictionary | None) -> bytes:
    """A page with a signature field for each value; None for one that nobody has signed."""

    def change(document: pikepdf.Pdf, page: pikepdf.Page) -> None:
        fields = [
            document.make_indirect(
                Dictionary(
                    Type=Name.Annot,
                    Subtype=Name.Widget,
                    FT=Name.Sig,
                    T=f"s{number}",
                    Rect=[0, 0, 0, 0],
                    F=132,
                    P=page.obj,
                    **({"V": value} if value else {}),
                )  # fmt: skip
            )
            for number, value in enumerate(values)
        ]
        page.Annots = Array(fields)
        document.Root.AcroForm = Dictionary(Fields=fields, SigFlags=3)

    return with_page(change)


def signed_by(name: str = "Amina Otieno") -> bytes:
    """A letter with an invisible signature, by certificate."""
    return with_fields(signature(message(name), Name="Somebody else"))


def signed_twice() -> bytes:
    """A letter of two signatures, the second in another coding, and a clock's."""
    clock = signature(message("Clock"))
    clock.SubFilter = Name("/ETSI.RFC3161")
    second = message("王 Li", make=endless, tag=WIDE)
    return with_fields(signature(message()), None, signature(second), clock)


def signed_in_words() -> bytes:
    """A signature whose certificate nobody can read."""
    return with_fields(signature(b"\x30\x80" * 3000, Name="A. B."))


def to_be_signed() -> bytes:
    """A field that waits for a signature, and one that a program has prepared."""
    return with_fields(None, signature(bytes(3000), Name="Amina Otieno"))
