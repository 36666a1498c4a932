"""Live blocks: how a page declares the part that is pushed, and how that part is rendered.

A live page declares itself beside its view: with the function that gives the values of its block,
and a line that adds the two addresses of the block:

    @live_block("delegates/list/list.html", "registered_list")
    def list_page(debate_id: int, delegation_id: int) -> dict[str, Any]: ...

    add_live_routes(blueprint, list_page, for_delegates)

A topic of the hub is a block, the arguments of its function and a language. The block is rendered
once for each topic with a listener.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

from flask import Blueprint, Flask, Response, request
from jinja2_fragments.flask import render_block

from rostrum.domain.access.sessions import Session
from rostrum.domain.errors import NotFound
from rostrum.domain.staff.accounts import Role
from rostrum.live.hub import STREAMS_EACH
from rostrum.live.messages import Message, news
from rostrum.web.access import get_delegate, get_member_and_debate, may_stay
from rostrum.web.context import parts, release_db
from rostrum.web.language.catalogs import get_locale, speaking
from rostrum.web.live.published import publish
from rostrum.web.live.streams import send_away, stream
from rostrum.web.respond import partial

Values = Callable[..., dict[str, Any]]


@dataclass(frozen=True, eq=False, slots=True)
class LiveBlock:
    """A block of a template and the function of its values; a call of it calls the function."""

    template: str
    name: str
    values: Values
    is_public: bool
    """Whether all who ask and all who listen get the same text."""

    def __call__(self, *about: Hashable) -> dict[str, Any]:
        return self.values(*about)

    def render(self, about: Iterable[Hashable]) -> str:
        """The block as it is now, in the current language, addressed to its place on the page."""
        if not self.is_public:
            return self._render(about)
        topic = (self, *about, get_locale().language)
        return parts().published.get(topic, lambda: self._render(about)).html

    def _render(self, about: Iterable[Hashable]) -> str:
        html = render_block(self.template, self.name, **self.values(*about))
        return partial(self.name, html)


Topic = tuple[LiveBlock | Hashable, ...]


def live_block(
    template: str, name: str, *, is_public: bool = False
) -> Callable[[Values], LiveBlock]:
    """Declares that the decorated function gives the values of this block of this template.

    The function's arguments say what the block is about and are part of the topic.
    """
    return lambda values: LiveBlock(template, name, values, is_public)


class Listening(NamedTuple):
    """What an authorised listener listens to, and for how long."""

    about: tuple[Hashable, ...]
    """The arguments of the block's function."""
    owner: Hashable
    """The session or link for which streams are counted."""
    may_stay: Callable[[], bool]
    """The question that a stream asks from time to time."""
    room: int | None = None
    """Where many people listen as one owner: how many may; a further one asks now and then."""


LetIn = Callable[..., Listening]
"""Takes the variables of an address, fetches and authorises; raises if listening is not allowed."""


def by_session(session: Session, *about: Hashable) -> Listening:
    """What a signed-in listener listens to, until the session ends."""
    return Listening(about, session.id, may_stay(session))


def for_delegates(slug: str, code: str) -> Listening:
    """A block about a debate and a delegation, for the phones of that delegation."""
    delegate = get_delegate(slug, code)
    return by_session(delegate.session, delegate.debate.id, delegate.delegation.id)


def for_staff(roles: frozenset[Role], *asked: Callable[[], Hashable]) -> LetIn:
    """A block about a debate, for staff of these roles; `asked` reads its other arguments."""

    def let_in(slug: str) -> Listening:
        member, debate = get_member_and_debate(slug, roles)
        return by_session(member.session, debate.id, *(ask() for ask in asked))

    return let_in


def add_live_routes(
    blueprint: Blueprint, block: LiveBlock, let_in: LetIn, under: Iterable[str] = ("",)
) -> None:
    """Adds `/stream`, which pushes the block, and `/state`, which gives it once.

    A page asks for its state while its stream is down.
    """

    def listen(**where: Any) -> Response:
        return _push(block, let_in(**where))

    def poll(**where: Any) -> Response:
        return _give(block, lambda: block.render(let_in(**where).about))

    for path in under:
        blueprint.add_url_rule(f"{path}/stream", "listen", listen)
        blueprint.add_url_rule(f"{path}/state", "poll", poll)


def _push(block: LiveBlock, listening: Listening) -> Response:
    """A stream where there is room. A session displaces its own oldest stream, unless the page was
    itself displaced and asks for one only if there is room; others may not."""
    hub, room = parts().hub, listening.room
    if block.is_public and hub.count_listeners(_is_public) >= parts().config.public_streams:
        return send_away()
    if room and hub.count_streams(listening.owner) >= room:
        return send_away()
    if "If-Room" in request.headers and hub.count_streams(listening.owner) >= STREAMS_EACH:
        return send_away("full")
    topic = (block, *listening.about, get_locale().language)
    return stream(topic, listening.owner, listening.may_stay, most=room or STREAMS_EACH)


def _is_public(topic: Topic) -> bool:
    return topic[0].is_public


def _give(block: LiveBlock, render: Callable[[], str]) -> Response:
    """The block, once; access to a public block is checked only when it is rendered anew."""
    return publish(render) if block.is_public else Response(render(), mimetype="text/html")


def render_topics(app: Flask, topics: list[Topic]) -> dict[Topic, str]:
    """The live block of each topic as it is now, addressed to its place on the page."""
    with app.test_request_context("/"):
        try:
            return {topic: _render_or_nothing(topic) for topic in topics}
        finally:
            release_db()


def render_messages(app: Flask, topics: list[Topic]) -> dict[Topic, Message]:
    """The live block of each topic as it is now, as streams send it."""
    return {topic: news(html) for topic, html in render_topics(app, topics).items()}


def _render_or_nothing(topic: Topic) -> str:
    """The topic's news; nothing for a deleted debate, so that other topics still get theirs."""
    block, *about, language = topic
    try:
        with speaking(language):
            return block.render(about)
    except NotFound:
        return ""
