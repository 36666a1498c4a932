"""The wheel as a stranger gets it: built from what git would carry, installed into an empty venv.

Nothing here imports rostrum. What the pages say is tested in tests/web/.
"""

import fcntl
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
import venv
import zipfile
from contextlib import contextmanager
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SERVED = ["/healthz", "/", "/staff/sign-in"]
STATIC = re.compile(r'"(/static/[^"#]+)"')

# Two minutes suit a cold pip cache badly.
pytestmark = pytest.mark.timeout(400)


def run(*command, cwd=ROOT):
    """Run a command without this environment's Python settings; on failure show what it said."""
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env=plain_environment(),
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


@pytest.fixture(scope="session")
def common(tmp_path_factory, worker_id):
    """A folder of all workers: the first to need a thing makes it, others wait and use the same."""
    base = tmp_path_factory.getbasetemp()
    folder = (base if worker_id == "master" else base.parent) / "packaging"
    folder.mkdir(exist_ok=True)
    return folder


@contextmanager
def once(path):
    """Whether `path` is still to be made; nobody else comes in meanwhile."""
    with path.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield not path.exists()


@pytest.fixture(scope="session")
def wheel(common, tmp_path_factory):
    """The wheel, built from a copy of what git would carry: nothing built here can slip in."""
    folder = common / "wheel"
    with once(folder) as is_needed:
        if is_needed:
            source = tmp_path_factory.mktemp("source")
            for path in tracked_files("--others", "--exclude-standard"):
                (source / path).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(ROOT / path, source / path)
            pip = [sys.executable, "-m", "pip", "wheel", "-qq", "--no-deps"]
            run(*pip, "-w", folder, ".", cwd=source)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="session")
def installed(wheel, common):
    """The bin folder of a new virtual environment with the wheel and what it asks for."""
    environment = common / "venv"
    bin_folder = environment / ("Scripts" if os.name == "nt" else "bin")
    with once(environment) as is_needed:
        if is_needed:
            venv.create(environment, symlinks=os.name != "nt")
            # The pip of the tests installs for it: no second pip, no bytecode nobody asked for.
            pip = [sys.executable, "-m", "pip", "--python", bin_folder / "python"]
            run(*pip, "install", "-qq", "--no-compile", wheel)
    return bin_folder


def test_the_wheel_holds_templates_static_files_and_data(wheel):
    with zipfile.ZipFile(wheel) as archive:
        inside = set(archive.namelist())
    for path in tracked_files("--others", "--exclude-standard"):
        if path.startswith(("templates/", "static/")):
            assert f"rostrum/{path}" in inside
        if path.startswith("src/rostrum/"):
            assert path.removeprefix("src/") in inside
    vendor = {path for path in inside if path.startswith("rostrum/static/vendor/")}
    assert {Path(path).name for path in vendor} >= {
        "htmx.min.js",
        "hx-sse.min.js",
        "pico.min.css",
        "htmx-LICENSE.txt",
        "pico-LICENSE.txt",
    }


def test_the_wheel_holds_nothing_but_the_package(wheel):
    with zipfile.ZipFile(wheel) as archive:
        tops = {name.split("/")[0] for name in archive.namelist()}
    assert tops == {"rostrum", next(top for top in tops if top.endswith(".dist-info"))}


def test_the_command_tells_its_version(installed, wheel, tmp_path):
    assert wheel.name.split("-")[1] in run(installed / "rostrum", "--version", cwd=tmp_path)


def test_the_demonstration_runs_from_an_empty_folder(installed, tmp_path):
    with demonstration(installed, tmp_path) as url:
        pages = [read(url + path) for path in SERVED]
        files = {path for page in pages for path in STATIC.findall(page)}
        assert {path.rpartition(".")[2] for path in files} >= {"css", "svg"}
        for path in files:
            assert fetch(url + path)


def read(address):
    """The text that is served at an address."""
    return fetch(address).decode()


def fetch(address):
    with urllib.request.urlopen(address, timeout=20) as answer:
        assert answer.status == 200, address
        return answer.read()


def test_the_wheel_speaks_french(installed, tmp_path):
    """Its catalogs were compiled by the build: nothing compiled lies in git."""
    assert not [path for path in tracked_files() if path.endswith(".mo")]
    with demonstration(installed, tmp_path) as url:
        asked = urllib.request.Request(url, headers={"Accept-Language": "fr-CH, en;q=0.5"})
        with urllib.request.urlopen(asked, timeout=20) as answer:
            page = answer.read().decode()
    assert '<html lang="fr" dir="ltr">' in page
    assert "La liste des orateurs des débats publics de cette mission" in page


@contextmanager
def demonstration(bin_folder, folder):
    """A running `rostrum demo` whose state lies in the folder; gives its address."""
    port = free_port()
    command = [bin_folder / "rostrum", "demo", "--host", "127.0.0.1"]
    command += ["--port", str(port), "--opens-in", "60"]
    said = folder / "said.txt"
    with said.open("wb") as output:
        process = subprocess.Popen(
            command,
            cwd=folder,
            env=plain_environment(ROSTRUM_INSTANCE=str(folder / "instance")),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        url = f"http://127.0.0.1:{port}"
        wait_until_it_answers(url, process)
        yield url
    except (AssertionError, OSError) as error:
        raise AssertionError(f"{error}\n`rostrum demo` said:\n{said.read_text()}") from error
    finally:
        end(process)


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def wait_until_it_answers(url, process, seconds=60):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        assert process.poll() is None, f"it ended by itself with {process.returncode}"
        try:
            urllib.request.urlopen(url + "/healthz", timeout=5).close()
        except urllib.error.HTTPError as error:
            # It answers; whether with what it should is for the test to say.
            error.close()
            return
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError(f"no answer from {url} in {seconds} seconds")


def end(process):
    """Stop the whole process group, its worker processes included: kindly, then not."""
    for signal_number in (signal.SIGTERM, signal.SIGKILL):
        try:
            os.killpg(process.pid, signal_number)
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            continue
        except ProcessLookupError:
            break
    process.wait(timeout=10)


def test_git_carries_nothing_of_others():
    for path in tracked_files("--others", "--exclude-standard"):
        name = Path(path).name
        assert not name.endswith((".min.js", ".min.css")), path
        assert "vendor" not in Path(path).parts, path
        assert "node_modules" not in Path(path).parts, path


def test_the_lock_file_has_hashes_and_no_addresses():
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    for package in packages.values():
        package.pop("funding", None)  # where to give money, for those who like the package
    text = json.dumps(packages)
    assert "resolved" not in text
    assert "http" not in text
    names = [name for name in packages if name]
    assert names
    assert all(packages[name]["integrity"].startswith("sha512-") for name in names)


def test_browser_code_is_pinned_to_exact_versions():
    wanted = json.loads((ROOT / "package.json").read_text())["dependencies"]
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    for name, version in wanted.items():
        assert packages[f"node_modules/{name}"]["version"] == version
