"""Streams: what each kind of page listens to, and how its news is rendered.

A topic is `(kind, debate id, detail, language)`: the page of a delegation, its list, the console,
the invitations, the desk, the links to a place, a shared place, the public list; each is rendered
once in each language that somebody listens in.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator

from flask import Flask, Response
from jinja2_fragments.flask import render_block

from rostrum.clock import Clock
from rostrum.domain.errors import NotFound
from rostrum.domain.sessions import Session
from rostrum.domain.times import MICROSECOND
from rostrum.live.hub import BEAT, Hub
from rostrum.live.messages import GzipWire, Message, PlainWire, event, news
from rostrum.live.timekeeper import told_drift
from rostrum.web.access import may_stay
from rostrum.web.compression import accepts
from rostrum.web.context import parts, release_db
from rostrum.web.desk import desk_now
from rostrum.web.invited import invitations_page
from rostrum.web.journal_pages import journal_page
from rostrum.web.news_pages import changes_page
from rostrum.web.on_behalf import choice_page
from rostrum.web.overviews import overview_page
from rostrum.web.pages import console_page, delegation_page, list_page, order_page
from rostrum.web.phone_pages import phones_page
from rostrum.web.public_pages import public_page
from rostrum.web.respond import partial
from rostrum.web.share_pages import shares_page
from rostrum.web.words import get_locale, speaking

Subject = tuple[str, int, object]
Topic = tuple[str, int, object, str]

PAGES: dict[str, tuple[str, str, Callable[[int, object], dict]]] = {
    "delegation": ("registrations/show.html", "standing", delegation_page),
    "list": ("places/list.html", "registered_list", list_page),
    "console": ("console/registrations/list.html", "console_list", console_page),
    "journal": ("console/journal/list.html", "journal_list", journal_page),
    "order": ("console/order/show.html", "order_list", order_page),
    "phones": ("phones/list.html", "phone_changes", phones_page),
    "invitations": ("console/invitations/list.html", "invitation_list", invitations_page),
    "on behalf": ("console/on_behalf/list.html", "choice_list", choice_page),
    "overview": ("staff/show.html", "overview", overview_page),
    "changes": ("console/changes.html", "changes", changes_page),
    "desk": ("console/letters/show.html", "desk_now", desk_now),
    "shares": ("shares/list.html", "share_changes", shares_page),
    "shared": ("shares/show.html", "shared_place", delegation_page),
    "public": ("debates/list.html", "public_list", public_page),
}
"""Template, live block and the function that gives its values, by kind of topic."""


def render_topic(app: Flask, topics: list[Topic]) -> dict[Topic, str]:
    """The live block of each topic as it is now, addressed to its place on the page."""
    with app.test_request_context("/"):
        try:
            return {topic: _render_or_nothing(topic) for topic in topics}
        finally:
            release_db()


def render_messages(app: Flask, topics: list[Topic]) -> dict[Topic, Message]:
    """The same as what streams send."""
    return {topic: news(html) for topic, html in render_topic(app, topics).items()}


def _render_or_nothing(topic: Topic) -> str:
    """No news of what was deleted: the other topics must be told all the same."""
    *subject, language = topic
    try:
        with speaking(language):
            return render_live(tuple(subject))
    except NotFound:
        return ""


def render_live(subject: Subject) -> str:
    """The live block of one subject in the language of the page, within a request context."""
    if subject[0] != "public":
        return _render(subject)
    # Streams and all who ask are told the same text.
    name = (subject, get_locale().language)
    return parts().published.get(name, lambda: _render(subject)).html


def _render(subject: Subject) -> str:
    kind, debate_id, detail = subject
    template, block, values = PAGES[kind]
    return partial(block, render_block(template, block, **values(debate_id, detail)))


def stream(subject: Subject, session: Session) -> Response:
    """An event stream in the language of the page: the present state at once, then every change.

    Named events: `beat` with the server's clock in microseconds, so that pages trust a stream
    without news, and with the seconds by which it differs from the machine's; `gone` when the
    sign-in ended.
    """
    return stream_to(subject, session.id, may_stay(session))


def stream_to(subject: Subject, owner: Hashable, is_allowed: Callable[[], bool]) -> Response:
    """The same for whoever has no session: `owner` is what its streams are counted by."""
    release_db()
    topic = (*subject, get_locale().language)
    is_packed = accepts("gzip")
    wire = GzipWire() if is_packed else PlainWire()
    events = _events((topic, owner), is_allowed, parts().hub, parts().clock, wire)
    response = Response(events, mimetype="text/event-stream")
    if is_packed:
        response.content_encoding = "gzip"
    response.vary.add("Accept-Encoding")
    response.headers["X-Accel-Buffering"] = "no"
    return response


def public_stream(subject: Subject, is_allowed: Callable[[], bool]) -> Response:
    """A stream for anybody, while there is room: nobody's sign-in bounds how many there are.

    Over the bound it sends away at once, and the page asks for its state now and then.
    """
    if parts().hub.count_listeners(_is_public) >= parts().config.public_streams:
        return Response("event: gone\ndata: slow\n\n", mimetype="text/event-stream")
    return stream_to(subject, object(), is_allowed)


def _is_public(topic: Topic) -> bool:
    return topic[0] == "public"


def _events(
    who: tuple[Topic, Hashable],
    is_allowed: Callable[[], bool],
    hub: Hub,
    clock: Clock,
    wire: PlainWire | GzipWire,
) -> Iterator[bytes]:
    listener, asked_at = hub.join(*who), clock.micros()
    try:
        while hub.is_watching:
            message = listener.wait()
            if listener.is_over or not hub.is_watching:
                break
            if not message or clock.micros() - asked_at >= BEAT // MICROSECOND:
                asked_at = clock.micros()
                if not is_allowed():
                    yield wire.send(event("gone", "gone"))
                    break
            yield wire.send(message or event("beat", f"{clock.micros()} {told_drift(clock)}"))
        if end := wire.end():
            yield end
    finally:
        hub.leave(listener)


def state(subject: Subject) -> Response:
    """The live block once, for a page whose stream is down."""
    return Response(render_live(subject), mimetype="text/html")
