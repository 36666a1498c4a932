"""A release: the same bytes wherever it is built, one version, and papers that tell the truth."""

import gettext
import hashlib
import json
import re
import sys
import tarfile
import tomllib
import zipfile
from urllib.parse import unquote

import pytest
from packaging.utils import canonicalize_name

import rostrum
from build_tools import licences
from build_tools.parts import shipped_browser_parts, shipped_python_parts
from tests.packaging.builds import ROOT, run, tracked_files

ELSEWHERE = {"TZ": "Pacific/Auckland", "LC_ALL": "C", "PYTHONHASHSEED": "7"}
ASKS_FOR_MORE = re.compile(r"GPL|MPL|EPL|CDDL|GNU|Mozilla|Affero")


def digest(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


# --- The same bytes -------------------------------------------------------------------------


@pytest.fixture
def unpacked(sdist, tmp_path):
    with tarfile.open(sdist) as archive:
        archive.extractall(tmp_path, filter="data")
    return tmp_path / sdist.name.removesuffix(".tar.gz")


def test_pip_builds_the_same_wheel_of_the_sdist(wheel, sdist, tmp_path):
    """Elsewhere, by another user, isolated: pip fetches the build tools that are locked."""
    pip = [sys.executable, "-m", "pip", "wheel", "-qq", "--no-deps"]
    locked = ["--build-constraint", ROOT / "locks" / "build.txt"]
    run(*pip, *locked, "-w", tmp_path / "again", sdist, umask=0o077, **ELSEWHERE)
    (again,) = (tmp_path / "again").iterdir()
    assert (again.name, digest(again)) == (wheel.name, digest(wheel))


def test_an_sdist_makes_the_same_sdist(sdist, unpacked, tmp_path):
    build = [sys.executable, "-m", "hatchling", "build", "--target", "sdist"]
    run(*build, "--directory", tmp_path / "again", cwd=unpacked, umask=0o077, **ELSEWHERE)
    (again,) = (tmp_path / "again").iterdir()
    assert (again.name, digest(again)) == (sdist.name, digest(sdist))


def test_compiled_catalogs_tell_no_time_of_building(wheel):
    with zipfile.ZipFile(wheel) as archive:
        compiled = [name for name in archive.namelist() if name.endswith(".mo")]
        read = [gettext.GNUTranslations(archive.open(name)).info() for name in compiled]
    assert len(compiled) > 1
    assert {info["pot-creation-date"] for info in read} == {"2026-01-01 00:00+0000"}


def test_an_sdist_holds_what_git_carries_and_no_state_of_a_mission(sdist):
    with tarfile.open(sdist) as archive:
        inside = {name.partition("/")[2] for name in archive.getnames()}
    assert inside == {*tracked_files("--others", "--exclude-standard"), "PKG-INFO"}
    assert {path for path in inside if path.startswith("instance/")} == {"instance/.gitignore"}


def test_a_clone_brings_the_instance_folder_and_nothing_in_it_can_be_committed():
    assert "instance/.gitignore" in tracked_files()
    state = ["instance/secret.key", "instance/letters/1.pdf", "instance/demo/rostrum.db"]
    assert run("git", "check-ignore", *state).splitlines() == state


# --- One version ----------------------------------------------------------------------------


def test_the_version_stands_in_one_place(wheel, sdist):
    assert wheel.name == f"rostrum_speakers-{rostrum.__version__}-py3-none-any.whl"
    assert sdist.name == f"rostrum_speakers-{rostrum.__version__}.tar.gz"
    assert "version" not in tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]


def test_the_changelog_tells_of_this_version_under_the_next():
    heads = re.findall(r"^## (.+)$", (ROOT / "CHANGELOG.md").read_text(), re.MULTILINE)
    assert heads[0] == "[Unreleased]"
    assert heads[1].startswith(f"[{rostrum.__version__}] - ")
    assert all(re.fullmatch(r"\[\d+\.\d+\.\d+\] - \d{4}-\d\d-\d\d", head) for head in heads[1:])


# --- Papers ---------------------------------------------------------------------------------


def test_the_page_of_licences_is_that_of_the_locked_parts():
    assert licences.PAGE.read_text() == licences.page(), "run: make licences"
    assert not [line for line in licences.table() if line.endswith("|  |")]


def test_parts_whose_licence_asks_for_more_are_told_apart():
    told = licences.PAGE.read_text().partition(licences.MARK)[0]
    named = set(re.findall(r"^\| ([\w.-]+) \|", told, re.MULTILINE))
    rows = [line.strip("| ").split(" | ") for line in [*licences.table()][2:]]
    more = {name for name, _, licence in rows if ASKS_FOR_MORE.search(licence)}
    assert more == {"img2pdf", "pikepdf"}
    assert more < named


def test_a_wheel_brings_the_licences_of_what_is_inside(wheel):
    with zipfile.ZipFile(wheel) as archive:
        inside = archive.namelist()
    texts = {name.rpartition("/")[2] for name in inside if "LICENSE" in name}
    assert texts == {
        "LICENSE",
        "htmx-LICENSE.txt",
        "pico-LICENSE.txt",
        "sortable-LICENSE.txt",
    }
    assert set(shipped_browser_parts()) == {"htmx.org", "@picocss/pico", "sortablejs"}


def test_the_bill_of_materials_names_every_part_in_its_version(tmp_path):
    made = run(ROOT / ".venv" / "tools" / "bin" / "python", "-m", "build_tools.sbom", tmp_path)
    assert made.strip() == str(tmp_path / f"rostrum_speakers-{rostrum.__version__}.cdx.json")
    document = json.loads((tmp_path / made.strip()).read_text())
    assert document["bomFormat"] == "CycloneDX"
    main = document["metadata"]["component"]
    assert (main["name"], main["version"]) == ("rostrum-speakers", rostrum.__version__)
    found = {each["purl"]: each for each in document["components"]}
    python = {f"pypi/{name}@{version}" for name, version in shipped_python_parts().items()}
    browser = {f"npm/{name}@{part['version']}" for name, part in shipped_browser_parts().items()}
    assert {plain(purl) for purl in found} == python | browser
    assert all(each["licenses"] for each in found.values())
    (told,) = (each for each in document["dependencies"] if each["ref"] == main["bom-ref"])
    assert any(ref.startswith("pkg:npm/htmx.org@") for ref in told["dependsOn"])


def plain(purl):
    """A package's address without its scheme; Python's names as the lock files spell them."""
    kind, _, part = unquote(purl.removeprefix("pkg:")).partition("/")
    name, _, version = part.rpartition("@")
    return f"{kind}/{canonicalize_name(name) if kind == 'pypi' else name}@{version}"
