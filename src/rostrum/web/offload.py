"""Runs blocking work (a disk, a slow hash) where it does not stop every other request."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TypeVar

from gevent import get_hub
from gevent.monkey import is_module_patched
from gevent.threadpool import ThreadPool

from rostrum.domain.errors import Crowded

Result = TypeVar("Result")
MAX_WAITING = 20
"""How many hashes may wait in a lane: the last is answered within two or three seconds."""


def offload(function: Callable[..., Result], *arguments) -> Result:
    """The function's result, from gevent's pool of real threads if the server runs on gevent."""
    if is_module_patched("threading"):
        return _in_thread(get_hub().threadpool, function, arguments)
    return function(*arguments)


def _in_thread(pool: ThreadPool, function: Callable[..., Result], arguments: tuple) -> Result:
    result, error = pool.apply(_outcome, (function, arguments))
    if error is not None:
        raise error
    return result


def _outcome(function: Callable[..., Result], arguments: tuple) -> tuple:
    """The result or the exception, which `offload` raises again in the request.

    Any exception, because the pool would write the traceback of a mere refusal to the log.
    """
    try:
        return function(*arguments), None
    except Exception as error:
        return None, error


class Lane:
    """Runs one slow password hash at a time, in the order in which they came.

    A hash takes 64 MiB and all cores: many at once would stop letters, which are stored by the
    pool of `offload`, and fill the memory.
    """

    def __init__(self) -> None:
        self._inside = 0

    def run(self, field: str, function: Callable[..., Result], arguments: tuple) -> Result:
        """The function's result; raises Crowded on the field if MAX_WAITING already wait."""
        if not is_module_patched("threading"):
            return function(*arguments)
        if self._inside > MAX_WAITING:
            raise Crowded(field)
        self._inside += 1
        try:
            return _in_thread(self._pool, function, arguments)
        finally:
            self._inside -= 1

    @cached_property
    def _pool(self) -> ThreadPool:
        return ThreadPool(1)


HASHING = {True: Lane(), False: Lane()}
"""Two lanes: people who are or were signed in with this browser do not wait behind strangers."""


def hashing(field: str, function: Callable[..., Result], *arguments, is_known: bool) -> Result:
    """The result of a function that hashes a password, from the lane for known or unknown people.

    `field` is the password's field in the form, which Crowded names if too many wait.
    """
    return HASHING[is_known].run(field, function, arguments)
