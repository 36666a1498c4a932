"""Who has which letter open now, so that two verifiers read different ones. In memory: there is one
process, and after a restart each open page says it again with its stream."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

LEASE = timedelta(seconds=30)
"""How long a letter counts as read after its page was last heard of."""
AFTERGLOW = timedelta(seconds=10)
"""For how long a stream of a page that was left may still seem to be there."""

Reading = tuple[int, str]
"""A letter's id, and the name of the member of staff who reads it."""


class Readers:
    """Letters that are open, by whom; a page says so again with each beat of its stream."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._heard: dict[tuple[int, int, str], datetime] = {}
        """When a page was last heard of, by letter, session and name."""
        self._left: dict[tuple[int, int], datetime] = {}
        """When a session went on from a letter."""

    def note(self, letter_id: int, session_id: int, name: str) -> None:
        """This session's page with the letter is still open, unless it was left just now."""
        left = self._left.get((letter_id, session_id))
        if left is None or left + AFTERGLOW <= self._now():
            self._left.pop((letter_id, session_id), None)
            self._heard[letter_id, session_id, name] = self._now()

    def turn_to(self, letter_id: int | None, session_id: int, name: str) -> None:
        """This session goes on to the letter, or to none; what else it has open is noted again."""
        now = self._now()
        for key in list(self._heard):
            if key[1] == session_id and key[0] != letter_id:
                self._heard.pop(key, None)
                self._left[key[:2]] = now
        if letter_id is not None:
            self._left.pop((letter_id, session_id), None)
            self._heard[letter_id, session_id, name] = now

    def present(self) -> frozenset[Reading]:
        """What is being read now."""
        now = self._now()
        _forget(self._heard, now - LEASE)
        _forget(self._left, now - AFTERGLOW)
        return frozenset((letter_id, name) for letter_id, _, name in list(self._heard))

    def by_letter(self, own: str = "") -> dict[int, list[str]]:
        """Who but `own` reads each letter, in order of their names."""
        found: dict[int, list[str]] = {}
        for letter_id, name in sorted(self.present()):
            if name != own:
                found.setdefault(letter_id, []).append(name)
        return found


def _forget(instants: dict[Any, datetime], oldest: datetime) -> None:
    for key, instant in list(instants.items()):
        if instant <= oldest:
            instants.pop(key, None)
