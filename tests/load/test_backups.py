"""Backups made by the command amid a rush of presses and letters, taken back and served."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from rostrum.config import Config
from rostrum.domain.debates.debate import Debate
from rostrum.domain.delegations.invitations import invitation_token
from rostrum.domain.registrations.receipts import receipt_code
from rostrum.store.database import opened
from rostrum.store.delegations import get_delegation
from rostrum.store.invitations import list_invitations
from rostrum.store.registrations import find_active_registration
from tests.load.consistency import check_everything, check_told
from tests.load.phones import Answer, Phone, arrival_number, fire, look, press, press_whole
from tests.load.scenes import a_letter, make_instance
from tests.load.served_instance import ServedInstance
from tests.load.server import MAIN, Server, running

pytestmark = pytest.mark.load

DELEGATIONS = 80
LETTERS = 4
"""One press of so many brings its letter along."""
SPACING = 0.05
"""Seconds between two presses: the rush goes on while backups are made."""


def rostrum(instance: Path, *arguments: object) -> str:
    """What the command says, run beside whatever else goes on."""
    done = subprocess.run(
        [sys.executable, "-c", MAIN, *map(str, arguments)],
        env=os.environ | {"ROSTRUM_INSTANCE": str(instance)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


@dataclass
class Rush:
    """Presses that are under way; `began` is set when some have been answered."""

    phones: list[Phone]
    began: threading.Event = field(default_factory=threading.Event)
    answers: list[Answer] = field(default_factory=list)

    def told_before(self, instant: float) -> set[tuple[str, int]]:
        """Delegation and number of everybody who had the answer by then."""
        pairs = zip(self.phones, self.answers, strict=True)
        return {
            (phone.code, arrival_number(answer))
            for phone, answer in pairs
            if answer.answered < instant
        }

    def run(self, server: Server) -> None:
        requests = [
            press_whole(phone, a_letter()) if number % LETTERS == 0 else press(phone)
            for number, phone in enumerate(self.phones)
        ]
        self.answers = fire(server.address, requests, SPACING, watch=self._watch)

    def _watch(self, answered: int) -> None:
        if answered >= LETTERS:
            self.began.set()


@contextmanager
def rushing(server: Server, phones: list[Phone]) -> Iterator[tuple[Rush, threading.Thread]]:
    rush = Rush(phones)
    thread = threading.Thread(target=rush.run, args=(server,))
    thread.start()
    assert rush.began.wait(60)
    yield rush, thread
    thread.join()


@pytest.mark.timeout(600)
def test_backups_amid_a_rush_hold_all_that_was_told_before_and_are_served_as_before(
    tmp_path: Path,
) -> None:
    config = Config(make_instance(tmp_path / "instance"))
    made: list[tuple[float, Path]] = []
    with running(config) as server:
        with opened(config.database) as db:
            debate, phones = ServedInstance(server, db).ready(DELEGATIONS)
        with rushing(server, phones) as (rush, thread):
            while thread.is_alive() and len(made) < 3:
                began = time.perf_counter()
                said = rostrum(config.instance, "backup", tmp_path / "backups")
                made.append((began, Path(said.partition(": as of ")[0])))
        assert [answer.status for answer in rush.answers] == [200] * DELEGATIONS
    assert rush.told_before(made[0][0])
    for number, (began, folder) in enumerate(made):
        restored = Config(tmp_path / f"restored-{number}")
        rostrum(restored.instance, "restore", folder)
        with opened(restored.database) as db:
            check_everything(db, restored, debate)
            check_told(db, debate, rush.told_before(began))
    check_served_as_before(restored, debate, phones[0])


def check_served_as_before(config: Config, debate: Debate, phone: Phone) -> None:
    """Sign-in, invitation link and receipt of before work, and a retry is told the same number."""
    key = config.secret_key()
    with opened(config.database) as db:
        who = get_delegation(db, phone.code).id
        held = find_active_registration(db, debate.id, who)
        invited = next(
            each for each in list_invitations(db, debate.id) if each.delegation_id == who
        )
    link = f"/invitations/{invitation_token(key, invited.id, invited.generation)}"
    proof = f"/receipts/{receipt_code(key, held.id)}"
    with running(config) as server:
        asked = [look(phone.path, phone.cookie), look(link), look(proof), press(phone)]
        answers = fire(server.address, asked)
    assert [answer.status for answer in answers] == [200] * 4
    assert "Genuine" in answers[2].body
    assert held.reference in answers[2].body
    assert arrival_number(answers[3]) == held.arrival_number
