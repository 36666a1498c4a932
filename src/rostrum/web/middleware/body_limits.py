"""How large a request may be, decided before any of it is read.

A body that is too large for its address would fill memory or temporary files, and
many small fields keep the event loop busy. Only people who are signed in, and only where letters or
notes are sent, may send as much as a letter needs. A view declares that it takes files.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from typing import Any, TypeVar

from flask import Flask, current_app, request
from werkzeug.exceptions import ClientDisconnected, RequestTimeout

from rostrum.domain.errors import NotFound
from rostrum.domain.staff.accounts import SEES_LIST
from rostrum.web.access import SignInNeeded, get_delegate, get_member
from rostrum.web.context import parts
from rostrum.web.middleware.forgery import check_cookies

STRANGERS = 16 * 1024
"""Bytes: name and password, a pasted link."""
DELEGATES = 64 * 1024
"""Bytes: every field of the speaker's form filled and percent-encoded."""
STAFF = 512 * 1024
"""Bytes: a notice in six languages."""
FILES = 32 * 1024 * 1024
"""Bytes. Above a letter's own limit, so that a file that is too large is refused at its field."""
PARTS = 60
"""Parts of a form with files: ten files, every other field, and room."""
DRAIN_FOR = timedelta(seconds=20)
"""How long an unwanted body is read and dropped: a browser shows our page only after it
could send what it had."""

_TAKES_FILES = "takes_files"
View = TypeVar("View", bound=Callable[..., Any])


def takes_files(view: View) -> View:
    """Marks a view to which letters or other files are sent."""
    setattr(view, _TAKES_FILES, True)
    return view


def drain() -> None:
    """Reads the rest of the body for a limited time, and drops it; what never comes is no matter
    any more."""
    clock, stream = parts().clock, request.environ["wsgi.input"]
    end, dropped = clock.now() + DRAIN_FOR, 0
    with suppress(RequestTimeout, ClientDisconnected):
        while dropped < 2 * FILES and clock.now() < end and (chunk := stream.read(64 * 1024)):
            dropped += len(chunk)


def _bound(_endpoint: str | None, values: dict[str, Any] | None) -> None:
    request.max_form_parts = PARTS
    if _may_be_small():
        request.max_content_length = STRANGERS
        return
    try:
        request.max_content_length = _most_bytes(values or {})
    except (NotFound, SignInNeeded):
        drain()
        check_cookies()
        raise


def _may_be_small() -> bool:
    """Whether the body is small enough for anybody; a body without a length may be of any size."""
    is_counted = "Transfer-Encoding" not in request.headers
    return is_counted and (request.content_length or 0) <= STRANGERS


def _most_bytes(values: dict[str, Any]) -> int:
    """The most bytes that the sender may send to this address; raises what a stranger would get."""
    view = current_app.view_functions.get(request.endpoint or "")
    may_bring_files = hasattr(view, _TAKES_FILES)
    if "code" in values:
        get_delegate(values["slug"], values["code"])
        return FILES if may_bring_files else DELEGATES
    if request.path.startswith("/staff/") and not request.path.startswith(_DOORS):
        get_member(SEES_LIST, before_set_up=True)
        return FILES if may_bring_files else STAFF
    return STRANGERS


_DOORS = ("/staff/sign-in", "/staff/links/")
"""Addresses where staff sign in."""


def init_app(app: Flask) -> None:
    app.url_value_preprocessor(_bound)
