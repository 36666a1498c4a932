"""The outside address at a terminal: told and set, and no link printed that nobody can open."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from rostrum.cli import main
from rostrum.config import Config
from rostrum.store.database import Database
from tests.factories import contents, make_debate
from tests.load.server import Server, running
from tests.test_serve import browser

OUTSIDE = "https://list.mission.example"
SLUG = "2025-03-24-peace-operations"


@pytest.fixture
def rostrum(config: Config, monkeypatch: pytest.MonkeyPatch):
    """Runs `rostrum` on the test's instance; nobody has said an outside address."""
    monkeypatch.setenv("ROSTRUM_INSTANCE", str(config.instance))
    monkeypatch.delenv("ROSTRUM_BASE_URL", raising=False)

    def run(*arguments: str) -> Result:
        return CliRunner().invoke(main, arguments)

    return run


@pytest.fixture
def new(rostrum, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The same in a folder in which nothing is yet."""
    monkeypatch.setenv("ROSTRUM_INSTANCE", str(tmp_path / "new"))
    return tmp_path / "new"


def test_the_address_that_holds_is_told_with_where_it_comes_from(
    rostrum, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = "http://127.0.0.1:8000\twhere the server listens; no outside address is known\n"
    assert rostrum("address").stdout == said
    kept = f"{OUTSIDE}\tkept in the instance\n"
    assert rostrum("address", "HTTPS://list.mission.example:443/").stdout == kept
    assert rostrum("address").stdout == kept
    monkeypatch.setenv("ROSTRUM_BASE_URL", "https://other.example")
    other = rostrum("address", OUTSIDE)
    assert other.stdout == "https://other.example\tfrom ROSTRUM_BASE_URL\n"
    assert "ROSTRUM_BASE_URL wins" in other.stderr
    monkeypatch.delenv("ROSTRUM_BASE_URL")
    assert rostrum("address", "").stdout == said


def test_an_address_of_no_good_form_is_refused(rostrum, db: Database) -> None:
    before = contents(db)
    refused = rostrum("address", "list.mission.example")
    assert (refused.exit_code, refused.stdout) == (1, "")
    assert refused.stderr == "Error: Begin the address with https:// or http://.\n"
    assert contents(db) == before


@pytest.mark.parametrize("arguments", [("address",), ("debates", "list"), ("init",)])
def test_a_setting_with_which_no_link_works_stops_every_command(
    rostrum, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...]
) -> None:
    monkeypatch.setenv("ROSTRUM_BASE_URL", "https://list.mission.example/rostrum")
    refused = rostrum(*arguments)
    assert (refused.exit_code, refused.stdout) == (1, "")
    assert refused.stderr.startswith("Error: ROSTRUM_BASE_URL is 'https://list.mission.example/ro")
    assert refused.stderr.count("\n") == 1
    assert rostrum("--help").exit_code == 0


@pytest.mark.parametrize("arguments", [("invitations", "issue", SLUG), ("staff", "reset", "admin")])
@pytest.mark.parametrize("setting", ["", "http://localhost:8114"])
def test_links_that_only_this_computer_opens_are_printed_on_purpose_alone(
    rostrum, db: Database, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], setting: str
) -> None:
    make_debate(db)
    rostrum("init")
    if setting:
        monkeypatch.setenv("ROSTRUM_BASE_URL", setting)
    address = setting or "http://127.0.0.1:8000"
    before = contents(db)
    refused = rostrum(*arguments)
    assert (refused.exit_code, refused.stdout) == (1, "")
    assert f"links that begin with {address}." in refused.stderr
    assert ("Set ROSTRUM_BASE_URL" if setting else "rostrum address https://") in refused.stderr
    assert "--local" in refused.stderr
    assert refused.stderr.count("\n") == 1
    assert contents(db) == before
    assert f"{address}/" in rostrum(*arguments, "--local").stdout


@pytest.mark.parametrize("arguments", [("invitations", "issue", SLUG), ("staff", "reset", "admin")])
def test_links_begin_with_the_address_that_is_kept(
    rostrum, db: Database, arguments: tuple[str, ...]
) -> None:
    make_debate(db)
    rostrum("init", "--base-url", OUTSIDE)
    said = rostrum(*arguments)
    assert (said.exit_code, said.stderr) == (0, "")
    assert f"{OUTSIDE}/" in said.stdout
    assert "127.0.0.1" not in said.stdout


def test_the_first_link_is_for_this_computer_and_says_how_others_get_in(rostrum, new: Path) -> None:
    said = rostrum("init")
    assert said.stdout.startswith("http://127.0.0.1:8000/staff/links/")
    place, hint = said.stderr.splitlines()
    assert place == f"This is a new Rostrum in {new}."
    assert hint.startswith("Only this computer opens this link. Set the outside address: rostrum a")


def test_the_first_link_begins_with_the_outside_address_that_is_given(rostrum, new: Path) -> None:
    said = rostrum("init", "--base-url", f"{OUTSIDE}/")
    assert said.stdout.startswith(f"{OUTSIDE}/staff/links/")
    assert said.stderr == f"This is a new Rostrum in {new}.\n"
    assert rostrum("address").stdout == f"{OUTSIDE}\tkept in the instance\n"


def test_a_bad_outside_address_makes_nothing(rostrum, new: Path) -> None:
    refused = rostrum("init", "--base-url", "list.mission.example")
    assert (refused.exit_code, refused.stdout) == (1, "")
    assert not new.exists()


def test_where_the_server_listens_everywhere_links_carry_its_address_in_the_network(
    rostrum, new: Path
) -> None:
    said = rostrum("init", "--host", "0.0.0.0", "--port", "8114").stdout  # noqa: S104
    assert "0.0.0.0" not in said  # noqa: S104
    assert ":8114/staff/links/" in said


def test_a_second_link_is_for_the_same_port_as_the_first(rostrum, new: Path) -> None:
    for arguments in (("--port", "8114"), (), ("--host", "localhost", "--port", "8115"), ()):
        said = rostrum("init", *arguments).stdout
    assert said.startswith("http://localhost:8115/staff/links/")


def test_the_first_link_opens_on_the_server_of_the_same_port(
    rostrum, config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = Server(config)
    link = rostrum("init", "--port", str(server.port)).stdout.strip()
    assert link.startswith(f"{server.url}/staff/links/")
    try:
        server.start()
        with browser(server) as client:
            assert client.get(link).status_code == 200
    finally:
        server.kill()


def test_links_follow_the_server_to_another_port_where_no_address_is_known(
    rostrum, config: Config
) -> None:
    rostrum("init", "--port", "8114")
    with running(config) as server:
        assert rostrum("address").stdout.startswith(f"{server.url}\twhere the server listens")


def test_every_command_in_a_wrong_folder_names_it_and_makes_nothing(
    rostrum, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("ROSTRUM_INSTANCE")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    monkeypatch.chdir(elsewhere)
    for arguments in (("address",), ("export", SLUG), ("retention", "run")):
        refused = rostrum(*arguments)
        assert refused.exit_code == 1
        assert f"There is no Rostrum in {elsewhere / 'instance'}." in refused.stderr
        assert "ROSTRUM_INSTANCE" in refused.stderr
        assert list(elsewhere.iterdir()) == []
