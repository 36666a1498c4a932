"""What the readers of letters may read besides the letter: programs, fonts and their settings.

Nothing here holds anybody's data. A path that does not exist is no fault.
"""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

_LIBRARIES = (
    "/lib", "/lib64", "/usr/lib", "/usr/lib64", "/usr/local/lib", "/nix/store",
    "/etc/ld.so.cache",
)  # fmt: skip
_FONTS = (
    "/etc/fonts", "/usr/share/fontconfig", "/usr/share/fonts", "/usr/local/share/fonts",
    "/usr/share/X11/fonts", "/var/cache/fontconfig",
)  # fmt: skip
_SETTINGS = (
    "/etc/localtime", "/usr/share/locale",
    # libcrypto reads these when Python's hashes are loaded.
    "/etc/ssl/openssl.cnf", "/etc/pki/tls/openssl.cnf", "/etc/crypto-policies",
)  # fmt: skip
_DEVICES = ("/dev/null", "/dev/urandom")

_READERS = ("PIL", "pikepdf", "pypdfium2", "pillow_heif", "img2pdf.py")


def readable_paths() -> Iterator[str]:
    """Folders and files, of which some may not exist or come twice."""
    yield from (*_LIBRARIES, *_FONTS, *_SETTINGS, *_DEVICES)
    for prefix in {sys.prefix, sys.base_prefix}:
        yield from (f"{prefix}/{name}" for name in ("lib", "lib64"))
    yield str(Path(os.__file__).parent)
    yield str(Path(__file__).parents[2])  # our own package
    yield from filter(_has_a_reader, sys.path)


def _has_a_reader(entry: str) -> bool:
    """Only such entries of the path: another may be somebody's home, or hold the instance."""
    return any(os.access(f"{entry}/{name}", os.R_OK) for name in _READERS)
