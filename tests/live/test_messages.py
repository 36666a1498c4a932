"""Messages on the wire: every piece can be read when it is there, and gzip is whole at its end."""

from __future__ import annotations

import gzip
import subprocess
import zlib

import pytest

from rostrum.live.messages import GzipWire, Message, PlainWire, event, news

HTML = "<p>\n  You are number 7\n\n</p>" * 40
STREAM = [news(HTML), event("beat", "1742391000000000"), news("<p>№ 8</p>"), event("gone", "gone")]


def test_html_is_told_line_by_line_and_no_html_is_nothing_to_tell() -> None:
    assert news("<p>\n\n  7\n</p>").plain == b"data: <p>\ndata:   7\ndata: </p>\n\n"
    assert news("<p>7</p>") == news("<p>7</p>")
    assert not news("")
    assert event("beat", "12").plain == b"event: beat\ndata: 12\n\n"


def test_a_plain_stream_is_the_messages_as_they_are() -> None:
    wire = PlainWire()
    assert [wire.send(each) for each in STREAM] == [each.plain for each in STREAM]
    assert wire.end() == b""


def test_each_piece_of_a_compressed_stream_can_be_read_when_it_comes() -> None:
    wire, reader = GzipWire(), zlib.decompressobj(zlib.MAX_WBITS | 16)
    for each in STREAM:
        assert reader.decompress(wire.send(each)) == each.plain
    assert reader.decompress(wire.end()) == b""
    assert reader.eof


@pytest.mark.parametrize("stream", [STREAM, STREAM[1:2], []], ids=["several", "a beat", "none"])
def test_a_stream_that_ended_is_one_whole_gzip_file(stream: list[Message]) -> None:
    wire = GzipWire()
    sent = b"".join(wire.send(each) for each in stream) + wire.end()
    text = b"".join(each.plain for each in stream)
    assert gzip.decompress(sent) == text
    done = subprocess.run(["gzip", "-dc"], input=sent, capture_output=True, check=True)
    assert done.stdout == text


def test_all_streams_send_the_bytes_of_a_message_that_were_made_once() -> None:
    message, early, late = news(HTML), GzipWire(), GzipWire()
    early.send(STREAM[0])
    late.send(STREAM[1])
    assert early.send(message) == late.send(message) == message.packed
    assert message.packed is message.packed
    assert len(message.packed) < len(message.plain) / 10
