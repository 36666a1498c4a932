"""Shuts this process into a cage, with the one letter, its own folder and the libraries."""

import sys
from pathlib import Path

from rostrum.letters.tasks import Landlock


def enter_cage(folder: Path, files: list[Path]) -> dict[str, object]:
    """Restricts this process for good, and says what holds.

    Where the system has no such means, or a filter around us refuses Landlock, the rest is done and
    the answer says so: letters must be read. Any other fault is an OSError, and nothing is read.
    """
    if sys.platform != "linux":
        return {"landlock": Landlock.MISSING, "abi": 0, "seccomp": False}
    from rostrum.letters.sandbox import kernel, landlock, seccomp

    kernel.forbid_new_privileges()
    held, version = landlock.confine(folder, files)
    return {"landlock": held, "abi": version, "seccomp": seccomp.filter_calls()}
