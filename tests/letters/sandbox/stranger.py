"""A program that does forbidden acts, in the cage or outside: what a letter's code might do.

It runs as an unprivileged user, like a mission's server, and has everything loaded before it is
one: the interpreter of whoever tests as root is not for others to read. It reads a line for each
act (inside or outside, the act, the instance's folder), has a process of its own do it, and says 0
if it was done, else the errno that says why not.
"""

import ctypes
import fcntl
import mmap
import os
import resource
import select
import socket
import sys
import traceback
from dataclasses import dataclass
from pathlib import Path

from rostrum.letters.limits import LIMITS
from rostrum.letters.sandbox import cage, kernel, landlock, seccomp
from rostrum.letters.sandbox.child import restrict_this_process
from tests.letters.sandbox.server_to_attack import become_nobody

libc = ctypes.CDLL(None, use_errno=True)
TRUE = Path("/bin/true").read_bytes()
LOADED = (mmap, landlock, select, seccomp, kernel, "".encode("idna"))
"""What acts need and may not load any more."""


@dataclass(frozen=True)
class Scene:
    """An instance, and the server that an act is aimed at with the address of its secret."""

    place: Path
    server: int
    port: int
    address: int

    @property
    def key(self) -> Path:
        return self.place / "secret.key"

    @property
    def database(self) -> Path:
        return self.place / "rostrum.db"

    @property
    def letters(self) -> Path:
        return self.place / "letters"

    @property
    def letter(self) -> Path:
        """The one that the child is to read."""
        return self.letters / "a.pdf"

    @property
    def folder(self) -> Path:
        """The child's own, in which it has made a preview."""
        return self.letters / "a.part"

    @property
    def preview(self) -> Path:
        return self.folder / "0.webp"

    @property
    def next(self) -> Path:
        """The name of a preview that is not there yet."""
        return self.folder / "1.webp"


def checked(result: int) -> int:
    """The result of a C function; OSError for a negative one."""
    if result < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    return result


def exec_from_memory(_: Scene) -> None:
    """Starts a program that is no file."""
    program = os.memfd_create("true", 0)
    os.write(program, TRUE)
    os.execve(program, ["true"], {})  # noqa: S606


def fork(_: Scene) -> None:
    """Starts a process that could outlive this one."""
    child = os.fork()
    if child == 0:
        os._exit(0)
    os.waitpid(child, 0)


def connect(family: socket.AddressFamily, target: object) -> None:
    """Opens a connection."""
    with socket.socket(family) as opened:
        opened.connect(target)


def send_datagram(at: Scene) -> None:
    """Sends something by UDP."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as opened:
        opened.sendto(b"the key", ("127.0.0.1", at.port))


def trace(at: Scene) -> None:
    """Takes the server over as a debugger does."""
    libc.ptrace.argtypes = [ctypes.c_long, ctypes.c_long, ctypes.c_void_p, ctypes.c_void_p]
    checked(libc.ptrace(16, at.server, None, None))
    os.waitpid(at.server, 0x40000000)
    checked(libc.ptrace(17, at.server, None, None))


def read_memory(at: Scene) -> None:
    """Reads the server's memory as a file."""
    with Path(f"/proc/{at.server}/mem").open("rb", buffering=0) as memory:
        memory.seek(at.address)
        assert memory.read(6) == b"secret"


def read_memory_by_call(at: Scene) -> None:
    """Reads the server's memory, asking the kernel."""
    found = ctypes.create_string_buffer(6)
    here = (ctypes.c_void_p * 2)(ctypes.addressof(found), 6)
    there = (ctypes.c_void_p * 2)(at.address, 6)
    checked(libc.process_vm_readv(at.server, here, 1, there, 1, 0))
    assert found.raw == b"secret"


def have_it_signalled(at: Scene) -> None:
    """Has the kernel send the server a signal when a pipe is written to."""
    reading, _ = os.pipe()
    fcntl.fcntl(reading, fcntl.F_SETOWN, at.server)


def share_memory(_: Scene) -> None:
    """Makes memory that other processes of this user can take up."""
    libc.shmctl(checked(libc.shmget(0, 4096, 0o600)), 0, None)


