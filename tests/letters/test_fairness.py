"""Turns at reading: a few at once, one of each delegation, round robin among them."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from rostrum.letters.fairness import FairTurns
from tests.waiting import wait_until


class Line:
    """People who wait in threads of their own; each stays inside until let out."""

    def __init__(self, most: int) -> None:
        self.turns = FairTurns(most)
        self.entered: list[str] = []
        self._leave: dict[str, threading.Event] = {}

    def join(self, name: str) -> None:
        """`KEN 2` waits for a turn of KEN; returns when it is in or in the line."""
        before = len(self.entered) + self.waiting
        self._leave[name] = threading.Event()
        threading.Thread(target=self._stay, args=(name,), daemon=True).start()
        wait_until(lambda: len(self.entered) + self.waiting > before)

    def let_out(self, name: str) -> None:
        self._leave[name].set()

    def wait_for(self, *names: str) -> None:
        """Until these have entered, in this order, since the beginning."""
        wait_until(lambda: len(self.entered) >= len(names))
        assert self.entered == list(names)

    @property
    def waiting(self) -> int:
        return sum(map(len, self.turns._waiting.values()))

    def _stay(self, name: str) -> None:
        with self.turns.turn(name.partition(" ")[0]):
            self.entered.append(name)
            self._leave[name].wait(20)


@contextmanager
def a_line(most: int) -> Iterator[Line]:
    line = Line(most)
    yield line
    for name in list(line._leave):
        line.let_out(name)


def test_one_delegation_never_takes_both_turns():
    with a_line(2) as line:
        for name in ("DEU 1", "DEU 2", "DEU 3", "DEU 4"):
            line.join(name)
        line.wait_for("DEU 1")
        line.join("ITA 1")
        line.wait_for("DEU 1", "ITA 1")


def test_who_comes_late_waits_for_one_turn_of_each_and_not_for_all_of_one():
    with a_line(1) as line:
        for name in ("DEU 1", "DEU 2", "DEU 3", "ITA 1", "KEN 1", "KEN 2"):
            line.join(name)
        order = ["DEU 1", "ITA 1", "KEN 1", "DEU 2", "KEN 2", "DEU 3"]
        for number, name in enumerate(order, start=1):
            line.wait_for(*order[:number])
            line.let_out(name)


def test_a_turn_is_given_back_after_a_fault():
    turns = FairTurns(1)
    with pytest.raises(RuntimeError), turns.turn("DEU"):
        raise RuntimeError
    with turns.turn("DEU"):
        assert not turns._free
    assert turns._free == 1
    assert not turns._inside


def test_whoever_goes_away_leaves_the_line(monkeypatch: pytest.MonkeyPatch):
    turns = FairTurns(1)
    with turns.turn("DEU"):
        monkeypatch.setattr(threading.Event, "wait", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError), turns.turn("ITA"):
            pass
        assert not turns._waiting
    assert turns._free == 1
