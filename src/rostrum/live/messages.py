"""Messages of event streams, and the two ways to send them: plain, or as gzip.

A compressed stream is one growing gzip file. Its messages are compressed independently of each
other (each ends with a full flush and refers to nothing before it), so that thousands of
streams send the same bytes, made once, and none keeps a compressor. A stream keeps two numbers,
because gzip ends with the checksum and the length of everything.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from functools import cached_property

HEAD = bytes.fromhex("1f8b08000000000000ff")
LAST_BLOCK = b"\x03\x00"
UINT32 = 2**32


@dataclass(frozen=True)
class Message:
    """One message, the same for many streams; equal if its text is equal."""

    plain: bytes

    def __bool__(self) -> bool:
        """Whether the message has any content."""
        return bool(self.plain)

    @cached_property
    def packed(self) -> bytes:
        """The message as whole deflate blocks that can go anywhere in a stream."""
        packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
        return packer.compress(self.plain) + packer.flush(zlib.Z_FULL_FLUSH)


class ShortMessage(Message):
    """A message of one stream, too short to compress: deflate's stored block."""

    @property
    def packed(self) -> bytes:
        length = len(self.plain)
        return b"\x00" + _uint(length, 2) + _uint(0xFFFF - length, 2) + self.plain


def news(html: str) -> Message:
    """A message whose HTML is swapped in; empty without HTML."""
    lines = "".join(f"data: {line}\n" for line in html.splitlines() if line.strip())
    return Message(f"{lines}\n".encode() if lines else b"")


def event(name: str, data: str) -> Message:
    """A short message with a name."""
    return ShortMessage(f"event: {name}\ndata: {data}\n\n".encode())


class PlainWire:
    """Sends messages as they are."""

    __slots__ = ()

    def send(self, message: Message) -> bytes:
        return message.plain

    def end(self) -> bytes:
        return b""


class GzipWire:
    """Sends messages as one gzip file; each message can be read as soon as it arrives."""

    __slots__ = ("_checksum", "_length")

    def __init__(self) -> None:
        self._checksum = self._length = 0

    def send(self, message: Message) -> bytes:
        head = b"" if self._length else HEAD
        self._checksum = zlib.crc32(message.plain, self._checksum)
        self._length += len(message.plain)
        return head + message.packed

    def end(self) -> bytes:
        head = b"" if self._length else HEAD
        return head + LAST_BLOCK + _uint(self._checksum, 4) + _uint(self._length % UINT32, 4)


def _uint(value: int, size: int) -> bytes:
    return value.to_bytes(size, "little")
