"""The process that opens strangers' files.

It runs as `python -m rostrum.letters.sandbox.child TASK FOLDER {} ...`.

It first limits itself (`{}` is `Limits` as JSON) and enters its cage, then does its task with the
files named last, each by its path and kind: `preview` draws every page of one, `document` makes one
PDF of all, and `check` reads none. Its output goes into FOLDER, and it answers with one line of
JSON: `{"pages": 2, "marks": []}`, with the numbers of blank pages and the names of signers, or
`{"refusal": "encrypted"}`, and to `check` with what holds it. The parent reads anything else (a
crash, an end by a limit) as a refusal too, so nothing is caught here merely to be tidy. Only a
fault of our own (a full disk, a missing library, a cage that does not close) ends with OUR_TROUBLE,
so that no letter is returned because of it.
"""

import json
import os
import resource
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from rostrum.letters.kinds import Kind
from rostrum.letters.limits import Limits
from rostrum.letters.refusals import LetterRefused
from rostrum.letters.sandbox.cage import enter_cage
from rostrum.letters.tasks import DOCUMENT, OUR_TROUBLE, Task

if TYPE_CHECKING:
    from PIL import Image

    from rostrum.letters.sandbox.pdf import Found

Answer = dict[str, object]
File = tuple[Path, Kind]


def main(arguments: list[str]) -> int:
    """Does one task and prints the answer; returns the exit status."""
    task, folder, limits, *rest = arguments
    files = [(Path(path), Kind(kind)) for path, kind in zip(rest[::2], rest[1::2], strict=True)]
    try:
        bounds = Limits(**json.loads(limits))
        restrict_this_process(bounds, threads=any(kind is Kind.HEIC for _, kind in files))
        held = enter_cage(Path(folder), [path for path, _ in files])
        answer = held if task == Task.CHECK else _do(Task(task), files, Path(folder), bounds)
    except (ImportError, OSError) as trouble:  # never the file's: see `_BROKEN` in `photo`
        print(trouble, file=sys.stderr)
        return OUR_TROUBLE
    print(json.dumps(answer, ensure_ascii=False))
    return 0


def restrict_this_process(limits: Limits, *, threads: bool = False) -> None:
    """Limits memory, CPU time, files and processes for good, never above the host's own limits.

    Other processes of the machine go first: a letter can wait, a press cannot.
    With `threads`, processes are not limited: the HEIC decoder starts a thread, Linux counts
    threads as processes, and it counts those of all programs of this user.
    """
    os.umask(0o077)
    os.nice(19)
    bounds = {
        resource.RLIMIT_AS: limits.address_space,
        resource.RLIMIT_CPU: limits.cpu_seconds,
        resource.RLIMIT_FSIZE: limits.file_bytes,
        resource.RLIMIT_NOFILE: limits.open_files,
        resource.RLIMIT_CORE: 0,  # a core file would leave the letter's content on the disk
    }
    if not threads:
        bounds[resource.RLIMIT_NPROC] = 0  # no process of its own could outlive it; root is exempt
    for what, bound in bounds.items():
        allowed = resource.getrlimit(what)[1]
        least = bound if allowed == resource.RLIM_INFINITY else min(bound, allowed)
        resource.setrlimit(what, (least, least))


def _do(task: Task, files: list[File], folder: Path, limits: Limits) -> Answer:
    try:
        if task is Task.DOCUMENT:
            return _make_document(files, folder, limits)
        return _draw_previews(files[0], folder, limits)
    except LetterRefused as refused:
        return {"refusal": refused.reason}


def _draw_previews(file: File, folder: Path, limits: Limits) -> Answer:
    from rostrum.letters.sandbox.preview import write_preview

    found, pages = _read(*file, limits)
    number, blank = 0, []
    for number, page in enumerate(pages, start=1):
        if write_preview(page, folder, number):
            blank.append(number)
    marks, signers = (found.marks, found.signers) if found else ((), [])
    return {"pages": number, "marks": sorted(marks), "blank": blank, "signers": signers}


def _read(path: Path, kind: Kind, limits: Limits) -> tuple["Found | None", Iterator["Image.Image"]]:
    """What is found and the pages, from the reader for this kind; importing one takes 50 ms or
    more."""
    if kind is Kind.PDF:
        from rostrum.letters.sandbox.pdf import read_pdf

        return read_pdf(path, limits)
    from rostrum.letters.sandbox.photo import draw_photo

    return None, iter([draw_photo(path.read_bytes(), kind, limits.preview_side, limits)])


def _make_document(files: list[File], folder: Path, limits: Limits) -> Answer:
    from rostrum.letters.sandbox.combining import write_document

    return {"pages": write_document(files, folder / DOCUMENT, limits), "marks": []}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
