"""Looking after the folder of letters every hour: what belongs to no letter, and how much room is
left."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from rostrum.actions.watching import Watch
from rostrum.letters.files import LetterFiles
from rostrum.store.database import Connections
from rostrum.store.letters import list_stored_names

ARRIVING = timedelta(hours=1)
"""How long an upload may be in its folder before a row names it."""
LOOK_SECONDS = 3600

log = logging.getLogger("rostrum")


class Sweeper(Watch):
    """Removes files that no row names any more, or never did (a crash in between); first at the
    start. `run` calls a function where the disk may keep it waiting."""

    name = "letters' folder"
    pause = LOOK_SECONDS

    def __init__(
        self,
        connections: Connections,
        files: LetterFiles,
        now: Callable[[], datetime],
        run: Callable[..., Any],
    ) -> None:
        self._connections = connections
        self._files = files
        self._now = now
        self._run = run

    def look(self) -> int:
        """Sweeps the folder; returns how many files went. Says so in the log if little is left."""
        before = self._now() - ARRIVING
        with self._connections.borrowed() as db:
            known = list_stored_names(db)
        swept = self._run(self._files.sweep, known, before)
        if self._files.is_room_low():
            free, least = self._files.free(), self._files.min_free
            log.warning("%d bytes are free; below %d no letter is accepted", free, least)
        return len(swept)
