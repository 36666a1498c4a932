"""Calls to the kernel that Python has no name for. Used by the child process only, on Linux."""

import ctypes
import os

_SET_NO_NEW_PRIVS = 38

_libc = ctypes.CDLL(None, use_errno=True)


def call(number: int, *arguments: int | bytes | None) -> int:
    """The result of a system call by its number; OSError with the kernel's errno."""
    return _checked(_libc.syscall(ctypes.c_long(number), *map(_wide, arguments)))


def prctl(option: int, *arguments: int | bytes | None) -> int:
    """The result of an operation on this process; OSError with the kernel's errno."""
    rest = [*arguments, 0, 0, 0, 0][:4]
    return _checked(_libc.prctl(ctypes.c_int(option), *map(_wide, rest)))


def forbid_new_privileges() -> None:
    """No program started from here gains rights, for good; filters may then be set without any."""
    prctl(_SET_NO_NEW_PRIVS, 1)


def _wide(argument: int | bytes | None) -> object:
    """Whole registers: a C int would leave the upper half of one undefined."""
    return ctypes.c_ulong(argument) if isinstance(argument, int) else argument


def _checked(result: int) -> int:
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
    return result
