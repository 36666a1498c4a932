"""Refuses system calls that no reader of letters needs. Used by the child process only.

It stands beside Landlock: no network, no other program, no new process (threads are allowed: the
HEIC decoder needs one), no change of what is there. It is a list of what is refused, because what
libraries need differs between their versions; a new kernel's calls are refused unseen.
"""

import errno
import os
import sys
from collections.abc import Iterable, Iterator

from rostrum.letters.sandbox import bpf, calls

MACHINES = {"x86_64": 0xC000_003E, "aarch64": 0xC000_00B7}
"""The name by which the kernel tells a call's processor, in the order of the columns in `calls`."""

_CLONE_THREAD = 0x0001_0000
_F_SETSIG, _F_SETOWN, _F_SETOWN_EX = 10, 8, 15
"""Commands of fcntl by which a file's news become signals to any process."""

_REFUSE = bpf.answer(bpf.refuse())
_ALLOW = bpf.answer(bpf.ALLOW)


def filter_calls() -> bool:
    """Refuses the calls for good; whether this kernel can, on a processor that is known here.
    OSError if it can and does not."""
    machine = os.uname().machine
    if machine not in MACHINES or sys.maxsize < 2**32 or not bpf.exists():
        return False
    bpf.install(build_program(machine))
    return True


def build_program(machine: str) -> bpf.Program:
    """The rules for a processor, as a program for the kernel."""
    column = list(MACHINES).index(machine)
    denied = [numbers[column] for numbers in calls.REFUSED.values()]
    unknown = bpf.answer(bpf.refuse(errno.ENOSYS))
    recent = _each(calls.KNOWN_RECENT.values(), _ALLOW)
    return [
        bpf.MACHINE,  # by another processor's rules the numbers mean other calls
        *bpf.unless_equal(MACHINES[machine], [bpf.answer(bpf.KILL)]),
        bpf.NUMBER,
        *bpf.if_at_least(calls.RECENT, [*recent, unknown]),
        *_each((number for number in denied if number is not None), _REFUSE),
        *_by_arguments(column),
        _ALLOW,
    ]


def _each(values: Iterable[int], then: bpf.Instruction) -> bpf.Program:
    return [part for value in values for part in bpf.if_equal(value, [then])]


def _by_arguments(column: int) -> Iterator[bpf.Instruction]:
    """Calls of which some are needed. clone3 is unknown, so that libraries fall back to clone,
    whose flags can be seen."""
    only_threads = [bpf.keep_bits(_CLONE_THREAD), *bpf.if_equal(0, [_REFUSE])]
    no_signals = _each((_F_SETSIG, _F_SETOWN, _F_SETOWN_EX), _REFUSE)
    # Landlock's first versions do not see that opening a file empties it.
    no_emptying = [bpf.keep_bits(os.O_TRUNC), *bpf.if_equal(os.O_TRUNC, [_REFUSE])]
    rules = (
        (calls.CLONE, 0, only_threads),
        (calls.FCNTL, 1, no_signals),
        (calls.OPEN, 1, no_emptying),
        (calls.OPENAT, 2, no_emptying),
        (calls.PRLIMIT, 0, [*bpf.if_equal(0, [_ALLOW]), _REFUSE]),  # its own limits only
        (calls.TGKILL, 0, [*bpf.if_equal(os.getpid(), [_ALLOW]), _REFUSE]),  # abort() needs it
    )
    for numbers, position, judged in rules:
        if numbers[column] is not None:
            rest = [bpf.argument(position), *judged, _ALLOW]
            yield from bpf.if_equal(numbers[column], rest)
