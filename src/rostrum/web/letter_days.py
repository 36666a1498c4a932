"""The day of the meeting that a letter could name, and that a decision about it named.

A letter names the day as it was told when the letter was sent. When the meeting moves, what was
decided before keeps its words, and whoever reads the letter is told that it is older.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from flask import Flask

from rostrum.domain.debates.announced import MEETING, meeting_as_of
from rostrum.domain.debates.debate import Debate
from rostrum.domain.letters.checklist import ReturnReason
from rostrum.domain.letters.letter import Letter
from rostrum.domain.times import new_york_day
from rostrum.store.announced import list_changes
from rostrum.web.context import db


def day_when_sent(debate: Debate, letter: Letter) -> datetime | None:
    """The start of the meeting as it was told when this letter was sent, if its day is another
    now."""
    told = meeting_as_of(list_changes(db(), debate.id, MEETING), debate, letter.uploaded_at)
    return told if new_york_day(told) != new_york_day(debate.starts_at) else None


def as_decided(debate: Debate, letter: Letter) -> Debate:
    """The debate with its day as the decision about this letter named it."""
    if letter.decided_at is None or ReturnReason.DEBATE not in letter.reasons:
        return debate
    told = meeting_as_of(list_changes(db(), debate.id, MEETING), debate, letter.decided_at)
    return replace(debate, starts_at=told)


def init_app(app: Flask) -> None:
    app.jinja_env.globals |= {"day_when_sent": day_when_sent, "as_decided": as_decided}
