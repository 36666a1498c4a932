"""Starts the real server, gunicorn and all, on an instance folder, and stops it again."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from rostrum.config import Config

MAIN = "from rostrum.cli import main; main()"
START_TRIES = 300


@dataclass
class Server:
    """A server that answers; `output` is the file with all it wrote to its terminal."""

    process: subprocess.Popen
    host: str
    port: int
    output: Path

    @property
    def url(self) -> str:
        return f"http://{self.host}:{self.port}"

    @property
    def address(self) -> tuple[str, int]:
        return self.host, self.port

    def written(self) -> str:
        """Everything on its standard output and standard error so far."""
        return self.output.read_text(encoding="utf-8")

    def workers(self) -> list[int]:
        """The process ids of its workers."""
        pid = self.process.pid
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii")
        return [int(child) for child in children.split()]

    def stop(self) -> int:
        """Asks it to end, as an init system would; its exit status."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(timeout=30)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def spawn(config: Config, port: int, output: Path, program: str = MAIN) -> subprocess.Popen:
    """The process of `rostrum serve` on this instance; nobody has looked whether it answers."""
    with output.open("ab") as file:
        return subprocess.Popen(
            [sys.executable, "-c", program, "serve", "--port", str(port)],
            env=os.environ
            | {
                "ROSTRUM_INSTANCE": str(config.instance),
                "ROSTRUM_BASE_URL": f"http://127.0.0.1:{port}",
            },
            cwd=config.instance.parent,
            stdin=subprocess.DEVNULL,
            stdout=file,
            stderr=subprocess.STDOUT,
        )


@contextmanager
def running(config: Config, program: str = MAIN) -> Iterator[Server]:
    """A server that answers, ended at the end."""
    output = config.instance.parent / "server.log"
    port = free_port()
    process = spawn(config, port, output, program)
    server = Server(process, "127.0.0.1", port, output)
    try:
        _wait_until_it_answers(server)
        yield server
    finally:
        if process.poll() is None:
            process.terminate()
            try:
                process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


@contextmanager
def serving(instance: Path) -> Iterator[Server]:
    """A server on an instance folder that is known by its path alone."""
    with running(Config(instance)) as server:
        yield server


def _wait_until_it_answers(server: Server) -> None:
    for _ in range(START_TRIES):
        if server.process.poll() is not None:
            break
        try:
            with urllib.request.urlopen(f"{server.url}/healthz", timeout=5) as answer:
                answer.read()
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.05)
    raise AssertionError(f"the server did not come up:\n{server.written()}")
