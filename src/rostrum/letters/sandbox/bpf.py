"""Programs that the kernel runs at each system call of this process (classic BPF, seccomp).

An instruction is (code, how many to skip if true, how many if false, value); see the kernel's
`seccomp_filter.rst`. Used by the child process only.
"""

import ctypes
import errno
import struct

from rostrum.letters.sandbox import kernel

Instruction = tuple[int, int, int, int]
Program = list[Instruction]

ALLOW, KILL = 0x7FFF_0000, 0x8000_0000
_ERRNO = 0x0005_0000
_SET_SECCOMP, _FILTER = 22, 2

NUMBER: Instruction = (0x20, 0, 0, 0)
"""Looks at the number of the call."""
MACHINE: Instruction = (0x20, 0, 0, 4)
"""Looks at the kind of processor by whose rules the call is made."""


def argument(position: int) -> Instruction:
    """Looks at the lower half of an argument of the call."""
    return (0x20, 0, 0, 16 + 8 * position)


def keep_bits(bits: int) -> Instruction:
    """Forgets the other bits of what is looked at."""
    return (0x54, 0, 0, bits)


def answer(action: int) -> Instruction:
    """Ends the program."""
    return (0x06, 0, 0, action)


def refuse(number: int = errno.EPERM) -> int:
    """The action of not doing the call, with an errno."""
    return _ERRNO | number


def if_equal(value: int, then: Program) -> Program:
    """Runs these instructions if what is looked at is the value."""
    return [(0x15, 0, len(then), value), *then]


def unless_equal(value: int, then: Program) -> Program:
    """Runs these instructions if what is looked at is anything else."""
    return [(0x15, len(then), 0, value), *then]


def if_at_least(value: int, then: Program) -> Program:
    """Runs these instructions if what is looked at is the value or more."""
    return [(0x35, 0, len(then), value), *then]


def exists() -> bool:
    """Whether this kernel has such filters; if something refuses to say, it is taken to have them,
    and the program cannot be installed."""
    try:
        kernel.prctl(_SET_SECCOMP, _FILTER, None)
    except OSError as trouble:
        return trouble.errno != errno.EINVAL  # EFAULT: it looked for a program at no address
    return True


def install(program: Program) -> None:
    """Puts the program around this process for good; OSError if the kernel does not take it."""
    code = ctypes.create_string_buffer(b"".join(struct.pack("=HBBI", *each) for each in program))
    head = struct.pack("@HP", len(program), ctypes.addressof(code))
    kernel.prctl(_SET_SECCOMP, _FILTER, head)
