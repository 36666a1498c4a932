"""Many open pages in a process of their own, so that reading them does not slow the presses.

`python -m tests.load.crowd HOST PORT` reads one line of JSON, `[[path, cookie, streams], ...]`,
and answers when every stream has told its first message. For each further line, a number, it
answers as soon as every page shows that so many are registered, with the instant (seconds of the
system's steady clock) at which the last of them did. `0` waits for nothing. For `lost` it answers
how many of the streams have ended.
"""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import SimpleQueue

from tests.load.phones import Address, Phone
from tests.load.streams import Page, read_until


def main() -> None:
    address = (sys.argv[1], int(sys.argv[2]))
    pages = []
    for path, cookie, count in json.loads(sys.stdin.readline()):
        pages += [Page(address, Phone("", path, cookie, "", "")) for _ in range(count)]
    for page in pages:
        page.open()
    read_until(pages, lambda page: page.told)
    print(time.perf_counter(), flush=True)
    lines: SimpleQueue[str] = SimpleQueue()
    threading.Thread(target=lambda: [lines.put(line) for line in sys.stdin], daemon=True).start()
    while True:
        line = lines.get()
        if line == "lost\n":
            print(count_lost(pages), flush=True)
            continue
        total = int(line)
        read_until(pages, lambda page, total=total: not total or page.totals[-1:] == [total])
        print(time.perf_counter(), flush=True)
        for page in pages:
            del page.told[:-1]


def count_lost(pages: list[Page]) -> int:
    """How many streams have ended by now."""
    for page in pages:
        page.read_what_is_there()
    return sum(not page.is_open for page in pages)


class Crowd:
    """The process with the open pages."""

    def __init__(self, process: subprocess.Popen) -> None:
        self._process = process

    def tell(self, line: str) -> None:
        self._process.stdin.write(f"{line}\n")
        self._process.stdin.flush()

    def hear(self) -> float:
        """The instant of the next answer."""
        answer = self._process.stdout.readline()
        if not answer:
            raise RuntimeError("the crowd ended before it answered")
        return float(answer)

    def count_lost(self) -> int:
        """How many of the streams have ended."""
        self.tell("lost")
        return int(self.hear())


@contextmanager
def crowd(address: Address, phones: list[Phone], each: int) -> Iterator[Crowd]:
    """All pages open and told their state, `each` of them a phone."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.load.crowd", address[0], str(address[1])],
        cwd=Path(__file__).parents[2],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        pages = Crowd(process)
        pages.tell(json.dumps([(phone.path, phone.cookie, each) for phone in phones]))
        pages.hear()
        yield pages
    finally:
        process.kill()
        process.wait()
        process.stdin.close()
        process.stdout.close()


if __name__ == "__main__":
    main()
