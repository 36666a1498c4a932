"""Work that the server does at its time, whether anybody asks or not."""

from __future__ import annotations

import logging
import sqlite3
import threading
import time
from abc import ABC, abstractmethod

from rostrum.domain.errors import DomainError

POLL_SECONDS = 0.1
"""How often a watch looks whether something is due."""
PAUSE_SECONDS = 1
"""How long it waits after something went wrong, such as a database that could not be written."""

log = logging.getLogger("rostrum")


class Watch(ABC):
    """Does what is due, as long as the server runs; what was due before is done at its start."""

    name: str
    """The name of its thread, and of what has to wait in the log."""
    pause: float = POLL_SECONDS
    """Seconds between two looks."""

    @abstractmethod
    def look(self) -> int:
        """Does what is due now; returns how much."""

    def start(self) -> None:
        """Keeps looking until the process ends."""
        threading.Thread(target=self._keep, name=self.name, daemon=True).start()

    def _keep(self) -> None:
        while True:
            pause = self.pause if self._looked() else max(self.pause, PAUSE_SECONDS)
            # By its module: commands load this before gevent replaces what it finds there.
            time.sleep(pause)

    def _looked(self) -> bool:
        """Looks; whether that went well. What did not is logged, and tried again."""
        try:
            self.look()
        except (DomainError, OSError, sqlite3.Error) as trouble:
            log.error("%s: what is due has to wait: %s", self.name, trouble)
        except Exception:
            # Nothing is above this thread: if it ended, everything later would stay undone.
            log.exception("%s: what is due has to wait", self.name)
        else:
            return True
        return False
