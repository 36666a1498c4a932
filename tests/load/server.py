"""Starts the real server, gunicorn and all, on an instance folder; stops it, kills it, again."""

from __future__ import annotations

import os
import select
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from rostrum.config import Config

HOST = "127.0.0.1"
MAIN = "from rostrum.cli import main; main()"
START_SECONDS = 30


class Server:
    """`rostrum serve` on an instance folder, always on the same port.

    `program` is what Python runs; `under` is a command that runs it (strace, say). `output` is
    the file with all it wrote to its terminal.
    """

    def __init__(self, config: Config, program: str = MAIN, under: Sequence[str] = ()) -> None:
        """Starting is another step."""
        self.config = config
        self.host, self.port = HOST, free_port()
        self.output = config.instance.with_suffix(".log")
        self._program, self._under = program, under
        self._process: subprocess.Popen | None = None

    @property
    def url(self) -> str:
        return f"http://{self.host}:{self.port}"

    @property
    def address(self) -> tuple[str, int]:
        return self.host, self.port

    @property
    def process(self) -> subprocess.Popen:
        """The process that was started; there is none before the start and after the end."""
        if self._process is None:
            raise LookupError("the server is not running")
        return self._process

    def start(self, pause: float = 0.05) -> None:
        """Starts it and waits until it answers, asking every `pause` seconds."""
        self._process = spawn(self.config, self.port, self.output, self._program, self._under)
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline and self._process.poll() is None:
            try:
                with urllib.request.urlopen(f"{self.url}/healthz", timeout=5) as answer:
                    answer.read()
                    return
            except OSError:
                time.sleep(pause)
        raise AssertionError(f"the server did not come up:\n{self.written()}")

    def stop(self, number: int = signal.SIGTERM) -> int:
        """Asks it to end, as an init system would (or a terminal, SIGINT); its exit status."""
        self.process.send_signal(number)
        status = self.process.wait(timeout=30)
        self._process = None
        return status

    def kill(self) -> None:
        """The power fails: every process of the server is gone, nothing is said or saved.

        All are stopped first, so that none can start another while they are counted. Afterwards
        nobody listens on the port any more.
        """
        if self._process is None:
            return
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGSTOP)
        # Inspections have groups of their own.
        handles = _handles([self._process.pid, *_descendants(self._process.pid)])
        for handle in handles:
            with suppress(ProcessLookupError):
                signal.pidfd_send_signal(handle, signal.SIGKILL)
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        for handle in handles:
            select.select([handle], [], [])
            os.close(handle)
        self._process.wait()
        self._process = None

    def written(self) -> str:
        """Everything on its standard output and standard error so far."""
        if not self.output.exists():
            return ""
        return self.output.read_text(encoding="utf-8", errors="replace")

    def workers(self) -> list[int]:
        """The process ids of its workers."""
        return _children(self.process.pid)


def _children(pid: int) -> list[int]:
    """Of all its threads; none when it is gone."""
    found: list[int] = []
    for path in Path(f"/proc/{pid}/task").glob("*/children"):
        with suppress(FileNotFoundError, ProcessLookupError):
            found += map(int, path.read_text(encoding="ascii").split())
    return found


def _descendants(pid: int) -> list[int]:
    children = _children(pid)
    return children + [below for child in children for below in _descendants(child)]


def _handles(pids: list[int]) -> list[int]:
    """A descriptor of each process, which can be read when the process has ended altogether."""
    found = []
    for pid in pids:
        with suppress(ProcessLookupError):
            found.append(os.pidfd_open(pid))
    return found


def free_port() -> int:
    """A port nobody listens on just now."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return probe.getsockname()[1]


def spawn(
    config: Config, port: int, output: Path, program: str = MAIN, under: Sequence[str] = ()
) -> subprocess.Popen:
    """The process of `rostrum serve` on this instance; nobody has looked whether it answers."""
    settings = {
        "ROSTRUM_INSTANCE": str(config.instance),
        "ROSTRUM_BASE_URL": config.base_url or f"http://{HOST}:{port}",
        "ROSTRUM_PUBLIC_STREAMS": str(config.public_streams),
    }
    with output.open("ab") as file:
        return subprocess.Popen(
            [*under, sys.executable, "-c", program, "serve", "--host", HOST, "--port", str(port)],
            env=os.environ | settings,
            cwd=config.instance.parent,
            stdin=subprocess.DEVNULL,
            stdout=file,
            stderr=subprocess.STDOUT,
            # A group of its own, so that all of it can be stopped at once.
            start_new_session=True,
        )


@contextmanager
def running(config: Config, program: str = MAIN, under: Sequence[str] = ()) -> Iterator[Server]:
    """A server that answers; at the end it is killed with everything it started."""
    server = Server(config, program, under)
    try:
        server.start()
        yield server
    finally:
        server.kill()


@contextmanager
def serving(instance: Path) -> Iterator[Server]:
    """A server on an instance folder that is known by its path alone."""
    with running(Config(instance)) as server:
        yield server
