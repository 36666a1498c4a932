"""What is on disk when the number is told: the system calls of the real server, seen by strace."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from rostrum.config import Config
from rostrum.domain.registrations.registration import Registration
from rostrum.store.database import Database
from rostrum.store.registrations import list_registrations
from tests.load.phones import press, press_whole
from tests.load.scenes import a_letter
from tests.load.served_instance import ServedInstance
from tests.load.server import MAIN, running
from tests.missing_programs import skip_or_fail

pytestmark = pytest.mark.load

# -I 2: it ends when asked, its file written; --seccomp-bpf: only what is traced is slowed down.
STRACE = ("strace", "-f", "-I", "2", "-qq", "-y", "--seccomp-bpf", "-s", "20000")
CALLS = "trace=fdatasync,fsync,write,writev,pwrite64,pwritev,sendto,sendmsg"
SYNCS = ("fdatasync", "fsync")
SENDS = ("sendto", "sendmsg", "write", "writev")

CARELESS = """
from rostrum.cli import _patch, main
_patch()
from rostrum.store import database
connect = database.connect
def connect_carelessly(path):
    db = connect(path)
    db.execute("pragma synchronous = normal")
    return db
database.connect = connect_carelessly
main()
"""
"""As WAL is commonly set up: a commit is on disk some time after it was acknowledged."""


def why_not() -> str | None:
    """Why strace cannot be used here."""
    if shutil.which("strace") is None:
        return "no strace: it shows what is on disk when a number is told"
    command = [*STRACE, "-o", os.devnull, "true"]
    tried = subprocess.run(command, capture_output=True, text=True, check=False)
    return f"strace may not trace here: {tried.stderr.strip()}" if tried.returncode else None


@pytest.fixture(scope="module")
def strace() -> None:
    """Skips where strace cannot be used, unless this is CI."""
    reason = why_not()
    if reason:
        skip_or_fail(reason)


@dataclass(frozen=True)
class Call:
    """A system call on a file or socket; a sync stands where it ended, all others began."""

    name: str
    target: str
    text: str

    @property
    def is_on_log(self) -> bool:
        return self.target.endswith("-wal")


def calls_of(trace: Path) -> list[Call]:
    """What a trace says, in order."""
    calls, unfinished = [], {}
    for line in trace.read_text(encoding="utf-8").splitlines():
        pid, _, said = line.partition(" ")
        if begun := re.match(r" *(\w+)\(\d+<(.*?)>(.*)", said):
            call = Call(*begun.groups())
            if call.name not in SYNCS or call.text.endswith(" = 0"):
                calls.append(call)
            unfinished[pid] = call
        elif re.match(r" *<\.\.\. (fdatasync|fsync) resumed>.* = 0$", said):
            calls.append(unfinished[pid])
    return calls


def log_at_the_answer(calls: list[Call], held: Registration) -> list[Call]:
    """What had been done to the log when the first byte of the answer to this press left."""
    told = f"arrived as number {held.arrival_number} at"
    answer = next(call for call in calls if call.name in SENDS and told in call.text)
    assert answer.target.startswith("socket:")
    first = next(i for i, call in enumerate(calls) if call.target == answer.target)
    log = [call for call in calls[:first] if call.is_on_log]
    assert any(held.reference in call.text for call in log), "the registration was not written yet"
    return log


@contextmanager
def traced(
    config: Config, db: Database, trace: Path, program: str = MAIN
) -> Iterator[ServedInstance]:
    """A server whose system calls are in the file afterwards."""
    under = (*STRACE, "-e", CALLS, "-o", str(trace))
    with running(config, program, under) as server:
        yield ServedInstance(server, db)
        server.process.terminate()
        server.process.wait(timeout=30)


@pytest.mark.usefixtures("strace")
def test_a_press_is_on_disk_before_its_number_is_told(
    config: Config, db: Database, tmp_path: Path
) -> None:
    """One press alone, eight at once, one that brings its letter."""
    trace = tmp_path / "trace"
    with traced(config, db, trace) as served:
        debate, phones = served.ready(10)
        answers = served.fire([press(phones[0])])
        answers += served.fire([press(phone) for phone in phones[1:9]])
        answers += served.fire([press_whole(phones[9], a_letter())])
    assert [answer.status for answer in answers] == [200] * 10
    calls, listed = calls_of(trace), list_registrations(db, debate.id)
    assert len(listed) == 10
    for held in listed:
        assert log_at_the_answer(calls, held)[-1].name in SYNCS
    assert_the_letter_is_on_disk_before_its_row(calls, listed[-1].letter.stored_name)


def assert_the_letter_is_on_disk_before_its_row(calls: list[Call], stored_name: str) -> None:
    """Its bytes, then its name, then the row that names it."""
    arriving = stored_name.partition(".")[0] + ".part"
    steps = [
        next(i for i, call in enumerate(calls) if is_step(call))
        for is_step in (
            lambda call: call.name in SYNCS and call.target.endswith(arriving),
            lambda call: call.name in SYNCS and call.target.endswith("/letters"),
            lambda call: call.is_on_log and stored_name in call.text,
        )
    ]
    assert steps == sorted(steps)


@pytest.mark.usefixtures("strace")
def test_without_full_sync_the_number_is_told_before_the_log_is_synced(
    config: Config, db: Database, tmp_path: Path
) -> None:
    trace = tmp_path / "trace"
    with traced(config, db, trace, CARELESS) as served:
        debate, phones = served.ready(1)
        assert [answer.status for answer in served.fire([press(phones[0])])] == [200]
    [held] = list_registrations(db, debate.id)
    assert log_at_the_answer(calls_of(trace), held)[-1].name == "pwrite64"
