"""The folder of letters looked after: what nobody needs goes, what arrives stays, room is told."""

from __future__ import annotations

import io
import logging
import os
import time
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from rostrum.actions.letters.sweeping import Sweeper
from rostrum.domain.debates.debate import Debate
from rostrum.letters.files import LetterFiles
from rostrum.store.database import Connections, Database
from tests.factories import FakeClock, make_letter, pdf_bytes


@pytest.fixture
def files(tmp_path: Path) -> LetterFiles:
    return LetterFiles(tmp_path / "letters", min_free=0, low=0)


def keep(files: LetterFiles, at: datetime) -> str:
    """A file that is whole on the disk since that instant."""
    name = files.store(io.BytesIO(pdf_bytes())).stored_name
    os.utime(files.path(name), (at.timestamp(),) * 2)
    return name


def sweeper(connections: Connections, files: LetterFiles, clock: FakeClock) -> Sweeper:
    return Sweeper(connections, files, clock.now, lambda function, *rest: function(*rest))


def test_what_no_letter_has_goes_within_the_hour_and_what_arrives_stays(
    db: Database, debate: Debate, connections: Connections, files: LetterFiles, clock: FakeClock
) -> None:
    old = clock.now() - timedelta(minutes=61)
    kept, left = keep(files, old), keep(files, old)
    arriving = keep(files, clock.now() - timedelta(minutes=59))
    make_letter(db, debate, stored_name=kept)
    assert sweeper(connections, files, clock).look() == 1
    assert {path.name for path in files.folder.iterdir()} == {kept, arriving}
    clock.advance(hours=1)
    assert sweeper(connections, files, clock).look() == 1
    assert {path.name for path in files.folder.iterdir()} == {kept}
    assert not files.path(left).exists()


def test_a_file_that_waits_for_its_form_waits_anew_when_the_form_comes_back(
    connections: Connections, files: LetterFiles, clock: FakeClock
) -> None:
    waiting = keep(files, clock.now() - timedelta(hours=2))
    clock.set(datetime.fromtimestamp(time.time(), clock.now().tzinfo))
    assert files.renew(waiting)
    assert sweeper(connections, files, clock).look() == 0
    files.discard(waiting)
    assert not files.renew(waiting)


@pytest.mark.parametrize(("low", "is_told"), [(0, False), (10**18, True)])
def test_the_log_says_in_time_how_much_room_is_left(
    connections: Connections,
    files: LetterFiles,
    clock: FakeClock,
    caplog: pytest.LogCaptureFixture,
    low: int,
    is_told: bool,
) -> None:
    files.low = low
    with caplog.at_level(logging.WARNING, "rostrum"):
        sweeper(connections, files, clock).look()
    assert ("bytes are free; below 0 no letter is accepted" in caplog.text) is is_told


def test_a_server_that_runs_keeps_looking(
    connections: Connections,
    files: LetterFiles,
    clock: FakeClock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """As every hour, only sooner: the first look is at the start, and later ones follow."""
    monkeypatch.setattr(Sweeper, "pause", 0.01)
    old = clock.now() - timedelta(hours=2)
    first = keep(files, old)
    sweeper(connections, files, clock).start()
    for name in (first, keep(files, old)):
        for _ in range(500):
            if not files.path(name).exists():
                break
            time.sleep(0.01)
        assert not files.path(name).exists()
