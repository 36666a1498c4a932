"""The real server for browser tests: `rostrum serve` on an instance folder of its own."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from rostrum.actions.staff import add_staff
from rostrum.clock import utc_clock
from rostrum.config import Config
from rostrum.domain.journal import COMMAND_LINE
from rostrum.domain.staff import Role
from rostrum.store.database import connect

HOST = "127.0.0.1"
MAIN = "from rostrum.cli import main; main()"
START_SECONDS = 30
STAFF_NAME, PASSWORD = "vera", "correct horse battery"


class Server:
    """An instance folder with one member of staff, and the server on it."""

    def __init__(self, folder: Path, database: Path) -> None:
        """Copies a migrated `database`; starting is another step."""
        self.port = free_port()
        self.url = f"http://{HOST}:{self.port}"
        self.config = Config(folder, self.url)
        self._output = folder.with_suffix(".log")
        self._process: subprocess.Popen | None = None
        folder.mkdir(parents=True)
        shutil.copy(database, self.config.database)
        self.db = connect(self.config.database)
        add_staff(self.db, utc_clock.now(), COMMAND_LINE, STAFF_NAME, Role.VERIFIER, PASSWORD)

    def start(self) -> None:
        """Starts it and waits until it answers; always on the same port."""
        with self._output.open("ab") as output:
            self._process = subprocess.Popen(
                [sys.executable, "-c", MAIN, "serve", "--host", HOST, "--port", str(self.port)],
                env=os.environ
                | {"ROSTRUM_INSTANCE": str(self.config.instance), "ROSTRUM_BASE_URL": self.url},
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                # A group of its own, so that worker and inspections end with it.
                start_new_session=True,
            )
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline and self._process.poll() is None:
            try:
                with urllib.request.urlopen(f"{self.url}/healthz", timeout=5) as answer:
                    answer.read()
                    return
            except OSError:
                time.sleep(0.05)
        raise AssertionError(f"the server did not come up:\n{self.written()}")

    def kill(self) -> None:
        """The power fails: every process of the server is gone, nothing is said or saved."""
        if self._process is not None:
            with suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
            self._process = None

    def written(self) -> str:
        """Everything the server wrote to its terminal."""
        if not self._output.exists():
            return ""
        return self._output.read_text(encoding="utf-8", errors="replace")


def free_port() -> int:
    """A port nobody listens on just now."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return probe.getsockname()[1]


@contextmanager
def running(folder: Path, database: Path) -> Iterator[Server]:
    """A server that answers; at the end it is killed with everything it started."""
    server = Server(folder, database)
    try:
        server.start()
        yield server
    finally:
        server.kill()
        server.db.close()
