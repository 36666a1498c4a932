"""The wheel as a stranger gets it: built from what git would carry, installed with the lock file.

Nothing here imports rostrum. What the pages say is tested in tests/web/.
"""

import json
import os
import re
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
import zipfile
from contextlib import contextmanager
from pathlib import Path

from packaging.utils import canonicalize_name

from build_tools.parts import shipped_python_parts
from tests.packaging.builds import pip_for, plain_environment, run, tracked_files

SERVED = ["/healthz", "/", "/staff/sign-in"]
STATIC = re.compile(r'"(/static/[^"#]+)"')


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
    said = run(installed / "rostrum", "--version", cwd=tmp_path)
    assert said == f"rostrum, version {wheel.name.split('-')[1]}\n"


def test_the_first_admin_gets_a_link_in_an_empty_folder(installed, tmp_path):
    assert "/staff/links/" in run(installed / "rostrum", "init", cwd=tmp_path)
    assert (tmp_path / "instance" / "rostrum.db").is_file()


def test_nothing_is_installed_but_the_wheel_and_what_is_locked(installed, wheel):
    listed = json.loads(run(*pip_for(installed), "list", "--format", "json"))
    found = {canonicalize_name(each["name"]): each["version"] for each in listed}
    assert found.pop("rostrum-speakers") == wheel.name.split("-")[1]
    assert found == shipped_python_parts()
    assert "No broken requirements" in run(*pip_for(installed), "check")


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
    assert "La liste des orateurs des débats publics de cette présidence" in page


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