ACTS = {
    "change_its_letter": lambda at: at.letter.open("ab"),
    "connect_by_a_name": lambda at: connect(socket.AF_UNIX, f"\0rostrum-{at.server}"),
    "connect_by_a_path": lambda at: connect(socket.AF_UNIX, f"/tmp/rostrum-{at.server}"),
    "connect_by_tcp": lambda at: connect(socket.AF_INET, ("127.0.0.1", at.port)),
    "date_a_file_back": lambda at: os.utime(at.database, (1, 1)),
    "delete_another_letter": lambda at: (at.letters / "b.pdf").unlink(),
    "empty_its_letter": lambda at: os.open(at.letter, os.O_RDONLY | os.O_TRUNC),
    "empty_the_database": lambda at: os.truncate(at.database, 0),
    "exec_a_program": lambda _: os.execv("/bin/true", ["true"]),  # noqa: S606
    "exec_from_memory": exec_from_memory,
    "fork": fork,
    "have_the_server_signalled": have_it_signalled,
    "hold_the_server_to_one_core": lambda at: os.sched_setaffinity(at.server, {0}),
    "limit_the_server": lambda at: resource.prlimit(at.server, resource.RLIMIT_CORE, (0, 0)),
    "link_a_file_in": lambda at: at.next.hardlink_to(at.key),
    "link_a_file_out": lambda at: (at.letters / "d.pdf").hardlink_to(at.preview),
    "link_within_its_folder": lambda at: at.next.hardlink_to(at.preview),
    "list_its_own_folder": lambda at: list(at.folder.iterdir()),
    "list_letters": lambda at: list(at.letters.iterdir()),
    "listen_by_tcp": lambda _: socket.create_server(("127.0.0.1", 0)).close(),
    "make_a_folder": lambda at: (at.folder / "deeper").mkdir(),
    "make_a_pipe": lambda at: os.mkfifo(at.next),
    "move_a_file_in": lambda at: at.key.rename(at.next),
    "move_a_file_out": lambda at: at.preview.rename(at.letters / "d.pdf"),
    "open_the_key_to_others": lambda at: at.key.chmod(0o644),
    "pair_sockets": lambda _: socket.socketpair(),
    "point_at_a_file": lambda at: at.next.symlink_to(at.key),
    "read_another_letter": lambda at: (at.letters / "b.pdf").read_bytes(),
    "read_the_database": lambda at: at.database.read_bytes(),
    "read_the_key": lambda at: at.key.read_bytes(),
    "read_the_servers_memory": read_memory,
    "read_the_servers_memory_by_call": read_memory_by_call,
    "read_the_users_of_the_machine": lambda _: Path("/etc/passwd").read_bytes(),
    "read_what_runs": lambda at: Path(f"/proc/{at.server}/cmdline").read_bytes(),
    "send_by_udp": send_datagram,
    "share_memory": share_memory,
    "signal_the_server": lambda at: os.kill(at.server, 10),
    "signal_the_server_by_a_handle": lambda at: os.pidfd_open(at.server),
    "slow_the_server_down": lambda at: os.setpriority(os.PRIO_PROCESS, at.server, 19),
    "trace_the_server": trace,
    "write_outside": lambda at: (at.letters / "c.pdf").write_bytes(b"%PDF"),
    "write_the_database": lambda at: at.database.open("ab"),
    "write_where_all_may": lambda at: Path(f"{at.place}.stranger").touch(),
}
"""What must not be possible."""


def do(where: str, act: str, at: Scene) -> int:
    """Does the act for good; 0, or the errno."""
    restrict_this_process(LIMITS, threads=True)  # as for a HEIC: only the cage forbids processes
    try:
        if where == "inside":
            assert cage.enter_cage(at.folder, [at.letter])["seccomp"]
        ACTS[act](at)
    except OSError as refusal:
        return refusal.errno
    except Exception:
        traceback.print_exc()
        return 255
    return 0


def main() -> None:
    """Does what each line says."""
    server, port, address = map(int, sys.argv[1:])
    become_nobody()
    for line in sys.stdin:
        where, act, place = line.split()
        child = os.fork()
        if child == 0:
            os._exit(do(where, act, Scene(Path(place), server, port, address)))
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)


if __name__ == "__main__":
    main()
