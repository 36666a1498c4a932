"""Log lines that tell the admin about problems with incoming requests.

Anybody can provoke them, repeatedly and with words of their own. So each line is written once an
hour, their number is limited, and no line holds more than a few characters of what was sent.
"""

from __future__ import annotations

import logging
import re
from datetime import datetime, timedelta

AGAIN = timedelta(hours=1)
MOST = 50
"""Different lines within that hour."""
_STRANGE = re.compile(r"[^\w.:/\[\]-]", re.ASCII)

log = logging.getLogger("rostrum")


class AdminLog:
    """The lines written within the last hour."""

    def __init__(self) -> None:
        self._said: dict[str, datetime] = {}

    def say(self, now: datetime, line: str) -> None:
        """Writes the line, unless it or too many others were written within the last hour."""
        self._said = {said: at for said, at in self._said.items() if now - at < AGAIN}
        if line not in self._said and len(self._said) < MOST:
            self._said[line] = now
            log.warning("%s", line)


def quoted(sent: str | None) -> str:
    """The beginning of what somebody sent, without characters that could break a log line."""
    return _STRANGE.sub("?", (sent or "nothing")[:80])
