"""Settings: the environment, the defaults, and the secret key."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from rostrum.config import BadSetting, Config, load_config


@pytest.fixture(autouse=True)
def _empty_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("ROSTRUM_INSTANCE", raising=False)
    monkeypatch.delenv("ROSTRUM_BASE_URL", raising=False)
    monkeypatch.delenv("ROSTRUM_PUBLIC_STREAMS", raising=False)
    monkeypatch.chdir(tmp_path)


def test_without_settings_state_lies_in_instance_beside_us(tmp_path: Path) -> None:
    config = load_config()
    assert config == Config(tmp_path / "instance", "")
    assert config.database == tmp_path / "instance" / "rostrum.db"
    assert config.letters == tmp_path / "instance" / "letters"


def test_the_environment_names_folder_and_address(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ROSTRUM_INSTANCE", "state")
    monkeypatch.setenv("ROSTRUM_BASE_URL", "https://list.mission.example/")
    assert load_config() == Config(tmp_path / "state", "https://list.mission.example")


@pytest.mark.parametrize(
    ("text", "streams"), [("2", 2), ("0", 0), ("", 1_000), ("many", 1_000), ("-1", 1_000)]
)
def test_the_environment_says_how_many_public_pages_are_live(
    monkeypatch: pytest.MonkeyPatch, text: str, streams: int
) -> None:
    monkeypatch.setenv("ROSTRUM_PUBLIC_STREAMS", text)
    assert load_config().public_streams == streams


def test_a_folder_given_wins_over_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ROSTRUM_INSTANCE", "state")
    assert load_config(tmp_path / "demo").instance == tmp_path / "demo"


@pytest.mark.parametrize("text", ["speakers.example", "https://host.example/path", "https://"])
def test_an_address_with_which_no_link_works_is_refused(
    monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    monkeypatch.setenv("ROSTRUM_BASE_URL", text)
    with pytest.raises(BadSetting, match=f"ROSTRUM_BASE_URL is '{text}'"):
        load_config()


def test_the_key_is_made_once_and_only_its_owner_reads_it(tmp_path: Path) -> None:
    config = Config(tmp_path / "new" / "instance")
    key = config.make_key()
    assert len(key) == 32
    assert config.make_key() == key
    assert config.secret_key() == key
    assert (config.instance / "secret.key").stat().st_mode & 0o777 == 0o600
    assert config.instance.stat().st_mode & 0o777 == 0o700


def test_a_folder_that_was_there_is_closed_when_its_key_is_made(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    config = Config(tmp_path)
    config.make_key()
    assert tmp_path.stat().st_mode & 0o777 == 0o700
    tmp_path.chmod(0o750)
    config.secret_key()
    assert tmp_path.stat().st_mode & 0o777 == 0o750


def test_two_instances_have_different_keys(tmp_path: Path) -> None:
    assert Config(tmp_path / "a").make_key() != Config(tmp_path / "b").make_key()


def test_two_starts_at_once_agree_on_the_key(tmp_path: Path) -> None:
    for attempt in range(20):
        config = Config(tmp_path / str(attempt))
        keys: list[bytes] = []
        threads = [
            threading.Thread(target=lambda c=config, k=keys: k.append(c.make_key()))
            for _ in range(4)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(set(keys)) == 1
        assert len(keys[0]) == 32
