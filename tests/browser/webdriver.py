"""The WebDriver protocol, as far as the tests need it, on the two lines on which engines hear it.

WebKit's driver speaks HTTP; Firefox itself speaks Marionette, which has the same commands under
names of its own. Those names are used for both, and no other program stands between.
"""

from __future__ import annotations

import json
import socket
from typing import Any, Protocol

import httpx

ROUTES = {
    "WebDriver:Back": ("POST", "/back"),
    "WebDriver:DeleteAllCookies": ("DELETE", "/cookie"),
    "WebDriver:ElementClear": ("POST", "/element/{id}/clear"),
    "WebDriver:ElementClick": ("POST", "/element/{id}/click"),
    "WebDriver:ElementSendKeys": ("POST", "/element/{id}/value"),
    "WebDriver:ExecuteScript": ("POST", "/execute/sync"),
    "WebDriver:FindElement": ("POST", "/element"),
    "WebDriver:Navigate": ("POST", "/url"),
    "WebDriver:SetWindowRect": ("POST", "/window/rect"),
}
"""What WebKit's driver calls each command, below the address of the session."""
SECONDS = 60
"""In which an engine answers one command."""


class Refused(Exception):
    """The engine did not carry out a command; `code` is one of the standard's words."""

    def __init__(self, answer: dict[str, str]) -> None:
        super().__init__(f"{answer['error']}: {answer['message']}")
        self.code = answer["error"]


class Line(Protocol):
    """Says one command to an engine and returns its answer."""

    def send(self, name: str, **values: object) -> Any: ...


class HttpLine:
    """The line to a driver at this address, with one session on it."""

    def __init__(self, address: str, capabilities: dict[str, object]) -> None:
        self._client = httpx.Client(base_url=address, timeout=SECONDS)
        wanted = {"capabilities": {"alwaysMatch": capabilities}}
        session = self._ask("POST", "/session", wanted)["sessionId"]
        self._client.base_url = f"{address}/session/{session}"

    def send(self, name: str, **values: object) -> Any:
        method, path = ROUTES[name]
        return self._ask(method, path.format(**values), values if method == "POST" else None)

    def _ask(self, method: str, path: str, values: object) -> Any:
        answer = self._client.request(method, path, json=values)
        value = answer.json()["value"]
        if answer.is_error:
            raise Refused(value)
        return value

    def close(self) -> None:
        self._client.close()


class Marionette:
    """The line to a Firefox on this port, with one session on it: messages of JSON, each with its
    length before it.
    """

    def __init__(self, port: int) -> None:
        self._socket = socket.create_connection(("127.0.0.1", port), SECONDS)
        self._input = self._socket.makefile("rb")
        self._count = 0
        self._read()  # says which protocol this is
        self.send("WebDriver:NewSession", capabilities={})

    def send(self, name: str, **values: object) -> Any:
        self._count += 1
        message = json.dumps([0, self._count, name, values]).encode()
        self._socket.sendall(b"%d:%s" % (len(message), message))
        _, _, error, answer = self._read()
        if error:
            raise Refused(error)
        return answer.get("value", answer)

    def _read(self) -> Any:
        length = b""
        while (byte := self._input.read(1)) != b":":
            if not byte:
                raise ConnectionError("Firefox has gone")
            length += byte
        return json.loads(self._input.read(int(length)))

    def close(self) -> None:
        self._input.close()
        self._socket.close()
