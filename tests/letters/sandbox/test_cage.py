"""The cage of the child: each act of a stranger's code is refused in it, and possible outside."""

import errno
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from rostrum.letters.document import combine
from rostrum.letters.inspection import InspectionFailed, inspect
from rostrum.letters.kinds import Kind
from rostrum.letters.sandbox import bpf, calls, seccomp
from rostrum.letters.tasks import OUR_TROUBLE
from tests.letters import factories
from tests.letters.sandbox.server_to_attack import NOBODY
from tests.letters.sandbox.stranger import ACTS

ENVIRONMENT = {"PYTHONPATH": os.pathsep.join([str(Path(__file__).parents[3]), *sys.path])}
REFUSALS = {errno.EACCES, errno.EPERM, errno.ENOSYS, errno.EXDEV}


@pytest.fixture
def place() -> Iterator[Path]:
    """An instance of an unprivileged user, where such a user can get to it."""
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        (place / "letters" / "a.part").mkdir(parents=True)
        for file in ("secret.key", "rostrum.db", "letters/a.pdf", "letters/b.pdf"):
            (place / file).write_bytes(b"%PDF")
        (place / "letters" / "a.part" / "0.webp").touch()
        if os.getuid() == 0:
            for each in (place, *place.rglob("*")):
                os.chown(each, NOBODY, NOBODY)
        yield place
        Path(f"{place}.stranger").unlink(missing_ok=True)


