"""The lock files: each package that is installed, in one version, with the hashes of its files.

Those in locks/ are for pip, made by uv of the ranges in pyproject.toml, for every Python and
machine at once. Those beside a package.json are npm's; a package.json is exact by itself, so that
only what its packages bring along is renewed here.

    python -m build_tools.locks            # what pyproject.toml says now; nothing else moves
    python -m build_tools.locks --renew    # everything to its newest version
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from build_tools.hatch_build import command
from build_tools.parts import NPM_LOCK, ROOT, npm_pins, python_pins

UV = ROOT / ".venv" / "tools" / "bin" / "uv"
SOURCES = {
    "dev": ("pyproject.toml", "--group", "dev"),
    "runtime": ("pyproject.toml",),
    "build": ("--group", "build"),
    "node": ("--group", "node"),
    "tools": ("--group", "tools"),
}
"""What each file in locks/ is made of."""
BESIDE_DEV = ("runtime", "build")
"""Installed together with `dev`: they take its versions, which are made first."""
COMPILE = (
    *("pip", "compile", "--quiet", "--no-header", "--universal", "--python-version", "3.11"),
    *("--generate-hashes", "--no-emit-index-url", "--no-emit-find-links"),
)
NPM_UPDATE = (
    *("update", "--package-lock-only", "--ignore-scripts", "--omit-lockfile-registry-resolved"),
    *("--no-audit", "--no-fund", "--no-update-notifier", "--silent"),
)


def changes(before: dict[str, str], after: dict[str, str]) -> Iterator[str]:
    """What is not as it was, a line each."""
    for name in sorted(before | after):
        match before.get(name), after.get(name):
            case None, new:
                yield f"{name} {new} (added)"
            case old, None:
                yield f"{name} {old} (gone)"
            case old, new if old != new:
                yield f"{name} {old} → {new}"


def lock_python(root: Path, name: str, *, renew: bool) -> None:
    """Makes one file in locks/ anew; without `renew` it keeps the versions that still do."""
    folder = root / "locks"
    file, draft = folder / f"{name}.txt", folder / f"{name}.new.txt"
    kept = [folder / "dev.txt"] if name in BESIDE_DEV else []
    kept += [] if renew else [file]
    draft.write_text("".join(each.read_text() for each in kept if each.exists()))
    try:
        _run(root, UV, *COMPILE, *SOURCES[name], "--output-file", f"locks/{draft.name}")
        # An untouched file: nothing is installed again.
        if not file.exists() or file.read_bytes() != draft.read_bytes():
            draft.replace(file)
    finally:
        draft.unlink(missing_ok=True)


def lock_browser_code(root: Path) -> None:
    """Renews what the packages in each package.json bring along."""
    for lock in npm_locks(root):
        _run(lock.parent, *command("npm"), *NPM_UPDATE)


def npm_locks(root: Path) -> list[Path]:
    """npm's lock files: of the pages' code, then of the programs that check pages."""
    return [root / NPM_LOCK, *sorted(root.glob("tests/npm/*/package-lock.json"))]


def _run(folder: Path, *arguments: str | Path) -> None:
    subprocess.run(arguments, cwd=folder, check=True, stdin=subprocess.DEVNULL, stdout=sys.stderr)


def _versions(root: Path) -> dict[str, dict[str, str]]:
    """What every lock file says, by its path."""
    files = [root / "locks" / f"{name}.txt" for name in SOURCES]
    read = {file: python_pins(file.read_text()) for file in files if file.exists()}
    read |= {file: npm_pins(file.read_text()) for file in npm_locks(root)}
    return {file.relative_to(root).as_posix(): found for file, found in read.items()}


def lock(root: Path, *, renew: bool) -> Iterator[str]:
    """Makes all of them, and tells what changed."""
    before = _versions(root)
    for name in SOURCES:
        lock_python(root, name, renew=renew)
    if renew:
        lock_browser_code(root)
    for path, found in _versions(root).items():
        lines = list(changes(before.get(path, {}), found))
        yield f"{path}: {'as it was' if not lines else ''}".rstrip()
        yield from (f"  {line}" for line in lines)


if __name__ == "__main__":
    for told in lock(ROOT, renew="--renew" in sys.argv[1:]):
        print(told)
