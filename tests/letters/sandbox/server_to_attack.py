"""A process of an unprivileged user that has a secret, listens, and lets itself be traced.

It says its id, its port and the address of its secret, and ends with its standard input.
"""

import ctypes
import os
import signal
import socket
import sys
from pathlib import Path

NOBODY = 65534
_SET_DUMPABLE, _SET_PTRACER, _ANY = 4, 0x59616D61, ctypes.c_ulong(-1)


def become_nobody() -> None:
    """Whoever runs the tests as root goes on as somebody without any rights."""
    if os.getuid() == 0:
        os.setgroups([])
        os.setresgid(NOBODY, NOBODY, NOBODY)
        os.setresuid(NOBODY, NOBODY, NOBODY)


def main() -> None:
    """Waits to be attacked."""
    become_nobody()
    libc = ctypes.CDLL(None)
    libc.prctl(_SET_DUMPABLE, 1, 0, 0, 0)
    libc.prctl(_SET_PTRACER, _ANY, 0, 0, 0)
    signal.signal(signal.SIGUSR1, signal.SIG_IGN)
    secret = ctypes.create_string_buffer(b"secret")
    by_tcp = socket.create_server(("127.0.0.1", 0), backlog=99)
    path = Path(f"/tmp/rostrum-{os.getpid()}")
    others = [socket.socket(socket.AF_UNIX) for _ in range(2)]
    for opened, name in zip(others, (str(path), f"\0rostrum-{os.getpid()}"), strict=True):
        opened.bind(name)
        opened.listen(99)
    print(os.getpid(), by_tcp.getsockname()[1], ctypes.addressof(secret), flush=True)
    sys.stdin.read()
    path.unlink()


if __name__ == "__main__":
    main()
