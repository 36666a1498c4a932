"""Many phones in one process of their own: they sign in by their links, then press at once.

Run as `python -m tests.load.client HOST PORT`. It reads one line of JSON,
`[[delegation code, path of the link], ...]`, one entry a phone; answers `"ready"` when all are
signed in. For each further line, a number, every phone presses that many times at once; the
answer is `[[code, status, body], ...]`. Connections are opened before the first press is sent.
"""

from __future__ import annotations

import asyncio
import json
import re
import resource
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
KEY = re.compile(r'name="idempotency_key" value="([^"]+)"')
AT_ONCE_SIGNING_IN = 20


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    cookie: str
    body: str


@dataclass
class Phone:
    """One signed-in browser, with what its page holds."""

    code: str
    link: str
    cookie: str = ""
    token: str = ""
    key: str = "attempt-1"
    page: str = ""

    async def sign_in(self, address: tuple[str, int]) -> None:
        """Opens the link, presses its button, and reads the page it leads to."""
        invitation = await ask(address, "GET", self.link)
        self.cookie, self.token = invitation.cookie, TOKEN.search(invitation.body)[1]
        answer = await ask(address, "POST", self.link, self.cookie, {"csrf_token": self.token})
        self.cookie = answer.cookie or self.cookie
        self.page = answer.headers["location"]
        page = await ask(address, "GET", self.page, self.cookie)
        if page.status != 200:
            raise RuntimeError(f"{self.code}: the page answered {page.status}")
        if KEY.search(page.body):  # Council members have no button
            self.token, self.key = TOKEN.search(page.body)[1], KEY.search(page.body)[1]

    def press(self, host: str) -> bytes:
        """The press as htmx sends it."""
        values = {"csrf_token": self.token, "idempotency_key": self.key}
        path = f"{self.page}/registration"
        return _encoded("POST", path, host, self.cookie, values, {"HX-Request": "true"})


def _encoded(
    method: str,
    path: str,
    host: str,
    cookie: str,
    values: dict[str, str] | None,
    more: dict[str, str],
) -> bytes:
    body = urlencode(values or {}).encode()
    headers = {"Host": host, "Connection": "close", "Content-Length": str(len(body))} | more
    headers["Content-Type"] = "application/x-www-form-urlencoded"
    if cookie:
        headers["Cookie"] = cookie
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    return f"{method} {path} HTTP/1.1\r\n{lines}\r\n".encode() + body


async def ask(
    address: tuple[str, int],
    method: str,
    path: str,
    cookie: str = "",
    values: dict[str, str] | None = None,
) -> Answer:
    reader, writer = await asyncio.open_connection(*address)
    writer.write(_encoded(method, path, f"{address[0]}:{address[1]}", cookie, values, {}))
    return await _answer(reader, writer)


async def _answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> Answer:
    raw = await reader.read()
    writer.close()
    await writer.wait_closed()
    head, _, body = raw.partition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    headers = {}
    for line in lines:
        name, _, value = line.partition(": ")
        headers[name.lower()] = value
    cookie = headers.get("set-cookie", "").partition(";")[0]
    return Answer(int(first.split()[1]), headers, cookie, body.decode())


async def sign_in_all(address: tuple[str, int], phones: list[Phone]) -> None:
    turns = asyncio.Semaphore(AT_ONCE_SIGNING_IN)

    async def one(phone: Phone) -> None:
        async with turns:
            await phone.sign_in(address)

    await asyncio.gather(*map(one, phones))


async def press_all(address: tuple[str, int], phones: list[Phone]) -> list[list[Any]]:
    """Every phone's answer; all presses are under way before the first answer is read."""
    connections = await asyncio.gather(*(asyncio.open_connection(*address) for _ in phones))
    for phone, (_, writer) in zip(phones, connections, strict=True):
        writer.write(phone.press(f"{address[0]}:{address[1]}"))
    answers = await asyncio.gather(*(_answer(*connection) for connection in connections))
    return [[p.code, a.status, a.body] for p, a in zip(phones, answers, strict=True)]


def main() -> None:
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    address = (sys.argv[1], int(sys.argv[2]))
    phones = [Phone(code, link) for code, link in json.loads(sys.stdin.readline())]
    asyncio.run(sign_in_all(address, phones))
    print(json.dumps("ready"), flush=True)
    for times in sys.stdin:
        answers = asyncio.run(press_all(address, phones * int(times)))
        print(json.dumps(answers), flush=True)


class Crowd:
    """The client's process, which is told and answers line by line."""

    def __init__(self, process: subprocess.Popen) -> None:
        self._process = process

    def send(self, line: Any) -> None:
        self._process.stdin.write(json.dumps(line) + "\n")
        self._process.stdin.flush()

    def receive(self) -> Any:
        answer = self._process.stdout.readline()
        if not answer:
            raise RuntimeError("the client ended before it answered")
        return json.loads(answer)

    def press(self, times: int = 1) -> list[list[Any]]:
        """Every phone presses so many times, all at once: code, status and body of each answer."""
        self.send(times)
        return self.receive()


@contextmanager
def crowd(host: str, port: int, links: list[tuple[str, str]]) -> Iterator[Crowd]:
    """Phones signed in by these links (code, path), in a process of their own."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.load.client", host, str(port)],
        cwd=Path(__file__).parents[2],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        phones = Crowd(process)
        phones.send(links)
        phones.receive()
        yield phones
    finally:
        process.stdin.close()
        process.wait(timeout=30)
        process.stdout.close()


if __name__ == "__main__":
    main()
