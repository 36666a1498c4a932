"""The process that opens strangers' files: `python -m rostrum.letters.child KIND PATH FOLDER {}`.

It bounds itself first (the last argument is `Limits` as JSON), then loads the one reader that the
kind needs, draws every page into FOLDER and answers with one line of JSON: `{"pages": 2}` or
`{"refusal": "encrypted"}`. Anything else it does (a crash, an end by a limit) the parent reads as
a refusal too, so nothing is caught here merely to be tidy. Only trouble that is ours (a full disk,
a missing library) ends with OUR_TROUBLE, so that nobody's letter is sent back for it.
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

if TYPE_CHECKING:
    from PIL import Image

OUR_TROUBLE = 70
"""Exit status (EX_SOFTWARE): this machine could not do the work; the file was not judged."""


def main(arguments: list[str]) -> int:
    """Inspect one file and print the answer; returns the exit status."""
    kind, path, folder, limits = arguments
    try:
        bounds = Limits(**json.loads(limits))
        restrict_this_process(bounds)
        answer = _inspect(Kind(kind), Path(path), Path(folder), bounds)
    except (ImportError, OSError) as trouble:  # never the file's: see `_BROKEN` in `photo`
        print(trouble, file=sys.stderr)
        return OUR_TROUBLE
    print(json.dumps(answer))
    return 0


def restrict_this_process(limits: Limits) -> None:
    """Bound memory, CPU time, files and processes for good, never above the host's own limits."""
    os.umask(0o077)
    for what, bound in (
        (resource.RLIMIT_AS, limits.address_space),
        (resource.RLIMIT_CPU, limits.cpu_seconds),
        (resource.RLIMIT_FSIZE, limits.file_bytes),
        (resource.RLIMIT_NOFILE, limits.open_files),
        (resource.RLIMIT_CORE, 0),  # a core file would leave the letter's content on the disk
        (resource.RLIMIT_NPROC, 0),  # no process of its own could outlive it (root is exempt)
    ):
        allowed = resource.getrlimit(what)[1]
        least = bound if allowed == resource.RLIM_INFINITY else min(bound, allowed)
        resource.setrlimit(what, (least, least))


def _inspect(kind: Kind, path: Path, folder: Path, limits: Limits) -> dict[str, int | str]:
    try:
        return {"pages": _write_pages(_read(kind, path, limits), folder)}
    except LetterRefused as refused:
        return {"refusal": refused.reason}


def _read(kind: Kind, path: Path, limits: Limits) -> Iterator["Image.Image"]:
    """The pages, from the reader for this kind; imported here, because each costs 50 to 150 ms."""
    if kind is Kind.PDF:
        from rostrum.letters.pdf import draw_pages

        yield from draw_pages(path, limits)
    else:
        from rostrum.letters.photo import draw_photo

        yield draw_photo(path, kind, limits)


def _write_pages(pages: Iterator["Image.Image"], folder: Path) -> int:
    from rostrum.letters.preview import write_preview

    number = 0
    for number, page in enumerate(pages, start=1):
        write_preview(page, folder, number)
    return number


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
