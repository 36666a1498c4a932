"""What is installed is exact and hashed, within the ranges of pyproject.toml, on every Python."""

import ast
import json
import re
import shutil
import sys
import tomllib
from importlib.metadata import packages_distributions

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from build_tools import hatch_build
from build_tools.locks import SOURCES, changes, lock_python, npm_locks
from build_tools.parts import npm_pins, python_pins
from tests.packaging.builds import ROOT, run

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
GROUPS = PROJECT["dependency-groups"]
RUNTIME = PROJECT["project"]["dependencies"]
MADE_OF = {
    "runtime": RUNTIME,
    "dev": [*RUNTIME, *GROUPS["dev"]],
    "build": [*GROUPS["build"], *PROJECT["build-system"]["requires"]],
    "node": [*GROUPS["node"], hatch_build.NPM_OF_PYTHON],
    "tools": GROUPS["tools"],
}
REQUIREMENTS = sorted({each for listed in MADE_OF.values() for each in listed})
PIN = re.compile(r"[a-z0-9-]+==[\w.+!-]+( ; [\w .'<>=!()]+)? \\")
HASH = re.compile(r" {4}--hash=sha256:[0-9a-f]{64}( \\)?")
ORIGIN = re.compile(r" {4}#( {3}| via| via )[\w.:()\[\] -]*")
ADDRESS = re.compile(r"://|--find-links|--index|--extra|--trusted|file:|\s@\s|\.\./|(^|\s)/")
MACHINES = ("x86_64-manylinux_2_28", "aarch64-manylinux_2_28")


def text_of(name):
    return (ROOT / "locks" / f"{name}.txt").read_text()


def hashes_of(name):
    """The hashes of each pin; where it is installed may differ from file to file."""
    found = {}
    for line in text_of(name).splitlines():
        if PIN.fullmatch(line):
            hashes = found.setdefault(line.split()[0], set())
        elif HASH.fullmatch(line):
            hashes.add(line.strip(" \\"))
    return found


# --- Python's -------------------------------------------------------------------------------


def test_every_lock_file_is_known():
    assert {path.stem for path in (ROOT / "locks").iterdir()} == set(SOURCES) == set(MADE_OF)


@pytest.mark.parametrize("name", SOURCES)
def test_a_lock_file_has_exact_versions_hashes_and_nothing_else(name):
    for line in text_of(name).splitlines():
        assert any(form.fullmatch(line) for form in (PIN, HASH, ORIGIN)), line
        assert not ADDRESS.search(line), line
    assert all(hashes_of(name).values())


@pytest.mark.parametrize("name", SOURCES)
def test_what_is_locked_lies_within_the_ranges(name):
    locked = python_pins(text_of(name))
    for each in map(Requirement, MADE_OF[name]):
        assert each.specifier.contains(locked[canonicalize_name(each.name)]), each


def test_what_is_installed_together_is_locked_to_the_same_files():
    dev = hashes_of("dev")
    versions = python_pins(text_of("dev"))
    for pin, hashes in (hashes_of("runtime") | hashes_of("build")).items():
        if pin.partition("==")[0] in versions:
            assert dev[pin] == hashes
    assert set(hashes_of("runtime")) < set(dev)


@pytest.mark.parametrize("requirement", REQUIREMENTS)
def test_every_range_is_bounded_above(requirement):
    assert {each.operator for each in Requirement(requirement).specifier} & {"<", "<=", "==", "~="}


def test_every_direct_dependency_has_its_use_in_one_line():
    lines = (ROOT / "pyproject.toml").read_text().splitlines()
    for requirement in {each for listed in (RUNTIME, *GROUPS.values()) for each in listed}:
        told = [line for line in lines if line.startswith(f'    "{requirement}",')]
        assert told, requirement
        assert all(re.search(r'",\s+# .{9,}$', line) for line in told), told


def test_every_package_that_the_code_imports_is_a_direct_dependency():
    declared = {canonicalize_name(Requirement(each).name) for each in RUNTIME}
    owners = packages_distributions()
    for path in sorted((ROOT / "src").rglob("*.py")):
        for module in _imported(ast.parse(path.read_text())):
            if module not in sys.stdlib_module_names and module != "rostrum":
                assert declared & {canonicalize_name(each) for each in owners[module]}, module


def _imported(tree):
    """The top of every module that is imported by its full name."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (each.name.partition(".")[0] for each in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield node.module.partition(".")[0]


@pytest.mark.parametrize("machine", MACHINES)
@pytest.mark.parametrize("python", ["3.11", "3.12", "3.13", "3.14"])
def test_every_python_finds_all_of_it_ready_built(python, machine, tmp_path):
    """Without a compiler, and without build tools that nobody locked."""
    uv = [ROOT / ".venv" / "tools" / "bin" / "uv", "pip", "install", "--quiet", "--dry-run"]
    wanted = ["--python-version", python, "--python-platform", machine, "--target", tmp_path]
    files = [part for name in ("build", "dev", "node") for part in ("-r", f"locks/{name}.txt")]
    run(*uv, *wanted, "--require-hashes", "--only-binary", ":all:", *files)


# --- Renewing -------------------------------------------------------------------------------


def test_locking_keeps_what_still_does_and_renewing_takes_the_newest(tmp_path):
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    shutil.copytree(ROOT / "locks", tmp_path / "locks")
    file = tmp_path / "locks" / "build.txt"
    file.write_text(re.sub(r"(?m)^editables==\S+", "editables==0.5", file.read_text()))
    held = []
    for renew in (False, True):
        lock_python(tmp_path, "build", renew=renew)
        assert not ADDRESS.search(file.read_text())
        held.append(python_pins(file.read_text())["editables"])
    assert held[0] == "0.5"
    assert held[1] != "0.5"
    assert {path.stem for path in (tmp_path / "locks").iterdir()} == set(SOURCES)


def test_what_changed_is_told_a_line_each():
    before = {"click": "8.4.0", "flask": "3.1.3", "pytz": "2026.6"}
    after = {"click": "8.5.1", "flask": "3.1.3", "tzdata": "2026.6"}
    assert list(changes(before, after)) == [
        "click 8.4.0 → 8.5.1",
        "pytz 2026.6 (gone)",
        "tzdata 2026.6 (added)",
    ]


# --- npm's ----------------------------------------------------------------------------------


@pytest.mark.parametrize("path", npm_locks(ROOT), ids=lambda path: path.parent.name)
def test_npms_lock_file_has_hashes_and_no_addresses(path):
    packages = json.loads(path.read_text())["packages"]
    for package in packages.values():
        package.pop("funding", None)  # where to give money, for those who like the package
    text = json.dumps(packages)
    assert "resolved" not in text
    assert "http://" not in text
    assert "https://" not in text
    names = [name for name in packages if name]
    assert names
    assert all(packages[name]["integrity"].startswith("sha512-") for name in names)


@pytest.mark.parametrize("path", npm_locks(ROOT), ids=lambda path: path.parent.name)
def test_npms_packages_are_pinned_to_exact_versions(path):
    wanted = json.loads(path.with_name("package.json").read_text())
    locked = npm_pins(path.read_text())
    direct = wanted.get("dependencies", {}) | wanted.get("devDependencies", {})
    assert direct
    for name, version in direct.items():
        assert locked[name] == version
