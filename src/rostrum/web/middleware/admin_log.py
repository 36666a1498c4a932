"""Lines in the log for the admin about how requests arrive.

Anybody can provoke them, again and again and with words of their own: each line is said once an
hour, only so many are said, and no line holds more than a few characters of what was sent.
"""

from __future__ import annotations

import logging
import re
from datetime import datetime, timedelta

AGAIN = timedelta(hours=1)
MOST = 50
"""Different lines within that time."""
_STRANGE = re.compile(r"[^\w.:/\[\]-]", re.ASCII)

log = logging.getLogger("rostrum")


class AdminLog:
    """What was said of late."""

    def __init__(self) -> None:
        self._said: dict[str, datetime] = {}

    def say(self, now: datetime, line: str) -> None:
        """Writes the line, unless it or too many others were written within the hour."""
        self._said = {said: at for said, at in self._said.items() if now - at < AGAIN}
        if line not in self._said and len(self._said) < MOST:
            self._said[line] = now
            log.warning("%s", line)


def quoted(sent: str | None) -> str:
    """The beginning of what somebody sent, without what could break a line of the log."""
    return _STRANGE.sub("?", (sent or "nothing")[:80])
