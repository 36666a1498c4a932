"""Running the inspection child once: its command, its surroundings, its end, its answer.

Knows processes and nothing of folders or previews; those are `inspection`'s. Works alike in plain
Python and under gevent.monkey.patch_all(), which makes `subprocess` cooperative: hence
`subprocess.Popen` is looked up when it is called.
"""

import contextlib
import json
import logging
import os
import signal
import subprocess
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import BinaryIO

from rostrum.letters.child import OUR_TROUBLE
from rostrum.letters.kinds import Kind
from rostrum.letters.limits import Limits
from rostrum.letters.refusals import LetterRefused, Refusal

_ANSWER_BYTES = 200
_ENDED_BY_LIMIT = (None, -signal.SIGXCPU, -signal.SIGKILL)
"""None: the wall clock ran out. The kernel sends SIGKILL at the CPU limit, or out of memory."""

_log = logging.getLogger(__name__)


class InspectionFailed(Exception):
    """We could not inspect (full disk, no memory, broken installation); the file is not judged."""


def run_child(kind: Kind, path: Path, folder: Path, limits: Limits) -> int:
    """Have the child draw the file's pages into `folder`; returns their number.

    Raises LetterRefused for the child's own refusal, for any crash, garbage or end by a limit, and
    InspectionFailed where the child said that the trouble is ours. OSError where no process could
    be started.
    """
    command = [str(kind), str(path), str(folder), json.dumps(asdict(limits))]
    # Files, not pipes: what a hijacked child writes is bounded and never fills our memory.
    with tempfile.TemporaryFile() as answer, tempfile.TemporaryFile() as complaint:
        status = _run(command, answer, complaint, limits.wall_seconds)
        if status in _ENDED_BY_LIMIT:
            raise LetterRefused(Refusal.TOOK_TOO_LONG)
        if status == OUR_TROUBLE:
            raise InspectionFailed(_last_line(complaint))
        if status != 0:
            _log.warning("inspection ended with status %s: %r", status, _last_line(complaint))
            raise LetterRefused(Refusal.UNREADABLE)
        return _read_answer(os.pread(answer.fileno(), _ANSWER_BYTES, 0), limits)


def _run(arguments: list[str], answer: BinaryIO, complaint: BinaryIO, seconds: float) -> int | None:
    """Run the child and return its status, or None where it and all it started had to be ended."""
    process = subprocess.Popen(
        # -P keeps the working folder off the path; -S, because our own path is handed on as it
        # stands, however Rostrum was installed (wheel, editable, PYTHONPATH). -I would drop it.
        [sys.executable, "-P", "-S", "-m", "rostrum.letters.child", *arguments],
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


def _read_answer(line: bytes, limits: Limits) -> int:
    try:
        answer = json.loads(line)
    except ValueError:
        answer = None
    match answer:
        case {"pages": int(pages)} if 1 <= pages <= limits.pages:
            return pages
        case {"refusal": str(reason)} if reason in list(Refusal):
            raise LetterRefused(Refusal(reason), **_values(Refusal(reason), limits))
    _log.warning("inspection answered garbage: %r", line)
    raise LetterRefused(Refusal.UNREADABLE)


def _values(reason: Refusal, limits: Limits) -> dict[str, int]:
    """What the refusal's sentence needs; taken from our limits, never from the child."""
    if reason is Refusal.TOO_MANY_PAGES:
        return {"limit": limits.pages}
    if reason is Refusal.TOO_MANY_PIXELS:
        return {"limit": limits.pixels // 1_000_000}
    return {}


def _last_line(complaint: BinaryIO) -> str:
    """The end of the child's stderr, for our log only: there an exception names itself."""
    size = os.fstat(complaint.fileno()).st_size
    tail = os.pread(complaint.fileno(), 400, max(0, size - 400))
    return tail.decode(errors="replace").strip().rpartition("\n")[2]
