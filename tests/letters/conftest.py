"""What tests of the child's parent may ask for."""

import sys

import pytest

from rostrum.letters.cage_check import ask_cage
from tests.missing_programs import skip_or_fail


@pytest.fixture
def child_is(tmp_path, monkeypatch):
    """Puts another program in the child's place: a package of its name, earlier on the path."""

    def replace(program: str) -> None:
        package = tmp_path / "path" / "rostrum" / "letters" / "sandbox"
        package.mkdir(parents=True)
        for folder in (package, package.parent, package.parents[1]):
            (folder / "__init__.py").touch()
        (package / "child.py").write_text(program)
        monkeypatch.setattr(sys, "path", [str(tmp_path / "path"), *sys.path])

    return replace


@pytest.fixture(scope="session")
def whole_cage(tmp_path_factory):
    """For what can be seen only where the kernel has all of which the cage is made."""
    state = ask_cage(tmp_path_factory.mktemp("letters"))
    if state.lack:
        skip_or_fail(f"the cage is not whole here: {state}")
