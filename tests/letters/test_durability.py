"""A letter is on the disk before any row says so: seen from the kernel's side."""

import os
import re
import shutil
import subprocess
import sys
import textwrap
from itertools import pairwise

import pytest

from tests.letters import factories
from tests.missing_programs import skip_or_fail

OPEN = textwrap.dedent("""
    import sqlite3, sys
    from pathlib import Path
    from rostrum.letters.files import LetterFiles

    folder = Path(sys.argv[1])
    db = sqlite3.connect(folder / "rostrum.db", isolation_level=None)
    db.execute("pragma journal_mode = wal")
    db.execute("pragma synchronous = full")
    db.execute("create table letter (size integer)")
    upload = folder / "upload"
""")
STORE = 'LetterFiles(folder / "letters").store(upload.open("rb"))\n'
COMMIT = 'db.execute("insert into letter values (?)", (upload.stat().st_size,))\n'

LETTER = r"/letters/[0-9a-f]{32}"
ORDER = {
    "the letter is written": rf"write\(\d+<.*{LETTER}\.part>, .*",
    "its content is on the disk": rf"(fsync|fdatasync)\(\d+<.*{LETTER}\.part>\).* = 0",
    "it gets its name": rf"rename(at2?)?\(.*{LETTER}\.part.*{LETTER}\.pdf.*\).* = 0",
    "the name is on the disk": r"fsync\(\d+<.*/letters>\).* = 0",
    "the row is written": r"pwrite64\(\d+<.*/rostrum\.db-wal>, .*",
    "the row is on the disk": r"(fsync|fdatasync)\(\d+<.*/rostrum\.db-wal>\).* = 0",
}


@pytest.fixture
def trace(tmp_path):
    """Runs a program on an upload, under strace; gives its calls to the kernel, in order."""
    log = tmp_path / "trace"
    calls = "trace=write,pwrite64,fsync,fdatasync,?rename,?renameat,?renameat2"
    strace = ["strace", "-y", "-o", log, "-e", calls]
    if not can_run([*strace, "true"]):
        skip_or_fail("strace is not installed or may not trace here")
    (tmp_path / "upload").write_bytes(factories.a_pdf())

    def run(program: str) -> list[str]:
        command = [*strace, sys.executable, "-c", program, tmp_path]
        subprocess.run(command, env={"PYTHONPATH": os.pathsep.join(sys.path)}, check=True)
        return log.read_text().splitlines()

    return run


def can_run(command: list) -> bool:
    return (
        shutil.which(command[0]) is not None
        and subprocess.run(command, capture_output=True, check=False).returncode == 0
    )


def check_order(calls: list[str]) -> None:
    last = {what: last_of(calls, pattern) for what, pattern in ORDER.items()}
    for before, after in pairwise(ORDER):
        assert last[before] < last[after], f"first {before}, then {after}"


def last_of(calls: list[str], pattern: str) -> int:
    """Where the last call of this kind stands; there must be one."""
    places = [number for number, call in enumerate(calls) if re.fullmatch(pattern, call)]
    assert places, pattern
    return places[-1]


def test_content_and_name_are_on_the_disk_before_the_row(trace):
    check_order(trace(OPEN + STORE + COMMIT))


def test_a_row_that_comes_first_is_seen(trace):
    calls = trace(OPEN + COMMIT + STORE)
    with pytest.raises(AssertionError, match="first the name is on the disk, then the row"):
        check_order(calls)
