"""Every process killed in the midst of the rush: nothing that was acknowledged is lost.

`make chaos` does the same fifty times with more presses.
"""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from rostrum.clock import utc_clock
from rostrum.config import Config
from rostrum.store.database import Database
from tests.factories import register
from tests.load.chaos import play
from tests.load.consistency import check_everything, lost_numbers
from tests.load.scenes import make_ready

pytestmark = pytest.mark.load


@pytest.mark.timeout(300)
def test_nothing_acknowledged_is_lost_when_everything_is_killed_in_the_rush(tmp_path: Path) -> None:
    played = play(tmp_path, rounds=5, delegations=60, seed=random.SystemRandom().randrange(10**6))
    assert [each.lost for each in played] == [frozenset()] * 5
    assert sum(each.is_in_the_midst for each in played) >= 3


def test_what_was_told_and_is_not_there_is_found(config: Config, db: Database) -> None:
    debate, _ = make_ready(config, db, 3)
    register(db, debate, "T00001", utc_clock.now())
    told = {("T00001", 1), ("T00001", 2), ("T00002", 1)}
    assert lost_numbers(db, debate, told) == {("T00001", 2), ("T00002", 1)}


def test_a_list_in_another_order_than_its_stamps_is_found(config: Config, db: Database) -> None:
    debate, _ = make_ready(config, db, 2)
    for code in ("T00001", "T00002"):
        register(db, debate, code, utc_clock.now())
    check_everything(db, config, debate)
    db.execute("update registration set received_at = received_at - 10000000 where place = 2")
    with pytest.raises(AssertionError, match="an earlier number has a later stamp"):
        check_everything(db, config, debate)


def test_a_letter_that_is_not_whole_is_found(config: Config, db: Database) -> None:
    debate, _ = make_ready(config, db, 1)
    register(db, debate, "T00001", utc_clock.now())
    check_everything(db, config, debate)
    [letter] = config.letters.iterdir()
    letter.write_bytes(letter.read_bytes()[:-1])
    with pytest.raises(AssertionError, match="not on disk as it was sent"):
        check_everything(db, config, debate)
