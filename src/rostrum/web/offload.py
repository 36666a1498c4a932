"""Runs what blocks (a disk, a slow hash) where it does not stop every other request."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from gevent import get_hub
from gevent.monkey import is_module_patched

Result = TypeVar("Result")


def offload(function: Callable[..., Result], *arguments) -> Result:
    """The function's result, from gevent's pool of real threads when the server is gevent's."""
    if is_module_patched("threading"):
        result, error = get_hub().threadpool.apply(_outcome, (function, arguments))
        if error is not None:
            raise error
        return result
    return function(*arguments)


def _outcome(function: Callable[..., Result], arguments: tuple) -> tuple:
    """The result or what was raised, which `offload` raises again in the request.

    Whatever it is: the pool would print the traceback of a mere refusal to the log.
    """
    try:
        return function(*arguments), None
    except Exception as error:
        return None, error
