"""A release, built once for all tests and workers, and an environment in which it is installed."""

import fcntl
import os
import sys
import venv
from contextlib import contextmanager

import pytest

from tests.packaging.builds import LOCKED, copy_source, pip_for, run


def pytest_collection_modifyitems(items):
    # Two minutes suit a cold pip cache badly.
    for item in items:
        item.add_marker(pytest.mark.timeout(400))


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
def release(common, tmp_path_factory):
    """Wheel and sdist as `make dist` builds them, of a tree that has served a mission."""
    folder = common / "release"
    with once(folder) as is_needed:
        if is_needed:
            source = tmp_path_factory.mktemp("source")
            copy_source(source)
            (source / "instance" / "secret.key").write_text("secret")
            run(sys.executable, "-m", "hatchling", "build", "--directory", folder, cwd=source)
    return folder


@pytest.fixture(scope="session")
def wheel(release):
    (built,) = release.glob("*.whl")
    return built


@pytest.fixture(scope="session")
def sdist(release):
    (built,) = release.glob("*.tar.gz")
    return built


@pytest.fixture(scope="session")
def installed(wheel, common):
    """The bin folder of a new virtual environment with the wheel, installed as docs say."""
    environment = common / "venv"
    bin_folder = environment / ("Scripts" if os.name == "nt" else "bin")
    with once(environment) as is_needed:
        if is_needed:
            venv.create(environment, symlinks=os.name != "nt")
            run(*pip_for(bin_folder), "install", "--no-compile", *LOCKED)
            run(*pip_for(bin_folder), "install", "--no-compile", "--no-deps", wheel)
    return bin_folder
