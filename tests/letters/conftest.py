"""What tests of the child's parent may ask for."""

import sys

import pytest


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
