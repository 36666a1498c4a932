"""Running the child once: its turn, folder, command, environment and end.

This module does not know what the child makes; `inspection` and `document` do. It works the same
in plain Python and under gevent.monkey.patch_all(), which makes `subprocess` cooperative: hence
`subprocess.Popen` is looked up when it is called.
"""

import contextlib
import json
import logging
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Hashable, Iterator
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import BinaryIO

from rostrum.letters.answers import ANSWER_BYTES, Inspection, read_answer
from rostrum.letters.fairness import FairTurns
from rostrum.letters.kinds import Kind
from rostrum.letters.limits import Limits
from rostrum.letters.refusals import LetterRefused, Refusal
from rostrum.letters.tasks import OUR_TROUBLE, Task

MAX_CHILDREN = 2
"""Children at once: as many as a small server has cores. Others wait for a turn (`fairness`)."""

OURS = "ours"
"""Whose the mission's own files are, which have a turn as those of a delegation: concept notes."""

_ENDED_BY_LIMIT = (None, -signal.SIGXCPU, -signal.SIGKILL)
"""None: the wall clock ran out. The kernel sends SIGKILL at the CPU limit, or out of memory."""

_log = logging.getLogger(__name__)


class InspectionFailed(Exception):
    """We could not inspect (full disk, no memory, broken installation); the file is not judged."""


class ChildKilled(InspectionFailed):
    """A filter of system calls around the server ended the child, whatever the file."""


@contextlib.contextmanager
def a_turn(target: Path, whose: Hashable) -> Iterator[Path]:
    """Waits for a turn of whose file it is; gives a new folder beside `target`, which is deleted
    with everything not moved out of it. Turns our own faults into InspectionFailed."""
    with _turns().turn(whose):
        try:
            part = Path(
                tempfile.mkdtemp(prefix=f"{target.name}.", suffix=".part", dir=target.parent)
            )
            try:
                yield part
            finally:
                shutil.rmtree(part, ignore_errors=True)
        except OSError as trouble:
            raise InspectionFailed(str(trouble)) from trouble


def run_child(
    task: Task, files: list[tuple[Path, Kind]], folder: Path, limits: Limits
) -> Inspection:
    """Has the child do its task with the files, working in `folder`; returns what it found.

    Raises the errors of `ask_child`, and LetterRefused for the child's own refusal and for garbage.
    """
    return read_answer(ask_child(task, files, folder, limits), limits)


def ask_child(task: Task, files: list[tuple[Path, Kind]], folder: Path, limits: Limits) -> bytes:
    """What the child answers, unread.

    Raises LetterRefused for any crash or end by a limit, and InspectionFailed if the child said
    that the fault is ours, or a filter around us ended it. OSError if no process could be started.
    """
    command = [str(task), str(folder), json.dumps(asdict(limits))]
    command += [str(part) for file in files for part in file]
    # Files, not pipes: the output of a hijacked child is limited and never fills our memory.
    with tempfile.TemporaryFile() as answer, tempfile.TemporaryFile() as complaint:
        status = _run(command, answer, complaint, limits.wall_seconds)
        if status in _ENDED_BY_LIMIT:
            raise LetterRefused(Refusal.TOOK_TOO_LONG)
        if status == OUR_TROUBLE:
            _log.error("inspection failed: %s", _last_line(complaint))
            raise InspectionFailed(_last_line(complaint))
        if status == -signal.SIGSYS:
            _log.error("inspection failed: a filter of system calls ended the child")
            raise ChildKilled("SIGSYS")
        if status != 0:
            _log.warning("inspection ended with status %s: %r", status, _last_line(complaint))
            raise LetterRefused(Refusal.UNREADABLE)
        return os.pread(answer.fileno(), ANSWER_BYTES, 0)


def _run(arguments: list[str], answer: BinaryIO, complaint: BinaryIO, seconds: float) -> int | None:
    """Runs the child and returns its status; None if it and all it started had to be ended."""
    process = subprocess.Popen(
        # -P keeps the working folder off the path; -S, because our own path is handed on as it
        # stands, however Rostrum was installed (wheel, editable, PYTHONPATH). -I would drop it.
        [sys.executable, "-P", "-S", "-m", "rostrum.letters.sandbox.child", *arguments],
        env={"PYTHONPATH": os.pathsep.join(filter(os.path.isabs, sys.path)), "LC_ALL": "C.UTF-8"},
        stdin=subprocess.DEVNULL,
        stdout=answer,
        stderr=complaint,
        cwd="/",
        start_new_session=True,
    )
    try:
        return process.wait(timeout=seconds)
    except subprocess.TimeoutExpired:
        return None
    finally:
        if process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


@cache
def _turns() -> FairTurns:
    """The turns of this process, made at first use, after gevent may have patched `threading`."""
    return FairTurns(MAX_CHILDREN)


def _last_line(complaint: BinaryIO) -> str:
    """The last line of the child's stderr, which names an exception; for our log only."""
    size = os.fstat(complaint.fileno()).st_size
    tail = os.pread(complaint.fileno(), 400, max(0, size - 400))
    return tail.decode(errors="replace").strip().rpartition("\n")[2]
