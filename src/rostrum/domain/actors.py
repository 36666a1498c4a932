"""People and programs that act, as the journal and the moves name them."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Actor:
    """Who did something: a delegation, a member of staff, the command line or Rostrum itself."""

    kind: str
    name: str = ""
    browser: str = field(default="", compare=False)
    """The delegation's phone, as `domain/access/browsers.py` names it."""

    def __str__(self) -> str:
        return f"{self.kind}:{self.name}" if self.name else self.kind


DELEGATION = "delegation"
COMMAND_LINE = Actor("command line")
ROSTRUM = Actor("rostrum")
