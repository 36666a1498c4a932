"""The child's own side: one line of JSON, its limits, its exit status."""

import json
import os
import subprocess
import sys

import pytest

from rostrum.letters.kinds import Kind
from rostrum.letters.tasks import OUR_TROUBLE
from tests.letters import factories

ENVIRONMENT = {"PYTHONPATH": os.pathsep.join(sys.path)}


def names(folder):
    return sorted(entry.name for entry in folder.iterdir())


@pytest.fixture
def run(tmp_path):
    """Runs the child on some bytes; its previews come to `tmp_path / "pages"`."""
    (tmp_path / "pages").mkdir()

    def start(kind: Kind, data: bytes, **limits: object) -> subprocess.CompletedProcess:
        (tmp_path / "letter").write_bytes(data)
        arguments = ["preview", tmp_path / "pages", json.dumps(limits), tmp_path / "letter", kind]
        return subprocess.run(
            [sys.executable, "-m", "rostrum.letters.sandbox.child", *arguments],
            env=ENVIRONMENT,
            capture_output=True,
            check=False,
        )

    return start


def test_the_answer_is_one_line_of_json(run, tmp_path):
    done = run(Kind.PDF, factories.a_pdf(2))
    assert done.stdout.splitlines() == [b'{"pages": 2, "marks": [], "blank": [], "signers": []}']
    assert names(tmp_path / "pages") == ["1.webp", "2.webp"]
    assert {entry.stat().st_mode & 0o777 for entry in os.scandir(tmp_path / "pages")} == {0o600}


def test_a_refusal_is_an_answer_and_no_crash(run):
    done = run(Kind.PDF, factories.a_locked_pdf())
    assert (done.returncode, json.loads(done.stdout)) == (0, {"refusal": "encrypted"})


def test_too_little_memory_refuses_the_file(run):
    done = run(Kind.PNG, factories.a_png((6000, 5000)), address_space=100 * 1024**2)
    assert (done.returncode, json.loads(done.stdout)) == (0, {"refusal": "unreadable"})


def test_a_folder_that_cannot_be_written_is_our_trouble_and_not_the_letters(run, tmp_path):
    (tmp_path / "pages" / "1.webp").mkdir()
    done = run(Kind.JPEG, factories.a_jpeg())
    assert (done.returncode, done.stdout) == (OUR_TROUBLE, b"")


def test_all_limits_are_set_and_for_good():
    program = (
        "import resource\n"
        "from rostrum.letters.sandbox.child import restrict_this_process\n"
        "from rostrum.letters.limits import Limits\n"
        "restrict_this_process(Limits(2**29, cpu_seconds=7, file_bytes=9, open_files=20))\n"
        "names = ('AS', 'CPU', 'FSIZE', 'NOFILE', 'CORE', 'NPROC')\n"
        "print([resource.getrlimit(getattr(resource, 'RLIMIT_' + name)) for name in names])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], env=ENVIRONMENT, capture_output=True, text=True, check=True
    )
    wanted = [(bound, bound) for bound in (2**29, 7, 9, 20, 0, 0)]
    assert done.stdout.strip() == str(wanted)


@pytest.mark.parametrize(("threads", "answer"), [(True, "(1600, 1200)"), (False, "unreadable")])
def test_an_iphone_photo_needs_a_thread_and_gets_it(tmp_path, threads, answer):
    """Its decoder starts one, also where the child's user is not root, whom nothing bounds.

    Without the exception it would work for us who test as root, and for no mission.
    """
    (tmp_path / "photo").write_bytes(factories.a_heic((1600, 1200)))
    program = (
        "import os, sys, pillow_heif\n"
        "from pathlib import Path\n"
        "from rostrum.letters.sandbox import cage, landlock, seccomp\n"
        "from rostrum.letters.sandbox.child import restrict_this_process\n"
        "from rostrum.letters.limits import LIMITS\n"
        "from rostrum.letters.sandbox.photo import draw_photo\n"
        "from rostrum.letters.refusals import LetterRefused\n"
        "data = open(sys.argv[1], 'rb').read()\n"
        "os.getuid() or os.setresuid(*[65534] * 3)\n"
        "restrict_this_process(LIMITS, threads=sys.argv[2] == 'True')\n"
        "cage.enter_cage(Path('/tmp'), [])\n"
        "try: print(draw_photo(data, 'heic', 1600, LIMITS).size)\n"
        "except LetterRefused as refused: print(refused.reason)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, tmp_path / "photo", str(threads)],
        env=ENVIRONMENT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == answer


def test_a_stricter_host_keeps_its_own_limits():
    program = (
        "import resource\n"
        "from rostrum.letters.sandbox.child import restrict_this_process\n"
        "from rostrum.letters.limits import Limits\n"
        "resource.setrlimit(resource.RLIMIT_NOFILE, (25, 25))\n"
        "restrict_this_process(Limits(open_files=30))\n"
        "print(resource.getrlimit(resource.RLIMIT_NOFILE)[0])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], env=ENVIRONMENT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "25"


def test_no_parser_is_loaded_before_the_limits():
    program = (
        "import sys, rostrum.letters.sandbox.child\n"
        "import rostrum.letters.inspection, rostrum.letters.document\n"
        "parsers = ('PIL', 'pikepdf', 'pypdfium2', 'pillow_heif', 'img2pdf')\n"
        "print([name for name in parsers if name in sys.modules])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], env=ENVIRONMENT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
