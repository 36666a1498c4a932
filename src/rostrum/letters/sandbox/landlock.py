"""Keeps this process from files, TCP and other processes, by Landlock. Used by the child only.

Numbers and bits are those of the kernel's `landlock.h`; the three calls have the same numbers on
every processor. What Landlock does not cover (changing modes, names by descriptor, older kernels'
network and signals) is refused by `seccomp`.
"""

import errno
import os
import stat
import struct
from collections.abc import Iterable, Iterator
from pathlib import Path

from rostrum.letters.sandbox import kernel
from rostrum.letters.sandbox.readable import readable_paths
from rostrum.letters.tasks import Landlock

CREATE_RULESET, ADD_RULE, RESTRICT_SELF = 444, 445, 446

_WRITE_FILE, _READ_FILE, _READ_DIR, _MAKE_REG = 1 << 1, 1 << 2, 1 << 3, 1 << 8
_READ = _READ_FILE | _READ_DIR
_FILE_BITS = {1: 13, 2: 14, 3: 15, 4: 15}
"""How many rights on files a version of Landlock knows; 16 since version 5."""
_NEWEST_FILE_BITS = 16
_TCP = 0b11
"""Binding and connecting, since version 4."""
_SCOPES = 0b11
"""Abstract sockets and signals, since version 6."""
_MISSING = (errno.ENOSYS, errno.EOPNOTSUPP)


class _Refused(Exception):
    """A filter set around this process refuses one of Landlock's calls."""


def confine(folder: Path, files: Iterable[Path]) -> tuple[Landlock, int]:
    """Leaves this process the libraries and the files to read and the folder to write, for good.

    Whether it holds, and the version in this kernel (0 if it does not). OSError for any fault but
    a kernel without Landlock or a filter that refuses it, and if the folder is in a place that all
    readers may read: other letters would lie open.
    """
    try:
        version = _version()
        if version:
            _restrict(_ruleset(version), folder, files)
    except _Refused:
        return Landlock.REFUSED, 0
    return (Landlock.HOLDS if version else Landlock.MISSING), version


def _version() -> int:
    try:
        return _call(CREATE_RULESET, None, 0, 1)
    except OSError as trouble:
        if trouble.errno in _MISSING:
            return 0
        raise


def _ruleset(version: int) -> int:
    """A descriptor of rules by which nothing is allowed that this version can forbid."""
    rights = (1 << _FILE_BITS.get(version, _NEWEST_FILE_BITS)) - 1
    handled = [rights] + [_TCP] * (version >= 4) + [_SCOPES] * (version >= 6)
    attributes = struct.pack(f"={len(handled)}Q", *handled)
    return _call(CREATE_RULESET, attributes, len(attributes), 0)


def _restrict(rules: int, folder: Path, files: Iterable[Path]) -> None:
    above = set(_ids_above(folder))
    for path, place in _opened(readable_paths()):
        if _allow(rules, place, _READ) in above:
            raise OSError(errno.EINVAL, "letters may not be kept in a folder of programs", path)
    for file in files:
        _allow(rules, _open(file), _READ)
    _allow(rules, _open(folder), _WRITE_FILE | _MAKE_REG)
    _call(RESTRICT_SELF, rules, 0)
    os.close(rules)


def _opened(paths: Iterable[str]) -> Iterator[tuple[str, int]]:
    """The paths that there are and to which this user can get, each with a descriptor."""
    for path in paths:
        try:
            place = _open(path)
        except (FileNotFoundError, NotADirectoryError, PermissionError):
            continue
        yield path, place


def _open(path: str | Path) -> int:
    return os.open(path, os.O_PATH | os.O_CLOEXEC)


def _allow(rules: int, place: int, rights: int) -> tuple[int, int]:
    """Allows the rights on a file or beneath a folder, and closes it; returns its identity."""
    try:
        found = os.fstat(place)
        if not stat.S_ISDIR(found.st_mode):
            rights &= _WRITE_FILE | _READ_FILE
        _call(ADD_RULE, rules, 1, struct.pack("=Qi", rights, place), 0)
    finally:
        os.close(place)
    return found.st_dev, found.st_ino


def _ids_above(folder: Path) -> Iterator[tuple[int, int]]:
    """The identities of the folder and of all folders that it is in."""
    place = folder.resolve()
    for each in (place, *place.parents):
        found = each.stat()
        yield found.st_dev, found.st_ino


def _call(number: int, *arguments: int | bytes | None) -> int:
    try:
        return kernel.call(number, *arguments)
    except PermissionError as refusal:
        if refusal.errno == errno.EPERM:  # the kernel itself has no reason to say so here
            raise _Refused from refusal
        raise
