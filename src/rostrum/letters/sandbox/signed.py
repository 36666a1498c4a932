"""Finds the electronic signatures of a PDF, and who is said to have made them. The child only.

A name is that of the certificate (RFC 5652, RFC 5280), else the one in the file. Neither is
checked: staff are told so.
"""

from __future__ import annotations

import pikepdf

from rostrum.letters.signatures import tidy_signer

_STAMPS = ("ETSI.RFC3161",)
"""Signatures of a clock and of nobody."""
_SEQUENCE, _FIRST = 0x30, 0xA0
_INDEFINITE, _END = 0x80, b"\0\0"
_MOST_BYTES = 1_000_000
_COMMON_NAME = bytes.fromhex("0603550403")
_ENCODINGS = {0x0C: "utf-8", 0x13: "ascii", 0x14: "latin-1", 0x16: "ascii", 0x1E: "utf-16-be"}

Parts = list[tuple[int, bytes]]


def find_signer(entries: dict[str, object]) -> str | None:
    """Who signed the form field that this dictionary is; None if nobody has.

    Empty for a signer without a name. A field that waits for a signature has none.
    """
    signature = entries.get("/V")
    if not isinstance(signature, pikepdf.Dictionary) or "/ByteRange" not in signature:
        return None
    content = signature.get("/Contents")
    if not isinstance(content, pikepdf.String) or not bytes(content).strip(b"\0"):
        return None
    if str(signature.get("/SubFilter")).removeprefix("/") in _STAMPS:
        return None
    named = signature.get("/Name")
    said = str(named) if isinstance(named, pikepdf.String) else ""
    return tidy_signer(_certified(bytes(content)) or "") or tidy_signer(said)


def _certified(message: bytes) -> str | None:
    """The common name in the certificate of who signed this CMS message, if it can be read."""
    if len(message) > _MOST_BYTES:
        return None
    try:
        signed = _parts(_parts(_parts(message)[0][1])[1][1])[0][1]
        fields = _parts(signed)
        certificates = _parts(next(value for tag, value in fields if tag == _FIRST))
        subjects = dict(_subject(value) for tag, value in certificates if tag == _SEQUENCE)
        tag, signer = _parts(_parts(fields[-1][1])[0][1])[1]
        serial = _parts(signer)[-1][1] if tag == _SEQUENCE else b""
        return _common_name(subjects.get(serial) or next(iter(subjects.values())))
    except (IndexError, StopIteration, ValueError, RecursionError):
        return None


def _subject(certificate: bytes) -> tuple[bytes, bytes]:
    """Serial number and subject of a certificate."""
    fields = [part for part in _parts(_parts(certificate)[0][1]) if part[0] != _FIRST]
    return fields[0][1], fields[4][1]


def _common_name(subject: bytes) -> str | None:
    for _, pairs in _parts(subject):
        for _, pair in _parts(pairs):
            if pair.startswith(_COMMON_NAME):
                tag, value = _parts(pair)[1]
                return value.decode(_ENCODINGS.get(tag, "utf-8"), errors="replace")
    return None


def _parts(data: bytes) -> Parts:
    """The elements of a BER value that follow each other, each with its tag."""
    found, at = [], 0
    while at + 2 <= len(data) and data[at : at + 2] != _END:
        start, end, after = _extent(data, at)
        found.append((data[at], data[start:end]))
        at = after
    return found


def _extent(data: bytes, at: int) -> tuple[int, int, int]:
    """Where the content of the element at `at` begins and ends, and where the next one begins."""
    size, start = data[at + 1], at + 2
    if size == _INDEFINITE:
        end = start
        while data[end : end + 2] != _END:
            end = _extent(data, end)[2]
        return start, end, end + 2
    if size > _INDEFINITE:
        start += size - _INDEFINITE
        size = int.from_bytes(data[at + 2 : start])
    if start + size > len(data):
        raise ValueError("cut off")
    return start, start + size, start + size
