"""What a child says of its cage, whatever filter the service puts around the server."""

import errno
import json
import os
import subprocess
import sys

import pytest

from rostrum.letters.cage import CageState, Lack
from rostrum.letters.cage_check import CageReport, ask_cage
from rostrum.letters.sandbox import bpf
from rostrum.letters.sandbox.landlock import ADD_RULE, CREATE_RULESET, RESTRICT_SELF
from rostrum.letters.tasks import Landlock
from tests.letters import factories

LANDLOCK = (CREATE_RULESET, ADD_RULE, RESTRICT_SELF)
SET_SECCOMP = 22

UNDER_A_FILTER = """
import json, logging, sys
from pathlib import Path
from rostrum.letters.cage_check import CageReport
from rostrum.letters.inspection import InspectionFailed, inspect
from rostrum.letters.kinds import Kind
from rostrum.letters.sandbox import bpf, kernel

folder = Path(sys.argv[1])
kernel.forbid_new_privileges()
bpf.install([tuple(each) for each in json.loads(sys.argv[2])])
lack = CageReport(folder / "letters").ask().lack
try:
    read = inspect(folder / "letter", Kind.PNG, folder / "letter.pages").pages
except InspectionFailed:
    read = 0
print(json.dumps([lack, read]))
"""


def like_systemd(action: int, numbers: tuple[int, ...] = LANDLOCK) -> bpf.Program:
    """A filter that treats these calls so and allows all others, as `@system-service` does."""
    judged = [part for number in numbers for part in bpf.if_equal(number, [bpf.answer(action)])]
    return [bpf.NUMBER, *judged, bpf.answer(bpf.ALLOW)]


def against_filters(action: int) -> bpf.Program:
    """A filter under which no other may be set."""
    looked = [bpf.argument(0), *bpf.if_equal(SET_SECCOMP, [bpf.answer(action)])]
    return [bpf.NUMBER, *bpf.if_equal(PRCTL, looked), bpf.answer(bpf.ALLOW)]


PRCTL = {"x86_64": 157, "aarch64": 167}.get(os.uname().machine)


@pytest.fixture
def under(whole_cage, tmp_path):
    """Asks a child and reads a letter under a filter: what is lacking, the pages, the log."""
    (tmp_path / "letter").write_bytes(factories.a_png())

    def run(program: bpf.Program) -> tuple[str | None, int, str]:
        done = subprocess.run(
            [sys.executable, "-c", UNDER_A_FILTER, str(tmp_path), json.dumps(program)],
            env={"PYTHONPATH": os.pathsep.join(sys.path)},
            capture_output=True,
            text=True,
            check=True,
        )
        return (*json.loads(done.stdout), done.stderr)

    return run


def test_without_a_filter_all_holds(under):
    assert under([bpf.answer(bpf.ALLOW)]) == (None, 1, "")


@pytest.mark.parametrize(
    ("program", "lack", "pages"),
    [
        (like_systemd(bpf.refuse(errno.EPERM)), Lack.LANDLOCK_REFUSED, 1),
        (like_systemd(bpf.refuse(errno.EPERM), (ADD_RULE,)), Lack.LANDLOCK_REFUSED, 1),
        (like_systemd(bpf.refuse(errno.EPERM), (RESTRICT_SELF,)), Lack.LANDLOCK_REFUSED, 1),
        (like_systemd(bpf.refuse(errno.ENOSYS)), Lack.NO_LANDLOCK, 1),
        (like_systemd(bpf.refuse(errno.EOPNOTSUPP)), Lack.NO_LANDLOCK, 1),
        (against_filters(bpf.refuse(errno.EINVAL)), Lack.NO_SECCOMP, 1),
        (like_systemd(bpf.refuse(errno.EACCES)), Lack.NO_CAGE, 0),
        (like_systemd(bpf.refuse(errno.ENOSYS), (RESTRICT_SELF,)), Lack.NO_CAGE, 0),
        (like_systemd(bpf.refuse(errno.E2BIG), (RESTRICT_SELF,)), Lack.NO_CAGE, 0),
        (against_filters(bpf.refuse(errno.EPERM)), Lack.NO_CAGE, 0),
        (like_systemd(bpf.KILL), Lack.CHILD_KILLED, 0),
    ],
)
def test_what_does_not_hold_is_said_and_letters_are_read_only_where_they_must(
    under, program, lack, pages
):
    said, read, log = under(program)
    assert (said, read) == (lack, pages)
    assert lack.message.partition("%")[0] in log
    assert ("inspection failed" in log) is (pages == 0)


def test_the_report_says_what_the_child_says(whole_cage, tmp_path, caplog):
    report = CageReport(tmp_path / "letters")
    assert report.state is None
    state = report.ask()
    assert (state.landlock, state.seccomp, state.told) == (Landlock.HOLDS, True, None)
    assert state.abi >= 1
    assert report.state == state
    assert not caplog.records
    assert list((tmp_path / "letters").iterdir()) == []


@pytest.mark.parametrize("answer", ["[]", "garbage", '{"landlock": "perhaps"}', "{}"])
def test_garbage_is_no_cage(child_is, tmp_path, answer):
    child_is(f"print({answer!r})")
    assert ask_cage(tmp_path).lack is Lack.NO_CAGE


def test_a_reader_without_anything_is_told_so():
    assert CageState().lack is Lack.NOTHING_HOLDS
