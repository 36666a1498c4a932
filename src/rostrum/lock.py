"""Only one process at a time may serve an instance folder, because one process orders places."""

from __future__ import annotations

import fcntl
from pathlib import Path
from time import sleep
from typing import TextIO

LOCK_FILE = "serve.lock"
LOCK_TRIES = 30
"""A server that was just killed holds its lock for up to a second: try for three."""


class CannotServe(Exception):
    """The instance folder is in use or not fit to be served; the message says why."""


def lock_instance(folder: Path) -> TextIO:
    """Takes the folder for this process; the lock lasts until the returned file is closed.

    Raises CannotServe if another process has the folder.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    file = (folder / LOCK_FILE).open("w")
    for _ in range(LOCK_TRIES):
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            sleep(0.1)
        else:
            return file
    file.close()
    raise CannotServe(f"Another Rostrum is serving {folder}. Stop it first.")
