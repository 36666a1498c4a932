"""What the lock files say: which packages, in which version."""

from __future__ import annotations

import json
import re
from pathlib import Path

ROOT = Path(__file__).parents[1]
NPM_LOCK = "build_tools/package-lock.json"
_PIN = re.compile(r"^([\w.-]+)==(\S+)", re.MULTILINE)


def python_pins(text: str) -> dict[str, str]:
    """The version of each package in a lock file for pip; where machines differ, all."""
    found: dict[str, str] = {}
    for name, version in _PIN.findall(text):
        found[name] = f"{found[name]}, {version}" if name in found else version
    return found


def npm_pins(text: str) -> dict[str, str]:
    """The version of each package in a lock file of npm's, by its folder."""
    packages = json.loads(text)["packages"]
    return {_npm_name(path): package["version"] for path, package in packages.items() if path}


def shipped_python_parts(root: Path = ROOT) -> dict[str, str]:
    """Name and version of what is installed along with Rostrum."""
    return python_pins((root / "locks" / "runtime.txt").read_text())


def shipped_browser_parts(root: Path = ROOT) -> dict[str, dict]:
    """The npm packages whose files are in the wheel, with what package-lock.json says of each.

    The others in package.json are `devDependencies`: they make files, and stay behind.
    """
    packages = json.loads((root / NPM_LOCK).read_text())["packages"]
    return {
        _npm_name(path): package
        for path, package in packages.items()
        if path and not package.get("dev")
    }


def _npm_name(path: str) -> str:
    return path.removeprefix("node_modules/")
