"""`make chaos`: every process is killed in the midst of a rush, again and again.

After each restart everything that was acknowledged is there. Says for each round how many presses
were on their way and how many had been answered; `--seed` repeats the choices of a run.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from rostrum.config import Config
from rostrum.domain.debates.debate import Debate
from rostrum.store.database import connect
from tests.load.consistency import check_everything, check_list, check_told, lost_numbers
from tests.load.phones import ARRIVAL, Answer, Phone, arrival_number, fire, press, press_whole
from tests.load.scenes import a_letter, make_instance
from tests.load.served_instance import ServedInstance
from tests.load.server import Server

PRESSES_EACH = 2
SPACINGS = (0, 0.004, 0.008)
"""Seconds between two presses: all at once, or so that some come while others are committed."""
LETTERS = 20
"""One press of so many brings its letter along: letters are read two at a time."""
MOMENT = 0.05
"""Seconds: the kill comes so much after an answer, at most."""


@dataclass(frozen=True)
class Round:
    """One rush and its end; `told` are the numbers that were acknowledged before the kill."""

    debate: Debate
    pressed: int
    answered: int
    told: frozenset[tuple[str, int]]
    kept: int
    lost: frozenset[tuple[str, int]]

    @property
    def is_in_the_midst(self) -> bool:
        """Whether some had been answered and some had not."""
        return 0 < self.answered < self.pressed

    @property
    def is_unfinished(self) -> bool:
        """Whether there were delegations that had no place on disk yet."""
        return self.kept < self.pressed // PRESSES_EACH

    def __str__(self) -> str:
        return (
            f"{self.pressed} presses, {self.answered} answered before the kill; "
            f"{self.kept} places on disk, {len(self.lost)} lost"
        )


class Plug:
    """Kills the server a moment after so many answers have come, or at last."""

    def __init__(self, server: Server, after: int, moment: float) -> None:
        self._after = after
        self._timer = threading.Timer(moment, server.kill)
        self._server = server

    def watch(self, answered: int) -> None:
        if answered >= self._after and self._timer.ident is None:
            self._timer.start()

    def wait(self) -> None:
        """Until everything is dead."""
        self.watch(self._after)
        self._timer.join()


@contextmanager
def _inside(server: Server) -> Iterator[ServedInstance]:
    """A connection only for a while: at the kill nobody else may keep the database open."""
    db = connect(server.config.database)
    try:
        yield ServedInstance(server, db)
    finally:
        db.close()


def play_round(server: Server, rng: random.Random, slug: str, delegations: int) -> Round:
    """A rush, the kill, the restart; AssertionError where something is not as it was told."""
    with _inside(server) as served:
        debate, phones = served.ready(delegations, slug=slug)
    pressing = phones * PRESSES_EACH
    rng.shuffle(pressing)
    answers = _rush_and_kill(server, rng, pressing)
    told = _told(pressing, answers)
    server.start()
    with _inside(server) as served:
        kept = check_everything(served.db, served.config, debate)
        lost = frozenset(lost_numbers(served.db, debate, told))
        _press_again(served, debate, phones)
    answered = sum(answer.is_whole for answer in answers)
    return Round(debate, len(answers), answered, told, len(kept), lost)


def _rush_and_kill(server: Server, rng: random.Random, phones: list[Phone]) -> list[Answer]:
    """Early kills are likelier than late ones, when everything is on disk."""
    requests = [
        press_whole(phone, a_letter()) if number % LETTERS == 0 else press(phone)
        for number, phone in enumerate(phones)
    ]
    after = 1 + int(rng.random() ** 2 * (len(requests) - 1))
    plug = Plug(server, after, rng.uniform(0, MOMENT))
    answers = fire(server.address, requests, rng.choice(SPACINGS), watch=plug.watch)
    plug.wait()
    assert {answer.status for answer in answers if answer.is_whole} <= {200}
    return answers


def _told(phones: list[Phone], answers: list[Answer]) -> frozenset[tuple[str, int]]:
    """What the phones can know: also from an answer that was cut off after the number."""
    return frozenset(
        (phone.code, int(found[1]))
        for phone, answer in zip(phones, answers, strict=True)
        if (found := ARRIVAL.search(answer.raw.decode(errors="replace")))
    )


def _press_again(served: ServedInstance, debate: Debate, phones: list[Phone]) -> None:
    """With the keys of before: who has a number is told the same, the others get theirs now."""
    before = {held.delegation_id: held.arrival_number for held in check_list(served.db, debate)}
    answers = served.fire([press(phone) for phone in phones])
    told = {
        (phone.code, arrival_number(answer)) for phone, answer in zip(phones, answers, strict=True)
    }
    check_told(served.db, debate, told)
    after = {held.delegation_id: held.arrival_number for held in check_list(served.db, debate)}
    assert len(after) == len(phones)
    assert before.items() <= after.items()


def play(
    folder: Path, rounds: int, delegations: int, seed: int, say: Callable[[str], None] = print
) -> list[Round]:
    """So many rounds on one instance, which at the end still has every number of all of them."""
    say(f"seed {seed}")
    rng = random.Random(seed)
    server = Server(Config(make_instance(folder / "instance")))
    played: list[Round] = []
    try:
        server.start()
        for number in range(1, rounds + 1):
            played.append(play_round(server, rng, f"round-{number}", delegations))
            say(f"round {number}: {played[-1]}")
        with _inside(server) as served:
            for each in played:
                check_told(served.db, each.debate, each.told - each.lost)
        assert "Traceback" not in server.written(), server.written()
    finally:
        server.kill()
    return played


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=50)
    parser.add_argument("--delegations", type=int, default=150, help="so many press twice each")
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6))
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="rostrum-chaos-") as folder:
        played = play(Path(folder), options.rounds, options.delegations, options.seed)
    midst = sum(each.is_in_the_midst for each in played)
    unfinished = sum(each.is_unfinished for each in played)
    told, lost = sum(len(each.told) for each in played), sum(len(each.lost) for each in played)
    print(f"{len(played)} kills: {midst} between two answers, {unfinished} before all was on disk")
    print(f"{told} registrations acknowledged before a kill, {lost} lost")
    sys.exit(bool(lost))


if __name__ == "__main__":
    main()
