"""What may be taken from the child: plain files of its own. The web process will serve them."""

import os
import stat
from pathlib import Path


def is_own_file(path: Path | str) -> bool:
    """Whether this is a regular file that has no other name. A link would give out, under the name
    of a preview, whatever the server may read."""
    try:
        found = os.lstat(path)
    except FileNotFoundError:
        return False
    return stat.S_ISREG(found.st_mode) and found.st_nlink == 1