@contextmanager
def program(name: str, *arguments: str) -> Iterator[subprocess.Popen]:
    """One of our programs, running until its input ends."""
    with subprocess.Popen(
        [sys.executable, "-m", f"tests.letters.sandbox.{name}", *arguments],
        env=ENVIRONMENT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as started:
        yield started
        started.stdin.close()


@pytest.fixture(scope="module")
def stranger(whole_cage) -> Iterator[subprocess.Popen]:
    """What does the acts, beside a server at which they are aimed."""
    with (
        program("server_to_attack") as server,
        program("stranger", *server.stdout.readline().split()) as started,
    ):
        yield started


@pytest.fixture
def attack(stranger, place):
    """Does an act inside or outside the cage; 0 if it was done, else the errno."""

    def do(where: str, act: str) -> int:
        print(where, act, place, file=stranger.stdin, flush=True)
        return int(stranger.stdout.readline())

    return do


@pytest.mark.parametrize("act", sorted(ACTS))
def test_a_stranger_can_do_it_outside_the_cage_and_not_inside(attack, act):
    assert attack("inside", act) in REFUSALS
    assert attack("outside", act) == 0


HOSTILE = """
import os, sys
try:
    said = open({secret!r}).read()
except PermissionError:
    said = "refused"
print(said, file=sys.stderr, flush=True)
os._exit({status})
"""


@pytest.fixture
def hostile_reader(whole_cage, tmp_path, monkeypatch):
    """A reader whose import alone reads a file that is not the letter's, and says what it found."""
    (tmp_path / "secret.key").write_text("what it said")
    for name in ("PIL", "img2pdf"):
        package = tmp_path / "path" / name
        package.mkdir(parents=True)
        program = HOSTILE.format(secret=str(tmp_path / "secret.key"), status=OUR_TROUBLE)
        (package / "__init__.py").write_text(program)
    monkeypatch.setattr(sys, "path", [str(tmp_path / "path"), *sys.path])


def test_readers_are_loaded_inside_the_cage(hostile_reader, tmp_path):
    letter = tmp_path / "letter"
    letter.write_bytes(factories.a_png())
    with pytest.raises(InspectionFailed, match="refused"):
        inspect(letter, Kind.PNG, tmp_path / "letter.pages")
    with pytest.raises(InspectionFailed, match="refused"):
        combine([(letter, Kind.PNG)], tmp_path / "letter.pdf")
    outside = subprocess.run(
        [sys.executable, "-c", "import PIL"],
        env={"PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert outside.stderr == "what it said\n"


def test_letters_in_a_folder_of_programs_are_not_read(whole_cage, tmp_path, monkeypatch):
    (tmp_path / "PIL").mkdir()
    letter = tmp_path / "letter"
    letter.write_bytes(factories.a_png())
    monkeypatch.setattr(sys, "path", [*sys.path, str(tmp_path)])
    with pytest.raises(InspectionFailed, match="letters may not be kept in a folder of programs"):
        inspect(letter, Kind.PNG, tmp_path / "letter.pages")


def test_the_child_holds_no_descriptor_of_ours(child_is, tmp_path):
    child_is(
        "import os, sys\n"
        "def is_open(number):\n"
        "    try: os.fstat(number)\n"
        "    except OSError: return False\n"
        "    return True\n"
        "open(sys.argv[2] + '/1.webp', 'x')\n"
        'if not any(map(is_open, range(3, 999))): print(\'{"pages": 1, "marks": []}\')\n'
    )
    (tmp_path / "letter").write_bytes(factories.a_png())
    with (tmp_path / "secret.key").open("w") as ours:
        os.set_inheritable(ours.fileno(), True)
        assert inspect(tmp_path / "letter", Kind.PNG, tmp_path / "letter.pages").pages == 1


# --- The rules for both processors, of which a test can run on one only ----------------------

X86, ARM = seccomp.MACHINES.values()
ALLOWED, REFUSED, UNKNOWN = bpf.ALLOW, bpf.refuse(), bpf.refuse(errno.ENOSYS)
THREAD, PROCESS = 0x3D0F00, 0x1200011
"""The flags with which C libraries make them."""
OTHER = os.getpid() + 1


def judge(program: bpf.Program, machine: int, number: int, *arguments: int) -> int:
    """What the kernel does with a call: the program, run by hand."""
    call = {0: number, 4: machine} | {16 + 8 * n: value for n, value in enumerate(arguments)}
    at = seen = 0
    while True:
        code, if_true, if_false, value = program[at]
        at += 1
        match code:
            case 0x20:
                seen = call[value]
            case 0x54:
                seen &= value
            case 0x15:
                at += if_true if seen == value else if_false
            case 0x35:
                at += if_true if seen >= value else if_false
            case _:
                return value


@pytest.mark.parametrize(
    ("numbers", "arguments", "wanted"),
    [
        ((0, 63), (), ALLOWED),  # read
        ((9, 222), (), ALLOWED),  # mmap
        ((231, 94), (), ALLOWED),  # exit_group
        (calls.CLONE, (THREAD,), ALLOWED),
        (calls.CLONE, (PROCESS,), REFUSED),
        (calls.FCNTL, (0, 1), ALLOWED),
        (calls.FCNTL, (0, 8), REFUSED),
        (calls.FCNTL, (0, 10), REFUSED),
        (calls.FCNTL, (0, 15), REFUSED),
        (calls.OPENAT, (0, 0, os.O_CREAT | os.O_WRONLY), ALLOWED),
        (calls.OPENAT, (0, 0, os.O_TRUNC), REFUSED),
        (calls.PRLIMIT, (0,), ALLOWED),
        (calls.PRLIMIT, (OTHER,), REFUSED),
        (calls.TGKILL, (os.getpid(),), ALLOWED),
        (calls.TGKILL, (OTHER,), REFUSED),
        ((41, 198), (), REFUSED),  # socket
        ((59, 221), (), REFUSED),  # execve
        ((322, 281), (), REFUSED),  # execveat
        ((62, 129), (), REFUSED),  # kill
        ((101, 117), (), REFUSED),  # ptrace
        ((425, 425), (), UNKNOWN),  # io_uring_setup
        ((435, 435), (), UNKNOWN),  # clone3
        ((436, 436), (), ALLOWED),  # close_range
        ((9999, 9999), (), UNKNOWN),  # of a kernel that is not there yet
        ((0x4000_0000, 0x4000_0000), (), UNKNOWN),  # read, by the rules of x32
        ((0x4000_0208, 0x4000_0208), (), UNKNOWN),  # execve, by the rules of x32
    ],
)
def test_both_processors_have_the_same_rules(numbers, arguments, wanted):
    for machine, name, number in zip(seccomp.MACHINES, (X86, ARM), numbers, strict=True):
        assert judge(seccomp.build_program(machine), name, number, *arguments) == wanted


def test_a_call_by_the_rules_of_another_processor_ends_the_child():
    i386 = 0x4000_0003
    for machine in seccomp.MACHINES:
        assert judge(seccomp.build_program(machine), i386, 0) == bpf.KILL
