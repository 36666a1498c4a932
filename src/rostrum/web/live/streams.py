"""Event streams: what they send, and until when; `blocks.py` says what a page listens to."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator

from flask import Response

from rostrum.clock import Clock
from rostrum.domain.times import MICROSECOND
from rostrum.live.hub import BEAT, STREAMS_EACH, Hub, Topic
from rostrum.live.messages import GzipWire, PlainWire, event
from rostrum.live.timekeeper import told_drift
from rostrum.web.context import parts, release_db
from rostrum.web.middleware.compression import accepts


def stream(
    topic: Topic, owner: Hashable, may_stay: Callable[[], bool], *, most: int = STREAMS_EACH
) -> Response:
    """Sends the present state of the topic at once, then every change, while it `may_stay`.

    Named events: `beat` with the server's clock in microseconds, so that pages trust a stream
    without news, and with the seconds by which it differs from the machine's; `gone` once
    listening is no longer allowed, or `full` where the owner has newer streams. `owner` is the
    session or link that has at most `most` streams.
    """
    release_db()
    is_packed = accepts("gzip")
    wire = GzipWire() if is_packed else PlainWire()
    events = _events(
        topic=topic,
        owner=owner,
        most=most,
        may_stay=may_stay,
        wire=wire,
        hub=parts().hub,
        clock=parts().clock,
    )
    response = Response(events, mimetype="text/event-stream")
    if is_packed:
        response.content_encoding = "gzip"
    response.vary.add("Accept-Encoding")
    response.headers["X-Accel-Buffering"] = "no"
    return response


def send_away(why: str = "slow") -> Response:
    """The answer if there is no room for a stream: the page then asks for its state instead."""
    return Response(f"event: gone\ndata: {why}\n\n", mimetype="text/event-stream")


def _events(
    *,
    topic: Topic,
    owner: Hashable,
    most: int,
    may_stay: Callable[[], bool],
    wire: PlainWire | GzipWire,
    hub: Hub,
    clock: Clock,
) -> Iterator[bytes]:
    listener, asked_at = hub.join(topic, owner, most), clock.micros()
    try:
        while hub.is_watching:
            message = listener.wait()
            if listener.is_displaced:
                yield wire.send(event("gone", "full"))
            if listener.is_over or not hub.is_watching:
                break
            if not message or clock.micros() - asked_at >= BEAT // MICROSECOND:
                asked_at = clock.micros()
                if not may_stay():
                    yield wire.send(event("gone", "gone"))
                    break
            yield wire.send(message or event("beat", f"{clock.micros()} {told_drift(clock)}"))
        if end := wire.end():
            yield end
    finally:
        hub.leave(listener)
