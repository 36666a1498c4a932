"""Commands that build and install, without this environment's own Python settings."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
LOCKED = ("--require-hashes", "--only-binary", ":all:", "--requirement", "locks/runtime.txt")


def run(*command, cwd=ROOT, umask=-1, **more):
    """Run a command; on failure show what it said."""
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env=plain_environment(**more),
        umask=umask,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, f"{command} failed:\n{done.stdout}\n{done.stderr}"
    return done.stdout


def plain_environment(**more):
    left_out = ("PYTHON", "VIRTUAL_ENV", "COV_", "PYTEST", "ROSTRUM_", "FLASK_")
    return {k: v for k, v in os.environ.items() if not k.startswith(left_out)} | more


def tracked_files(*options):
    """Paths that git tracks; with `--others --exclude-standard` also those it would."""
    listed = run("git", "ls-files", "-z", "--cached", *options).split("\0")
    return sorted({path for path in listed if path and (ROOT / path).is_file()})


def copy_source(folder):
    """A copy of what git would carry: nothing built here can slip in."""
    for path in tracked_files("--others", "--exclude-standard"):
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / path, folder / path)


def pip_for(bin_folder):
    """The pip of the tests, at work in another environment: that needs none of its own."""
    return [sys.executable, "-m", "pip", "--python", bin_folder / "python"]
