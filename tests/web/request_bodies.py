"""Request bodies as browsers write them, from text or from bytes that are no text at all."""

from __future__ import annotations

from typing import NamedTuple
from urllib.parse import quote_plus

BOUNDARY = "----rostrum-test-boundary"


class File(NamedTuple):
    """A chosen file: what it holds, and what the phone calls it and its type."""

    content: bytes
    name: str | bytes = "letter.pdf"
    media_type: str = "application/pdf"


NO_FILE = File(b"", "", "application/octet-stream")
"""What a browser sends for a file input that was left empty."""

Pairs = list[tuple[str, str | bytes]]


def _bytes(value: str | bytes) -> bytes:
    """Bytes as given; text as UTF-8, its lines ended as forms end them."""
    if isinstance(value, bytes):
        return value
    return value.replace("\r\n", "\n").replace("\n", "\r\n").encode()


def urlencoded(pairs: Pairs) -> tuple[bytes, str]:
    """Body and content type of a plain form."""
    body = "&".join(f"{quote_plus(name)}={quote_plus(_bytes(value))}" for name, value in pairs)
    return body.encode(), "application/x-www-form-urlencoded"


def multipart(pairs: Pairs, files: list[tuple[str, File]]) -> tuple[bytes, str]:
    """Body and content type of a form with files."""
    parts = [_part(f'name="{name}"', b"", _bytes(value)) for name, value in pairs]
    for name, file in files:
        kind = f"Content-Type: {file.media_type}\r\n".encode()
        quoted = _bytes(file.name).replace(b'"', b"%22")
        parts.append(_part(f'name="{name}"; filename="', kind, file.content, quoted + b'"'))
    body = b"".join(parts) + f"--{BOUNDARY}--\r\n".encode()
    return body, f"multipart/form-data; boundary={BOUNDARY}"


def _part(names: str, kind: bytes, content: bytes, file_name: bytes = b"") -> bytes:
    head = f"--{BOUNDARY}\r\nContent-Disposition: form-data; {names}".encode() + file_name
    return head + b"\r\n" + kind + b"\r\n" + content + b"\r\n"
